package org.pdnn.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.names.Printable;

/// Makes a [Network] layer by layer. What a layer reads is said by names; `input` is the network's
/// input. A layer that says nothing reads the one before it.
public final class NetworkBuilder {
  /// What the network's input is called.
  public static final String INPUT = "input";

  private final Shape input;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final Map<String, Integer> byName = new HashMap<>(Map.of(INPUT, Place.INPUT));

  NetworkBuilder(Shape input) {
    this.input = input;
  }

  /// Adds a layer without a name, which reads the one before it.
  public NetworkBuilder add(Layer layer) {
    return add(layer, Place.behind(layers.size() - 1));
  }

  /// Adds a layer.
  ///
  /// @param name by which its tensors are called, and others read it
  /// @param reads names of what it reads; none for the layer before it
  /// @throws IllegalArgumentException if a name is taken, or none that was added before
  public NetworkBuilder add(String name, Layer layer, String... reads) {
    List<Integer> from =
        reads.length == 0
            ? List.of(layers.size() - 1)
            : Arrays.stream(reads).map(this::index).toList();
    return add(layer, new Place(Optional.of(name), from));
  }

  /// Adds a layer that reads others by index.
  NetworkBuilder add(Layer layer, Place place) {
    place
        .name()
        .ifPresent(name -> {
          if (byName.putIfAbsent(name, layers.size()) != null) {
            throw new IllegalArgumentException("two layers are called '%s'".formatted(name));
          }
        });
    layers.add(layer);
    places.add(place);
    return this;
  }

  /// Reads where the next layer stands.
  ///
  /// @param name null if it has none
  /// @param reads null if it reads the layer before it
  /// @throws IllegalArgumentException saying what is wrong with one of them
  Place place(@Nullable JsonNode name, @Nullable JsonNode reads) {
    if (name != null && !name.isTextual()) {
      throw new IllegalArgumentException("'name' must be a text");
    }
    Place behind = Place.behind(layers.size() - 1);
    List<Integer> from = behind.reads();
    if (reads != null) {
      if (!reads.isArray()) {
        throw new IllegalArgumentException("'reads' must be a list of layers");
      }
      from = new ArrayList<>();
      for (JsonNode one : reads) {
        from.add(one.isTextual() ? index(one.textValue()) : index(one));
      }
    }
    return new Place(Optional.ofNullable(name).map(JsonNode::textValue), from);
  }

  private static int index(JsonNode json) {
    if (!json.isInt() || json.intValue() < 0) {
      throw new IllegalArgumentException(
          "'reads' names layers by index or name, and the input of the network by \"input\", got "
              + Printable.of(json.toString(), 40));
    }
    return json.intValue();
  }

  /// Layers so far: the index of the next one.
  int size() {
    return layers.size();
  }

  private int index(String name) {
    Integer index = byName.get(name);
    if (index == null) {
      throw new IllegalArgumentException(
          "no layer before it is called '%s'; the network's input is '%s'"
              .formatted(Printable.of(name, 40), INPUT));
    }
    return index;
  }

  /// The network.
  ///
  /// @throws IllegalArgumentException naming the first layer that does not fit what it reads, or
  ///   that nothing reads
  public Network network() {
    return new Network(input, layers, places);
  }
}
