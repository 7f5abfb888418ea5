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
  /// and back. The paper does not say what stands after the decoder's dense layer; hidden neurons
  /// here.
  ///
  /// @param hidden neurons of the decoder
  /// @param last its last neurons, one per pixel and colour: `sigmoid`, or `pbit:sigmoid`
  public static Vae celeba(Neuron hidden, Neuron last) {
    return convolutional(FACE, hidden, last);
  }

  /// CelebA's for images of any size: convolutions of kernel 4 and stride 2 with 32, 64, 128, ...
  /// features, as long as a side is even and longer than 2; 512 latent variables.
  ///
  /// @param images (channels, height, width), of even height and width
  public static Vae convolutional(Shape images, Neuron hidden, Neuron last) {
    if (images.rank() != 3 || !even(images)) {
      throw new IllegalArgumentException(
          "a convolutional auto-encoder reads images of even height and width, got " + images);
    }
    List<Layer> encoder = new ArrayList<>();
    List<Layer> back = new ArrayList<>();
    Shape shape = images;
    for (int features = 32; even(shape); features *= 2) {
      Convolution layer = Convolution.of(shape.dimension(0), features, 4, 2, 1);
      encoder.add(layer);
      encoder.add(new Neurons(RELU));
      back.addFirst(new Neurons(back.isEmpty() ? last : hidden));
      back.addFirst(TransposedConvolution.of(features, shape.dimension(0), 4, 2, 1));
      shape = layer.output(shape);
    }
    encoder.add(new Flatten());
    List<Layer> decoder =
        new ArrayList<>(
            List.of(Dense.of(512, shape.size()), new Neurons(hidden), new Reshape(shape)));
    decoder.addAll(back);
    return new Vae(
        new Network(images, encoder),
        head(shape.size(), 1024, 512),
        head(shape.size(), 1024, 512),
        new Network(Shape.of(512), decoder));
  }

  private static boolean even(Shape shape) {
    int height = shape.dimension(1);
    int width = shape.dimension(2);
    return height % 2 == 0 && width % 2 == 0 && Math.min(height, width) > 2;
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
