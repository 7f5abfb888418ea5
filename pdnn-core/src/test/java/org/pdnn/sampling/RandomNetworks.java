package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// Networks of p-bits of random shapes with weights of a trained network's size.
final class RandomNetworks {
  private static final int[] CHANNELS = {1, 3, 15, 16, 17, 31, 32, 33, 48, 64, 70};

  private final Random random;

  private RandomNetworks(long seed) {
    this.random = new Random(seed);
  }

  /// Convolutions with any kernel, stride, padding and pool, then dense layers.
  static Network convolutional(long seed) {
    return new RandomNetworks(seed).convolutional();
  }

  /// A multi-layer perceptron.
  static Network mlp(long seed, int... sizes) {
    RandomNetworks networks = new RandomNetworks(seed);
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      layers.add(Dense.of(sizes[i - 1], sizes[i]));
      if (i < sizes.length - 1) {
        layers.add(networks.neurons());
      }
    }
    return networks.filled(new Network(Shape.of(sizes[0]), layers));
  }

  private Network convolutional() {
    Shape shape = Shape.of(1 + random.nextInt(3), 6 + random.nextInt(5), 6 + random.nextInt(5));
    List<Layer> layers = new ArrayList<>();
    Shape next = shape;
    int depth = 1 + random.nextInt(2);
    for (int i = 0; i < depth; i++) {
      int most = Math.min(3, Math.min(next.dimension(1), next.dimension(2)));
      int kernel = 1 + random.nextInt(most);
      int outputs = CHANNELS[random.nextInt(CHANNELS.length)];
      layers.add(
          Convolution.of(
              next.dimension(0), outputs, kernel, 1 + random.nextInt(2), random.nextInt(2)));
      if (random.nextBoolean()) {
        layers.add(BatchNorm.of(outputs));
      }
      next = new Network(shape, layers).output();
      int pool = Math.min(next.dimension(1), 1 + random.nextInt(3));
      boolean before = random.nextInt(3) == 0;
      if (before) {
        layers.add(new MaxPool(Math.min(pool, next.dimension(2))));
      }
      layers.add(neurons());
      if (!before) {
        layers.add(new MaxPool(Math.min(pool, next.dimension(2))));
      }
      next = new Network(shape, layers).output();
    }
    layers.add(new Flatten());
    if (random.nextBoolean()) {
      int width = CHANNELS[random.nextInt(CHANNELS.length)];
      layers.add(Dense.of(next.size(), width));
      layers.add(neurons());
      next = Shape.of(width);
    }
    layers.add(Dense.of(next.size(), 1 + random.nextInt(20)));
    return filled(new Network(shape, layers));
  }

  private Neurons neurons() {
    return new Neurons(
        Neuron.parse(
            switch (random.nextInt(6)) {
              case 1, 4 -> "pbit:clip";
              case 0, 3 -> "pbit:tanh";
              default -> "pbit:sigmoid";
            }));
  }

  private Network filled(Network network) {
    Map<String, Tensor> tensors = new HashMap<>();
    network
        .tensors()
        .forEach((name, tensor) -> {
          float[] values = new float[tensor.size()];
          Shape shape = tensor.shape();
          double size =
              shape.rank() > 1 ? 3 / Math.sqrt((double) shape.size() / shape.dimension(0)) : 0.5;
          for (int i = 0; i < values.length; i++) {
            values[i] =
                name.endsWith("running_var")
                    ? 0.5f + random.nextFloat()
                    : (float) (random.nextGaussian() * size);
          }
          tensors.put(name, new Tensor(shape, values));
        });
    return network.withTensors(tensors);
  }
}
