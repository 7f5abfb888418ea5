package org.pdnn.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Preset;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;

/// Networks and images that train in a moment.
public final class SmallNetworks {
  private SmallNetworks() {}

  /// A multi-layer perceptron for digits, with Glorot weights.
  public static Network mlp(String neuron, int seed) {
    return preset("mlp:784-16-10", Shape.of(1, 28, 28), neuron, seed);
  }

  /// A preset with Glorot weights and ten classes.
  public static Network preset(String name, Shape input, String neuron, int seed) {
    return InitialWeights.GLOROT.of(Preset.network(name, input, 10, Neuron.parse(neuron)), seed);
  }

  /// Built-in digits.
  public static Images digits(int count) {
    DataSet set = Digits.generate(1, count, 1);
    return set.training();
  }

  /// Grey images of noise, for networks that are only watched, not judged.
  public static Images noise(int count, int side, long seed) {
    Random random = new Random(seed);
    byte[][] pixels = new byte[count][side * side];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      random.nextBytes(pixels[i]);
      labels[i] = random.nextInt(10);
    }
    return Images.of("noise", Shape.of(1, side, side), 10, pixels, labels);
  }

  /// Every kind of layer, at awkward sizes, strides and paddings.
  public static Network everyLayer(Neuron first, Neuron second) {
    return randomised(
        new Network(
            Shape.of(2, 7, 5),
            List.of(
                Convolution.of(2, 3, 3, 1, 1),
                BatchNorm.of(3),
                new Neurons(first),
                new MaxPool(2),
                new TransposedConvolution(
                    Tensor.filled(Shape.of(3, 4, 5, 4), 0), Tensor.filled(Shape.of(4), 0), 2, 1),
                new Neurons(second),
                new AveragePool(2),
                new Reshape(Shape.of(2, 6, 2)),
                Convolution.of(2, 5, 2, 2, 0),
                new Neurons(second),
                new Flatten(),
                Dense.of(15, 3))),
        2);
  }

  /// The network with weights from N(0, 1) / 2 and variances above 0.1.
  public static Network randomised(Network network, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    network
        .tensors()
        .forEach((name, tensor) -> {
          float[] values = new float[tensor.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] =
                name.endsWith("var")
                    ? 0.1f + random.nextFloat()
                    : (float) random.nextGaussian() / 2;
          }
          tensors.put(name, new Tensor(tensor.shape(), values));
        });
    return network.withTensors(tensors);
  }
}
