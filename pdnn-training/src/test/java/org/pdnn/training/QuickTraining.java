package org.pdnn.training;

import java.util.Random;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;

/// Networks and images that train in a moment.
public final class QuickTraining {
  private QuickTraining() {}

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
}
