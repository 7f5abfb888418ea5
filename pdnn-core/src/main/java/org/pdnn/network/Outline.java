package org.pdnn.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.pdnn.files.JsonFile;
import org.pdnn.names.Limits;
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
/// What is left out of a layer is as in PyTorch: stride 1, padding 0, epsilon 1e-5. Layers of
/// weights may also say how large they are, `outputs` and of convolutions `kernel` (3, or [3, 5]),
/// all of them or none; those that do are a [#network] without its weights.
///
/// @param input shape of one input
/// @param parts the layers in order
/// @param sized whether the layers' tensors have the shapes that are wanted; if not, each is a
///   placeholder of one value, and the shapes are those of the tensors that come
public record Outline(Shape input, List<Part> parts, boolean sized) {
  /// More layers are taken for a mistake.
  private static final int MOST_LAYERS = 1000;

  private static final String FORMAT = "format";
  private static final String OUTPUTS = "outputs";
  private static final String KERNEL = "kernel";
  private static final String VOCABULARY = "vocabulary";
  private static final Set<String> KEYS = Set.of(FORMAT, "input", "layers");

  private static final Set<String> WITH_OUTPUTS =
      Set.of("dense", "convolution", "transposedConvolution", "embedding");

  /// What layers say of themselves, all taken together.
  private static final Set<String> LAYER_KEYS =
      Set.of(
          "layer",
          Architecture.NAME,
          OUTPUTS,
          KERNEL,
          "stride",
          "padding",
          "dilation",
          Architecture.GROUPS,
          Architecture.EPSILON,
          Architecture.HEADS,
          Architecture.CAUSAL,
          VOCABULARY,
          "size",
          "ceil",
          Architecture.COUNT_PADDING,
          "shape",
          "neuron",
          Architecture.READS);

  /// A layer without its tensors.
  ///
  /// @param layer what it does; its tensors only hold their places
  /// @param place what it reads, and what the names of its tensors begin with, if that is said
  public record Part(Layer layer, Place place) {
    public Optional<String> name() {
      return place.name();
    }

    /// What the layer is called in notation, as in `dense`.
    public String kind() {
      return Architecture.toJson(layer).path("layer").asText();
    }
  }

  public Outline {
    parts = List.copyOf(parts);
    Limits.between("layers", 1, MOST_LAYERS, parts.size());
  }

  /// The outline of a network: tensors in the shapes of its own are wanted.
  public static Outline of(Network network) {
    return new Outline(
        network.input(),
        IntStream.range(0, network.layers().size())
            .mapToObj(i -> new Part(network.layers().get(i), network.places().get(i)))
            .toList(),
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
    LayerKeys.require(json, KEYS);
    for (String list : List.of("input", "layers")) {
      if (!json.path(list).isArray()) {
        throw new IllegalArgumentException("'%s' must be a list".formatted(list));
      }
    }
    if (json.has(FORMAT)) {
      Architecture.requireFormat(json);
    }
    boolean sized = sized(json.path("layers"));
    Shape input = input(json.path("input"));
    List<Shape> shapes = new ArrayList<>(List.of(input));
    NetworkBuilder network = new NetworkBuilder(input);
    List<Part> parts = new ArrayList<>();
    for (JsonNode node : json.path("layers")) {
      try {
        Place place = place(network, node);
        List<Shape> read = place.reads().stream().map(from -> shapes.get(from + 1)).toList();
        Part part = part(node, place, sized ? Optional.of(read.getFirst()) : Optional.empty());
        shapes.add(sized ? part.layer().output(read) : input);
        network.add(part.layer(), place);
        parts.add(part);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "layer %s: %s".formatted(parts.size(), e.getMessage()), e);
      }
    }
    return new Outline(input, parts, sized);
  }

  /// The network, all of its weights zero: enough to count what it does.
  ///
  /// @throws IllegalArgumentException if the layers do not say how large they are
  public Network network() {
    if (!sized) {
      throw new IllegalArgumentException(
          "the layers do not say how large they are; give each that has weights its 'outputs', as"
              + " in {\"layer\":\"dense\",\"outputs\":64}, and convolutions their 'kernel'");
    }
    return new Network(
        input, parts.stream().map(Part::layer).toList(), parts.stream().map(Part::place).toList());
  }

  /// Whether layers that have weights say how large they are, or there are none.
  private static boolean sized(JsonNode layers) {
    return layers.findValue(OUTPUTS) != null
        || layers.findValuesAsText("layer").stream().noneMatch(WITH_OUTPUTS::contains);
  }

  private static Shape input(JsonNode node) {
    try {
      return Architecture.shape(node);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'input': " + e.getMessage(), e);
    }
  }

  private static Place place(NetworkBuilder network, JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      throw new IllegalArgumentException(
          "a layer is an object, as in {\"layer\":\"dense\"}, got "
              + Printable.of(node.toString(), 40));
    }
    LayerKeys.require(object, LAYER_KEYS);
    Place place = network.place(object.get(Architecture.NAME), object.get(Architecture.READS));
    for (int from : place.reads()) {
      if (from < Place.INPUT || from >= network.size()) {
        throw new IllegalArgumentException(
            "it reads layer %s, but a layer reads those before it".formatted(from));
      }
    }
    return place;
  }

  /// @param input what the layer reads, if its tensors have sizes
  private static Part part(JsonNode node, Place place, Optional<Shape> input) {
    ObjectNode object = (ObjectNode) node;
    Layer layer =
        Architecture.layer(
            completed(object),
            tensor ->
                Tensor.filled(
                    input
                        .map(shape -> sized(object, tensor, shape))
                        .orElseGet(() -> placeholder(object, tensor)),
                    0));
    Set<String> known = LayerKeys.of(layer);
    switch (layer) {
      case Dense _ -> known.add(OUTPUTS);
      case Convolution _, TransposedConvolution _ -> known.addAll(List.of(OUTPUTS, KERNEL));
      case Embedding _ -> known.addAll(List.of(OUTPUTS, VOCABULARY));
      case Scaling _, Pool _, Rearrangement _, Neurons _, Join _ -> {}
    }
    LayerKeys.require(object, known);
    return new Part(layer, place);
  }

  /// The same with what PyTorch takes for whatever is left out.
  private static ObjectNode completed(ObjectNode node) {
    ObjectNode usual = node.objectNode();
    switch (node.path("layer").asText()) {
      case "convolution", "transposedConvolution" -> usual.put("stride", 1).put("padding", 0);
      case "batchNorm", "layerNorm", "rmsNorm" ->
          usual.put(Architecture.EPSILON, BatchNorm.EPSILON);
      default -> {}
    }
    usual.setAll(node);
    return usual;
  }

  /// One value for each group in as many dimensions as the layer's tensor has.
  private static Shape placeholder(JsonNode node, String tensor) {
    int outputs = node.path("layer").asText().equals("convolution") ? groups(node) : 1;
    return switch (tensor.equals("weight") ? node.path("layer").asText() : "") {
      case "dense", "embedding", "positionalEmbedding" -> Shape.of(1, 1);
      case "convolution", "transposedConvolution" -> Shape.of(outputs, 1, 1, 1);
      default -> Shape.of(outputs);
    };
  }

  private static int groups(JsonNode node) {
    int groups = Architecture.groups(node);
    Limits.atLeast(Architecture.GROUPS, 1, groups);
    return groups;
  }

  /// The shape of a layer's tensor by what the layer reads and says of itself.
  private static Shape sized(JsonNode node, String tensor, Shape input) {
    int channels = input.dimension(0);
    String kind = node.path("layer").asText();
    switch (kind) {
      case "batchNorm", "layerNorm", "rmsNorm" -> {
        return Shape.of(channels);
      }
      case "positionalEmbedding" -> {
        return Shape.of(Attention.positions(input), channels);
      }
      case "embedding" -> {
        return Shape.of(
            Architecture.integer(node, VOCABULARY), Architecture.integer(node, OUTPUTS));
      }
      default -> {}
    }
    int outputs = Architecture.integer(node, OUTPUTS);
    if (!tensor.equals("weight")) {
      return Shape.of(outputs);
    }
    if (kind.equals("dense")) {
      return Shape.of(outputs, input.size());
    }
    if (!node.has(KERNEL)) {
      throw new IllegalArgumentException("'%s' is missing".formatted(KERNEL));
    }
    int[] kernel = WindowKeys.pair(node, KERNEL, 1, 1);
    return kind.equals("convolution")
        ? Convolution.of(channels, outputs, Window.of(kernel[0], kernel[1]), groups(node))
            .weight()
            .shape()
        : Shape.of(channels, outputs, kernel[0], kernel[1]);
  }
}
