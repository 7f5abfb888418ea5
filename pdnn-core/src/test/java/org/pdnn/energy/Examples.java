package org.pdnn.energy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.pdnn.network.Activation;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;

/// Networks and technologies that several tests price.
final class Examples {
  static final Neuron PBIT = new Neuron.PBit(Activation.SIGMOID);
  static final Neuron SIGMOID = Neuron.deterministic(Activation.SIGMOID);

  /// What every technology has a constant for.
  static final List<Operation> REQUIRED =
      Arrays.stream(Operation.values()).filter(Operation::required).toList();

  private Examples() {}

  static Network vgg5(Neuron neuron) {
    return Preset.network("vgg5", Shape.of(3, 32, 32), 10, neuron);
  }

  /// Constants of 1, 2, 3, 5, 7, 11 and 13 pJ in the order of [Operation]: easy to add up by hand,
  /// and no two alike.
  static Technology primes() {
    Iterator<Integer> primes = List.of(1, 2, 3, 5, 7, 11, 13).iterator();
    Map<Operation, Constant> constants = new EnumMap<>(Operation.class);
    for (Operation operation : REQUIRED) {
      Joules energy = Joules.ofPicojoules(primes.next());
      constants.put(operation, new Constant(operation, energy, "this test", "none"));
    }
    return new Technology("primes", "by hand", false, constants);
  }

  /// Up to two convolutions and up to three dense layers of random sizes, with any neurons.
  static Network random(RandomGenerator random) {
    Shape input = Shape.of(random.nextInt(1, 4), random.nextInt(6, 10), random.nextInt(6, 10));
    List<Layer> layers = new ArrayList<>();
    int channels = input.dimension(0);
    for (int i = random.nextInt(3); i > 0; i--) {
      int outputs = random.nextInt(1, 6);
      layers.add(Convolution.of(channels, outputs, random.nextInt(1, 4), 1, 1));
      if (random.nextBoolean()) {
        layers.add(BatchNorm.of(outputs));
      }
      layers.add(new Neurons(neuron(random)));
      switch (random.nextInt(4)) {
        case 0, 1 -> layers.add(new MaxPool(2));
        case 2 -> layers.add(new AveragePool(2));
        default -> {}
      }
      channels = outputs;
    }
    layers.add(new Flatten());
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int inputs = new Network(input, layers).output().size();
      layers.add(Dense.of(inputs, random.nextInt(1, 20)));
      if (random.nextBoolean()) {
        layers.add(new Neurons(neuron(random)));
      }
    }
    return new Network(input, layers);
  }

  private static Neuron neuron(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 3 -> new Neuron.PBit(Activation.CLIP);
      case 0 -> SIGMOID;
      case 1 -> Neuron.parse("sigmoid:3bit");
      case 2 -> Neuron.parse("noisy:tanh:0.5");
      default -> PBIT;
    };
  }
}
