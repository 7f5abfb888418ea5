package org.pdnn.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Small networks with seeded random weights, for tests.
public final class SmallNetworks {
  private SmallNetworks() {}

  /// The network with weights from N(0, 1) / 2 and variances from (0, 1).
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

  /// A multi-layer perceptron of one kind of hidden neuron.
  public static Network mlp(Neuron hidden, int... sizes) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      layers.add(Dense.of(sizes[i - 1], sizes[i]));
      if (i < sizes.length - 1) {
        layers.add(new Neurons(hidden));
      }
    }
    return randomised(new Network(Shape.of(sizes[0]), layers), 1);
  }

  /// Every kind of layer once, at awkward sizes, strides and paddings.
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

  /// Every form of window once: groups, depthwise, dilation, rectangles, sides padded differently,
  /// pools that overlap, hang over and count padding or do not, a mean over all.
  public static Network everyWindow(Neuron first, Neuron second) {
    return randomised(
        new Network(
            Shape.of(2, 7, 5),
            List.of(
                Convolution.of(2, 4, Window.of(3, 2).stride(1, 1).padding(1, 0, 2, 1), 2),
                BatchNorm.of(4),
                new Neurons(first),
                new MaxPool(Window.of(3, 2).stride(2, 1).padding(1, 1, 1, 0).ceil(true)),
                Convolution.of(4, 8, Window.square(3, 1, 2).dilation(2, 1), 4),
                new Neurons(second),
                new AveragePool(Window.square(3, 2, 1).ceil(true), true),
                new AveragePool(Window.of(2, 2).stride(1, 1).padding(0, 1, 1, 0), false),
                Convolution.of(8, 5, Window.of(1, 3).stride(1, 2).padding(0, 1, 0, 1), 1),
                new Neurons(second),
                new GlobalAveragePool(),
                new Flatten(),
                Dense.of(5, 3))),
        3);
  }
}
