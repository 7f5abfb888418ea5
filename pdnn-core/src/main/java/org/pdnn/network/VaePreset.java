package org.pdnn.network;

import java.util.ArrayList;
import java.util.List;

/// The paper's two variational auto-encoders, with zero weights; [Vae#withInitial] gives a start.
///
/// Encoders have relu neurons, in both: the paper says so for CelebA and nothing for MNIST.
public final class VaePreset {
  private static final Neuron RELU = Neuron.deterministic(Activation.RELU);
  private static final Neuron SIGMOID = Neuron.deterministic(Activation.SIGMOID);
  private static final Shape FACE = Shape.of(3, 64, 64);
  private static final Shape DIGIT = Shape.of(1, 28, 28);

  private VaePreset() {}

  /// CelebA's (figures 4b and 9): five convolutions from 3x64x64 to 512x2x2, heads 2048-1024-512,
  /// and back. The paper does not say what stands behind the decoder's dense layer; hidden neurons
  /// here.
  ///
  /// @param hidden neurons of the decoder
  /// @param last its last neurons, one a pixel and colour: `sigmoid`, or `pbit:sigmoid`
  public static Vae celeba(Neuron hidden, Neuron last) {
    return new Vae(
        faceEncoder(), head(2048, 1024, 512), head(2048, 1024, 512), faceDecoder(hidden, last));
  }

  /// MNIST's, the one of the FPGA (figure 8): encoder 784-256-128-64, ten latent variables, decoder
  /// 10-64-128-256-784. The decoder reads the signs of the latent variables, so that every input of
  /// a neuron on the FPGA is a bit. [FanIn] limits its fan-in.
  ///
  /// @param hidden neurons of the decoder
  public static Vae mnist(Neuron hidden) {
    return new Vae(
        new Network(DIGIT, digitEncoder()),
        head(64, 10),
        head(64, 10),
        new Network(Shape.of(10), digitDecoder(hidden)));
  }

  private static Network faceEncoder() {
    List<Layer> layers = new ArrayList<>();
    int channels = 3;
    for (int features : new int[] {32, 64, 128, 256, 512}) {
      layers.add(Convolution.of(channels, features, 4, 2, 1));
      layers.add(new Neurons(RELU));
      channels = features;
    }
    layers.add(new Flatten());
    return new Network(FACE, layers);
  }

  private static Network faceDecoder(Neuron hidden, Neuron last) {
    List<Layer> layers =
        new ArrayList<>(
            List.of(Dense.of(512, 2048), new Neurons(hidden), new Reshape(Shape.of(512, 2, 2))));
    int channels = 512;
    for (int features : new int[] {256, 128, 64, 32, 3}) {
      layers.add(TransposedConvolution.of(channels, features, 4, 2, 1));
      layers.add(new Neurons(features == 3 ? last : hidden));
      channels = features;
    }
    return new Network(Shape.of(512), layers);
  }

  private static List<Layer> digitEncoder() {
    List<Layer> layers = new ArrayList<>(List.of(new Flatten()));
    int[] sizes = {784, 256, 128, 64};
    for (int i = 1; i < sizes.length; i++) {
      layers.add(Dense.of(sizes[i - 1], sizes[i]));
      layers.add(new Neurons(RELU));
    }
    return layers;
  }

  private static List<Layer> digitDecoder(Neuron hidden) {
    List<Layer> layers = new ArrayList<>(List.of(new Neurons(Neuron.parse("tanh:1bit"))));
    int[] sizes = {10, 64, 128, 256};
    for (int i = 1; i < sizes.length; i++) {
      layers.add(Dense.of(sizes[i - 1], sizes[i]));
      layers.add(new Neurons(hidden));
    }
    layers.add(Dense.of(256, DIGIT.size()));
    layers.add(new Reshape(DIGIT));
    layers.add(new Neurons(SIGMOID));
    return layers;
  }

  /// Means, or log-variances: dense layers with relu between them.
  private static Network head(int... sizes) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      layers.add(Dense.of(sizes[i - 1], sizes[i]));
      if (i < sizes.length - 1) {
        layers.add(new Neurons(RELU));
      }
    }
    return new Network(Shape.of(sizes[0]), layers);
  }
}
