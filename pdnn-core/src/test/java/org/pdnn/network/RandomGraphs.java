package org.pdnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Small networks with joins and branches, drawn from a seed, for tests.
public final class RandomGraphs {
  private static final int CHANNELS = 3;
  private static final int PIXELS = 16;
  private static final int CLASSES = 4;

  private RandomGraphs() {}

  /// A network of so many layers or a few more, of images of 2 channels and 4 classes.
  ///
  /// @param neuron of every hidden layer
  public static Network of(long seed, int depth, Neuron neuron) {
    Random random = new Random(seed);
    List<Layer> layers = new ArrayList<>(List.of(Convolution.of(2, CHANNELS, 3, 1, 1)));
    List<Place> places = new ArrayList<>(List.of(Place.behind(Place.INPUT)));
    while (layers.size() < depth) {
      List<Integer> alike =
          IntStream.range(0, layers.size())
              .filter(i -> !(layers.get(i) instanceof Concatenate))
              .boxed()
              .toList();
      // As often as not the newest, so that depth grows.
      int from = random.nextBoolean() ? layers.size() - 1 : drawn(alike, random);
      int other = drawn(alike, random);
      switch (random.nextInt(11)) {
        case 0 -> add(layers, places, Convolution.of(CHANNELS, CHANNELS, 3, 1, 1), from);
        case 1 -> add(layers, places, BatchNorm.of(CHANNELS), from);
        case 2 -> add(layers, places, new Neurons(neuron), from);
        case 3 -> add(layers, places, new Add(), from, other, other);
        case 4 -> add(layers, places, new Multiply(), from, other);
        case 5 -> add(layers, places, LayerNorm.of(CHANNELS), from);
        case 6 -> add(layers, places, RmsNorm.of(CHANNELS), from);
        case 7 -> add(layers, places, new Softmax(), from);
        case 8 -> add(layers, places, PositionalEmbedding.of(PIXELS, CHANNELS), from);
        case 9 -> {
          Attention attention = new Attention(random.nextBoolean() ? 1 : 3, random.nextBoolean());
          add(layers, places, attention, from, other, drawn(alike, random));
        }
        default -> {
          add(layers, places, new Concatenate(), other, from);
          add(layers, places, Convolution.of(2 * CHANNELS, CHANNELS, 1, 1, 0), layers.size() - 1);
        }
      }
    }
    List<Integer> open =
        IntStream.range(0, layers.size())
            .filter(i -> places.stream().noneMatch(place -> place.reads().contains(i)))
            .boxed()
            .toList();
    if (open.size() > 1) {
      add(layers, places, new Add(), open.stream().mapToInt(Integer::intValue).toArray());
    }
    add(layers, places, new Neurons(neuron), layers.size() - 1);
    add(layers, places, new MaxPool(2), layers.size() - 1);
    add(layers, places, new Flatten(), layers.size() - 1);
    add(layers, places, Dense.of(CHANNELS * 4, CLASSES), layers.size() - 1);
    return SmallNetworks.randomised(new Network(Shape.of(2, 4, 4), layers, places), seed);
  }

  private static int drawn(List<Integer> layers, Random random) {
    return layers.get(random.nextInt(layers.size()));
  }

  private static void add(List<Layer> layers, List<Place> places, Layer layer, int... reads) {
    places.add(
        new Place(
            layers.size() % 3 == 0 ? Optional.of("block." + layers.size()) : Optional.empty(),
            IntStream.of(reads).boxed().toList()));
    layers.add(layer);
  }
}
