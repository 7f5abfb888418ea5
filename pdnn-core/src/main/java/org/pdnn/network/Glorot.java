package org.pdnn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// Glorot normal initial weights, N(0, 2 / (fan-in + fan-out)), biases 0 (paper, section 3).
///
/// X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
/// networks", AISTATS 2010. The same seed gives the same weights on every machine.
public final class Glorot {
  private Glorot() {}

  /// The network with fresh weights; one-dimensional tensors keep their values.
  public static Network normal(Network network, long seed) {
    RandomWords words = Philox.forPurpose(seed, "weights");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int index = 0;
    for (Map.Entry<String, Tensor> entry : network.tensors().entrySet()) {
      Tensor tensor = entry.getValue();
      if (tensor.shape().rank() > 1) {
        tensor = normal(tensor.shape(), words, index);
      }
      tensors.put(entry.getKey(), tensor);
      index++;
    }
    return network.withTensors(tensors);
  }

  private static Tensor normal(Shape shape, RandomWords words, int index) {
    int receptiveField = shape.size() / shape.dimension(0) / shape.dimension(1);
    double fans = (double) (shape.dimension(0) + shape.dimension(1)) * receptiveField;
    double deviation = Math.sqrt(2 / fans);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * gaussian(words, index, i));
    }
    return new Tensor(shape, values);
  }

  /// Box-Muller, from two words; StrictMath for equal bits everywhere.
  private static double gaussian(RandomWords words, int layer, int unit) {
    double radius = RandomWords.uniform(words.word(0, layer, unit, 0)) + 0x1p-33;
    double angle = RandomWords.uniform(words.word(0, layer, unit, 1));
    return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
  }
}
