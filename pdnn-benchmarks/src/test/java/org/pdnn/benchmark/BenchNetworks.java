package org.pdnn.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// Networks and inputs with seeded values, for tests.
public final class BenchNetworks {
  private BenchNetworks() {}

  /// Every layer that images meet in VGG5, small: batch norms with statistics, an odd border that
  /// the pool drops, two convolutions of different strides.
  public static Network convolutional(String neuron) {
    Neurons hidden = new Neurons(Neuron.parse(neuron));
    Network network =
        new Network(
            Shape.of(3, 11, 9),
            List.of(
                Convolution.of(3, 16, 3, 1, 1),
                BatchNorm.of(16),
                hidden,
                new MaxPool(2),
                Convolution.of(16, 24, 3, 2, 0),
                BatchNorm.of(24),
                hidden,
                new Flatten(),
                Dense.of(24 * 2, 32),
                hidden,
                Dense.of(32, 10)));
    return randomised(network);
  }

  /// Average pools, over squares and over all that is left.
  public static Network averaging(String neuron) {
    Neurons hidden = new Neurons(Neuron.parse(neuron));
    Network network =
        new Network(
            Shape.of(3, 11, 9),
            List.of(
                Convolution.of(3, 16, 3, 1, 1),
                BatchNorm.of(16),
                hidden,
                new AveragePool(2),
                Convolution.of(16, 24, 3, 1, 1),
                hidden,
                new AveragePool(4),
                new Flatten(),
                Dense.of(24, 10)));
    return randomised(network);
  }

  /// A multi-layer perceptron on images.
  public static Network perceptron(String neuron) {
    Neurons hidden = new Neurons(Neuron.parse(neuron));
    Network network =
        new Network(
            Shape.of(1, 8, 8),
            List.of(
                new Flatten(),
                Dense.of(64, 48),
                hidden,
                Dense.of(48, 32),
                hidden,
                Dense.of(32, 10)));
    return randomised(network);
  }

  /// Weights so large that pre-activations reach where a sigmoid bends, as trained ones do.
  private static Network randomised(Network network) {
    Network started = InitialWeights.GLOROT.of(network, 1);
    RandomWords words = Philox.forPurpose(1, "test");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int address = 0;
    for (Map.Entry<String, Tensor> entry : started.tensors().entrySet()) {
      boolean variance = entry.getKey().endsWith("running_var");
      float[] values = entry.getValue().toArray();
      for (int i = 0; i < values.length; i++) {
        double uniform = RandomWords.uniform(words.word(0, address, i, 0));
        values[i] =
            entry.getValue().shape().rank() > 1
                ? 3 * values[i]
                : (float) (variance ? 0.5 + uniform : uniform - 0.5);
      }
      tensors.put(entry.getKey(), new Tensor(entry.getValue().shape(), values));
      address++;
    }
    return started.withTensors(tensors);
  }

  /// Pixels in [0, 1).
  public static float[][] inputs(Shape shape, int count) {
    RandomWords words = Philox.forPurpose(2, "test");
    float[][] inputs = new float[count][shape.size()];
    for (int input = 0; input < count; input++) {
      for (int i = 0; i < inputs[input].length; i++) {
        inputs[input][i] = (float) RandomWords.uniform(words.word(input, 0, i, 0));
      }
    }
    return inputs;
  }

  /// The index of the largest value.
  public static int most(float[] values) {
    int most = 0;
    for (int i = 1; i < values.length; i++) {
      most = values[i] > values[most] ? i : most;
    }
    return most;
  }
}
