package org.pdnn.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pdnn.files.JsonFile;
import org.pdnn.names.Nearest;
import org.pdnn.names.Printable;

/// A network that still wants its tensors: what its layers are, in order, and what other software
/// calls them.
///
/// In a file it has the notation of our model files, in which a layer with tensors may also say by
/// what name their tensors begin elsewhere:
///
/// ```
/// {"input":[1,28,28],
///  "layers":[{"layer":"flatten"},
///            {"layer":"dense", "name":"encoder.fc1"}, {"layer":"neurons", "neuron":"tanh"},
///            {"layer":"dense", "name":"encoder.fc2"}]}
/// ```
///
/// @param input shape of one input
/// @param parts the layers in order
/// @param sized whether the layers' tensors have the shapes that are wanted; if not, each is a
///   placeholder of one value, and the shapes are those of the tensors that come
public record Outline(Shape input, List<Part> parts, boolean sized) {
  /// More layers are taken for a mistake.
  private static final int MOST_LAYERS = 1000;

  private static final String FORMAT = "format";
  private static final String NAME = "name";
  private static final Set<String> KEYS = Set.of(FORMAT, "input", "layers");

  /// What layers say of themselves, all taken together.
  private static final Set<String> LAYER_KEYS =
      Set.of("layer", NAME, "stride", "padding", "epsilon", "size", "shape", "neuron");

  /// A layer without its tensors.
  ///
  /// @param layer what it does; its tensors only hold their places
  /// @param name what the names of its tensors begin with elsewhere, if that is said
  public record Part(Layer layer, Optional<String> name) {
    /// What the layer is called in notation, as in `dense`.
    public String kind() {
      return Architecture.toJson(layer).path("layer").asText();
    }
  }

  public Outline {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > MOST_LAYERS) {
      throw new IllegalArgumentException(
          "layers must be 1 to %s, got %s".formatted(MOST_LAYERS, parts.size()));
    }
  }

  /// The outline of a network: tensors in the shapes of its own are wanted.
  public static Outline of(Network network) {
    return new Outline(
        network.input(),
        network.layers().stream().map(layer -> new Part(layer, Optional.empty())).toList(),
        true);
  }

  /// Reads an architecture file, of at most 1 MiB.
  ///
  /// @throws IOException in one sentence with the file, the layer and what is wrong
  public static Outline read(Path file) throws IOException {
    return JsonFile.read(file, "file of an architecture in JSON", Outline::parse);
  }

  /// Reads an architecture.
  ///
  /// @throws IllegalArgumentException naming the layer and what is wrong with it
  static Outline parse(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException(
          "an architecture is an object of 'input' and 'layers', as in {\"input\":[784],"
              + "\"layers\":[{\"layer\":\"dense\"}]}");
    }
    requireKnown(json, KEYS);
    for (String list : List.of("input", "layers")) {
      if (!json.path(list).isArray()) {
        throw new IllegalArgumentException("'%s' must be a list".formatted(list));
      }
    }
    if (json.has(FORMAT)) {
      Architecture.requireFormat(json);
    }
    List<Part> parts = new ArrayList<>();
    for (JsonNode node : json.path("layers")) {
      try {
        parts.add(part(node));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "layer %s: %s".formatted(parts.size(), e.getMessage()), e);
      }
    }
    return new Outline(input(json.path("input")), parts, false);
  }

  private static Shape input(JsonNode node) {
    try {
      return Architecture.shape(node);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'input': " + e.getMessage(), e);
    }
  }

  private static Part part(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      throw new IllegalArgumentException(
          "a layer is an object, as in {\"layer\":\"dense\"}, got "
              + Printable.of(node.toString(), 40));
    }
    requireKnown(object, LAYER_KEYS);
    Optional<JsonNode> name = Optional.ofNullable(object.get(NAME));
    Layer layer = Architecture.layer(object, tensor -> placeholder(object, tensor));
    Set<String> known = new TreeSet<>();
    Architecture.toJson(layer).fieldNames().forEachRemaining(known::add);
    if (!layer.tensors().isEmpty()) {
      known.add(NAME);
    }
    requireKnown(object, known);
    if (name.isPresent() && (!name.get().isTextual() || name.get().textValue().isBlank())) {
      throw new IllegalArgumentException("'name' must be a text that names a module");
    }
    return new Part(layer, name.map(JsonNode::textValue));
  }

  /// One value in as many dimensions as the layer's tensor has.
  private static Tensor placeholder(JsonNode node, String tensor) {
    return Tensor.filled(
        switch (tensor.equals("weight") ? node.path("layer").asText() : "") {
          case "dense" -> Shape.of(1, 1);
          case "convolution", "transposedConvolution" -> Shape.of(1, 1, 1, 1);
          default -> Shape.of(1);
        },
        0);
  }

  private static void requireKnown(JsonNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(key -> {
          if (!known.contains(key)) {
            String unknown = Printable.of(key, 40);
            throw new IllegalArgumentException(
                "'%s' is not known%s; use %s"
                    .formatted(
                        unknown,
                        Nearest.suggestion(unknown, known),
                        String.join(", ", new TreeSet<>(known))));
          }
        });
  }
}
