package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.pdnn.network.Add;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Concatenate;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Multiply;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;

/// Networks with joins and branches that have an integer form, drawn from a seed.
public final class IntegerGraphs {
  private static final int CHANNELS = 4;

  private final Random random;
  private final Neuron neuron;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();

  /// Layers of neurons' values, and those of pre-activations.
  private final List<Integer> coded = new ArrayList<>(List.of(Place.INPUT));

  private final List<Integer> real = new ArrayList<>();

  private IntegerGraphs(long seed, Neuron neuron) {
    this.random = new Random(seed);
    this.neuron = neuron;
  }

  /// A network of images (2, 4, 4) and 5 outputs.
  ///
  /// @param neuron of every hidden layer
  public static Network of(long seed, int depth, Neuron neuron) {
    return SmallNetworks.randomised(new IntegerGraphs(seed, neuron).network(depth), seed);
  }

  private Network network(int depth) {
    real(Convolution.of(2, CHANNELS, 3, 1, 1), Place.INPUT);
    coded.clear();
    coded(new Neurons(neuron), 0);
    while (layers.size() < depth) {
      step();
    }
    List<Integer> open =
        IntStream.range(0, layers.size())
            .filter(i -> places.stream().noneMatch(place -> place.reads().contains(i)))
            .boxed()
            .toList();
    int last =
        open.size() > 1
            ? real(new Add(), open.stream().mapToInt(Integer::intValue).toArray())
            : open.getFirst();
    last = coded(new Neurons(neuron), last);
    if (random.nextBoolean()) {
      last = coded(new Add(), last, one(coded));
    }
    int pixels = 4;
    switch (random.nextInt(4)) {
      case 0 -> last = coded(new MaxPool(2), last);
      case 1 -> last = coded(new AveragePool(2), last);
      case 2 -> {
        last = coded(new GlobalAveragePool(), last);
        pixels = 1;
      }
      default -> pixels = 16;
    }
    last = coded(new Flatten(), last);
    if (random.nextBoolean()) {
      last = real(Dense.of(CHANNELS * pixels, 7), last);
      last = coded(new Neurons(neuron), last);
      real(Dense.of(7, 5), last);
    } else {
      real(Dense.of(CHANNELS * pixels, 5), last);
    }
    return new Network(Shape.of(2, 4, 4), layers, places);
  }

  private void step() {
    switch (random.nextInt(11)) {
      case 0 -> real(Convolution.of(CHANNELS, CHANNELS, 3, 1, 1), one(coded));
      case 1 -> {
        Window window = Window.of(3, 2).stride(1, 1).padding(1, 0, 1, 1);
        real(Convolution.of(CHANNELS, CHANNELS, window, random.nextBoolean() ? 4 : 2), one(coded));
      }
      case 2 -> real(TransposedConvolution.of(CHANNELS, CHANNELS, 3, 1, 1), one(coded));
      case 3 -> {
        int joined = coded(new Concatenate(), one(coded), one(coded));
        coded.removeLast();
        real(Convolution.of(2 * CHANNELS, CHANNELS, 1, 1, 0), joined);
      }
      case 4 -> real(BatchNorm.of(CHANNELS), any());
      case 5 -> real(new Add(), any(), one(real));
      case 6 -> real(new Add(), one(coded), one(coded), one(coded));
      case 7 -> real(new MaxPool(Window.square(3, 1, 1)), one(real));
      case 8 -> coded(new MaxPool(Window.square(3, 1, 1)), one(coded));
      case 9 -> {
        if (!neuron.activation().signed()) {
          coded(new Multiply(), one(coded), one(coded));
        }
      }
      default -> coded(new Neurons(neuron), one(real));
    }
  }

  private int any() {
    return random.nextBoolean() ? one(coded) : one(real);
  }

  /// As often as not the newest, so that depth grows.
  private int one(List<Integer> layers) {
    return random.nextBoolean() ? layers.getLast() : layers.get(random.nextInt(layers.size()));
  }

  private int coded(Layer layer, int... reads) {
    coded.add(added(layer, reads));
    return coded.getLast();
  }

  private int real(Layer layer, int... reads) {
    real.add(added(layer, reads));
    return real.getLast();
  }

  private int added(Layer layer, int... reads) {
    places.add(new Place(java.util.Optional.empty(), IntStream.of(reads).boxed().toList()));
    layers.add(layer);
    return layers.size() - 1;
  }
}
