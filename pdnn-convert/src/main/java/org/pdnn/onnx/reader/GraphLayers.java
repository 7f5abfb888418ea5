package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Place;
import org.pdnn.network.Shape;

/// The layers that nodes have become, of all branches of a graph, and what was said about them.
final class GraphLayers {
  /// Channels of all batch norms that no weights in the file account for: a few bytes may announce
  /// a vector of any length.
  private static final int MOST_CHANNELS = 1 << 22;

  /// A module's name, as PyTorch makes it of identifiers and indices. An index alone is none: it is
  /// another one here if functions between modules have become layers.
  private static final Pattern MODULE =
      Pattern.compile("[A-Za-z0-9_.]{0,199}[A-Za-z_][\\w.]{0,99}");

  private static final int LONGEST_NAME = 200;

  private Shape input;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> remarks = new LinkedHashSet<>();
  private int channelsMade;

  GraphLayers(Shape input) {
    this.input = input;
  }

  /// The shape of the network's input.
  Shape input() {
    return input;
  }

  /// Reads an input of another shape, before there is a layer.
  void read(Shape other) {
    input = other;
  }

  /// Appends a layer.
  ///
  /// @return its index
  int add(Layer layer, List<Integer> reads) {
    if (layers.size() == Network.MOST_LAYERS) {
      throw new IllegalArgumentException(
          "would be a layer more than the %s of any network; export a smaller one"
              .formatted(Network.MOST_LAYERS));
    }
    shapes.add(layer.output(reads.stream().map(this::shape).toList()));
    layers.add(layer);
    places.add(new Place(Optional.empty(), reads));
    return layers.size() - 1;
  }

  /// The shape of what a layer gives, or of the input.
  Shape shape(int index) {
    return index == Place.INPUT ? input : shapes.get(index);
  }

  Layer get(int index) {
    return layers.get(index);
  }

  List<Integer> reads(int index) {
    return places.get(index).reads();
  }

  void set(int index, Layer layer) {
    layers.set(index, layer);
  }

  /// Names a layer after its module, if no other is called so: weights may be shared.
  void name(int index, String module) {
    if (module.length() <= LONGEST_NAME && MODULE.matcher(module).matches() && names.add(module)) {
      places.set(index, new Place(Optional.of(module), places.get(index).reads()));
    }
  }

  /// Says something once.
  void remark(String sentence) {
    remarks.add(sentence);
  }

  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /// Counts numbers that are about to be made.
  ///
  /// @throws IllegalArgumentException if that is more than a network has
  int made(int numbers) {
    if (numbers > MOST_CHANNELS - channelsMade) {
      throw new IllegalArgumentException(
          "constants for %s channels, and %s before, are more than the %s of any network"
              .formatted(numbers, channelsMade, MOST_CHANNELS));
    }
    channelsMade += numbers;
    return numbers;
  }

  /// The network that ends with a layer, of the layers that it needs: of some values the graph
  /// reads the shape alone.
  Network network(int last) {
    boolean[] needed = new boolean[last + 1];
    needed[last] = true;
    for (int i = last; i >= 0; i--) {
      if (needed[i]) {
        for (int from : places.get(i).reads()) {
          if (from != Place.INPUT) {
            needed[from] = true;
          }
        }
      }
    }
    int[] now = new int[last + 2];
    now[0] = Place.INPUT;
    List<Layer> left = new ArrayList<>();
    List<Place> where = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      if (needed[i]) {
        Place place = places.get(i);
        where.add(
            new Place(place.name(), place.reads().stream().map(from -> now[from + 1]).toList()));
        now[i + 1] = left.size();
        left.add(layers.get(i));
      }
    }
    return new Network(input, left, where);
  }
}
