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

  /// Every layer once that treats a position's channels as one vector, but for an embedding: a
  /// block of a transformer over the pixels of an image.
  public static Network everyPosition(Neuron first, Neuron second) {
    return randomised(
        Network.of(Shape.of(2, 7, 5))
            .add("patches", Convolution.of(2, 6, 3, 2, 0))
            .add("positions", PositionalEmbedding.of(6, 6))
            .add("norm1", LayerNorm.of(6))
            .add("query", Convolution.of(6, 4, 1, 1, 0), "norm1")
            .add("key", Convolution.of(6, 4, 1, 1, 0), "norm1")
            .add("value", Convolution.of(6, 8, 1, 1, 0), "norm1")
            .add("attention", new Attention(2, false), "query", "key", "value")
            .add("projection", Convolution.of(8, 6, 1, 1, 0))
            .add("sum", new Add(), "positions", "projection")
            .add("norm2", RmsNorm.of(6))
            .add("fc1", Convolution.of(6, 9, 1, 1, 0))
            .add("neurons", new Neurons(first))
            .add("causal", new Attention(3, true), "neurons", "fc1", "neurons")
            .add("fc2", Convolution.of(9, 5, 1, 1, 0))
            .add(new Softmax())
            .add(new Neurons(second))
            .add(new Flatten())
            .add("norm3", LayerNorm.of(30))
            .add("fc", Dense.of(30, 3))
            .network(),
        4);
  }

  /// Networks that hold every layer and form of window between them, but for an embedding.
  public static List<Network> every(Neuron first, Neuron second) {
    return List.of(
        everyLayer(first, second), everyWindow(first, second), everyPosition(first, second));
  }

  /// A causal model of the next of 9 tokens, from 6 of them.
  public static Network language(Neuron neuron) {
    return randomised(
        Network.of(Shape.of(1, 6, 1))
            .add("tokens", Embedding.of(9, 4))
            .add("positions", PositionalEmbedding.of(6, 4))
            .add("query", Convolution.of(4, 4, 1, 1, 0), "positions")
            .add("key", Convolution.of(4, 4, 1, 1, 0), "positions")
            .add("value", Convolution.of(4, 4, 1, 1, 0), "positions")
            .add("attention", new Attention(2, true), "query", "key", "value")
            .add("sum", new Add(), "positions", "attention")
            .add("norm", RmsNorm.of(4))
            .add("fc1", Convolution.of(4, 5, 1, 1, 0))
            .add("neurons", new Neurons(neuron))
            .add("head", Convolution.of(5, 9, 1, 1, 0))
            .network(),
        5);
  }
}
