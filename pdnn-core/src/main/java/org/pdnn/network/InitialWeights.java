package org.pdnn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pdnn.names.Choice;
import org.pdnn.random.Gaussian;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// How a network starts to learn. The same seed gives the same weights on every machine.
public enum InitialWeights {
  /// Glorot normal, N(0, 2 / (fan-in + fan-out)), biases 0 (paper, section 3): X. Glorot, Y.
  /// Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS
  /// 2010.
  GLOROT {
    @Override
    double draw(Shape weight, boolean bias, RandomWords words, int tensor, int index) {
      if (bias) {
        return 0;
      }
      return glorot(weight) * Gaussian.of(words, 0, tensor, index);
    }
  },

  /// Uniform in ± 1 / sqrt(fan-in), weights and biases: the default of PyTorch's layers, and so of
  /// most networks made by others.
  PYTORCH {
    @Override
    double draw(Shape weight, boolean bias, RandomWords words, int tensor, int index) {
      double uniform = RandomWords.uniform(words.word(0, tensor, index, 0));
      return (2 * uniform - 1) / Math.sqrt(fanIn(weight));
    }
  };

  /// The value of one weight or bias.
  ///
  /// @param weight shape of the layer's weight
  abstract double draw(Shape weight, boolean bias, RandomWords words, int tensor, int index);

  /// The network with fresh weights and biases; batch norms keep their values.
  public Network of(Network network, long seed) {
    RandomWords words = Philox.forPurpose(seed, "weights");
    Map<String, Tensor> fresh = new LinkedHashMap<>();
    int tensor = 0;
    for (int layer = 0; layer < network.layers().size(); layer++) {
      Map<String, Tensor> own = network.layers().get(layer).tensors();
      Tensor weight = own.get("weight");
      for (Map.Entry<String, Tensor> entry : own.entrySet()) {
        Tensor present = entry.getValue();
        fresh.put(
            network.name(layer) + "." + entry.getKey(),
            weight == null || weight.shape().rank() == 1
                ? present
                : draw(weight.shape(), present.shape(), words, tensor));
        tensor++;
      }
    }
    return network.withTensors(fresh);
  }

  /// The standard deviation of Glorot weights, sqrt(2 / (fan-in + fan-out)).
  ///
  /// @param weight shape of the layer's weight, of two dimensions or more
  public static double glorot(Shape weight) {
    return Math.sqrt(2.0 / (fanIn(weight) + fanOut(weight)));
  }

  private Tensor draw(Shape weight, Shape present, RandomWords words, int tensor) {
    float[] values = new float[present.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draw(weight, present.rank() == 1, words, tensor, i);
    }
    return new Tensor(present, values);
  }

  /// As PyTorch counts: the second dimension times the kernel, also of a transposed convolution.
  private static int fanIn(Shape weight) {
    return weight.size() / weight.dimension(0);
  }

  private static int fanOut(Shape weight) {
    return weight.size() / weight.dimension(1);
  }

  /// The name on the command line and in notes, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
