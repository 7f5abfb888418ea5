package org.pdnn.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pdnn.names.Nearest;
import org.pdnn.names.Printable;

/// A network without its weights, as JSON: what the tensors' shapes do not say already.
///
/// `{"format":1,"input":[1,28,28],"layers":[{"layer":"flatten"},{"layer":"dense"},
/// {"layer":"neurons","neuron":"pbit:sigmoid"},{"layer":"dense"}]}`
///
/// In format 2 a layer may say what it is called, `"name":"conv1"`, and which layers it reads, by
/// index, name, or `"input"`: `{"layer":"add","reads":["bn2","input"]}`. Without `reads` it reads
/// the layer before it, and windows may be of any form ([WindowKeys]). What format 1 can say is
/// written in it.
final class Architecture {
  private static final int CHAIN = 1;
  private static final int GRAPH = 2;
  static final String NAME = "name";
  static final String READS = "reads";
  static final String GROUPS = "groups";
  static final String COUNT_PADDING = "countPadding";
  static final String EPSILON = "epsilon";
  static final String HEADS = "heads";
  static final String CAUSAL = "causal";

  /// The most that a tensor of a file may have.
  private static final int MOST_DIMENSIONS = 8;

  /// What layers are called.
  private static final List<String> NAMES =
      List.of(
          "dense",
          "convolution",
          "transposedConvolution",
          "embedding",
          "batchNorm",
          "layerNorm",
          "rmsNorm",
          "softmax",
          "positionalEmbedding",
          "maxPool",
          "averagePool",
          "globalAveragePool",
          "flatten",
          "reshape",
          "neurons",
          "add",
          "multiply",
          "concatenate",
          "attention");

  private static final JsonMapper JSON = new JsonMapper();

  private Architecture() {}

  static ObjectNode toJson(Network network) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", CHAIN);
    network.input().dimensions().forEach(json.putArray("input")::add);
    ArrayNode layers = json.putArray("layers");
    for (int i = 0; i < network.layers().size(); i++) {
      ObjectNode node = toJson(network.layers().get(i));
      Place place = network.places().get(i);
      place.name().ifPresent(name -> node.put(NAME, name));
      if (!place.reads().equals(List.of(i - 1))) {
        ArrayNode reads = node.putArray(READS);
        for (int from : place.reads()) {
          if (from == Place.INPUT) {
            reads.add(NetworkBuilder.INPUT);
          } else {
            reads.add(from);
          }
        }
      }
      if (node.has(NAME) || node.has(READS) || newer(network.layers().get(i))) {
        json.put("format", GRAPH);
      }
      layers.add(node);
    }
    return json;
  }

  /// Whether format 1 cannot say a layer.
  private static boolean newer(Layer layer) {
    return switch (layer) {
      case Convolution convolution -> !convolution.window().uniform() || convolution.groups() > 1;
      case MaxPool(Window window) -> !window.equals(Window.of(window.rows().kernel()));
      case AveragePool(Window window, _) -> !window.equals(Window.of(window.rows().kernel()));
      case Dense _, TransposedConvolution _, BatchNorm _, Rearrangement _, Neurons _ -> false;
      case Embedding _, Scaling _, GlobalAveragePool _, Join _ -> true;
    };
  }

  private static Convolution convolution(JsonNode node, Tensor weight, Tensor bias) {
    Shapes.require(weight.shape().rank() == 4, "a convolution weight has 4 dimensions", weight);
    Window window =
        WindowKeys.convolution(node, weight.shape().dimension(2), weight.shape().dimension(3));
    return new Convolution(weight, bias, window, groups(node));
  }

  static int groups(JsonNode node) {
    return node.has(GROUPS) ? integer(node, GROUPS) : 1;
  }

  static ObjectNode toJson(Layer layer) {
    ObjectNode node = JSON.createObjectNode();
    switch (layer) {
      case Dense dense -> node.put("layer", "dense");
      case Convolution convolution -> {
        WindowKeys.write(convolution.window(), node.put("layer", "convolution"));
        if (convolution.groups() > 1) {
          node.put(GROUPS, convolution.groups());
        }
      }
      case TransposedConvolution convolution ->
          node.put("layer", "transposedConvolution")
              .put("stride", convolution.stride())
              .put("padding", convolution.padding());
      case Embedding _ -> node.put("layer", "embedding");
      case BatchNorm norm -> node.put("layer", "batchNorm").put(EPSILON, norm.epsilon());
      case LayerNorm norm -> node.put("layer", "layerNorm").put(EPSILON, norm.epsilon());
      case RmsNorm norm -> node.put("layer", "rmsNorm").put(EPSILON, norm.epsilon());
      case Softmax _ -> node.put("layer", "softmax");
      case PositionalEmbedding _ -> node.put("layer", "positionalEmbedding");
      case MaxPool(Window window) -> WindowKeys.writePool(window, node.put("layer", "maxPool"));
      case AveragePool(Window window, boolean countsPadding) -> {
        WindowKeys.writePool(window, node.put("layer", "averagePool"));
        if (window.padded() && !countsPadding) {
          node.put(COUNT_PADDING, false);
        }
      }
      case GlobalAveragePool _ -> node.put("layer", "globalAveragePool");
      case Flatten flatten -> node.put("layer", "flatten");
      case Reshape reshape ->
          reshape.shape().dimensions().forEach(node.put("layer", "reshape").putArray("shape")::add);
      case Neurons neurons ->
          node.put("layer", "neurons").put("neuron", neurons.neuron().toString());
      case Add _ -> node.put("layer", "add");
      case Multiply _ -> node.put("layer", "multiply");
      case Concatenate _ -> node.put("layer", "concatenate");
      case Attention(int heads, boolean causal) -> {
        node.put("layer", "attention").put(HEADS, heads);
        if (causal) {
          node.put(CAUSAL, true);
        }
      }
    }
    return node;
  }

  /// Joins an architecture with its tensors.
  ///
  /// @throws IllegalArgumentException naming the layer and what is wrong with it
  static Network fromJson(JsonNode json, Map<String, Tensor> tensors) {
    requireFormat(json);
    Network.requireFew(json.path("layers").size());
    NetworkBuilder network = new NetworkBuilder(shape(json.path("input")));
    for (JsonNode node : json.path("layers")) {
      int index = network.size();
      try {
        Place place = network.place(node.get(NAME), node.get(READS));
        String name = place.name().orElse(Integer.toString(index));
        Layer layer = layer(node, tensor -> tensor(tensors, name + "." + tensor));
        LayerKeys.require(node, LayerKeys.of(layer));
        network.add(layer, place);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer %s: %s".formatted(index, e.getMessage()), e);
      }
    }
    return network.network();
  }

  static void requireFormat(JsonNode json) {
    int format = json.path("format").asInt();
    if (format != CHAIN && format != GRAPH) {
      throw new IllegalArgumentException(
          "its architecture has format %s, this version reads formats %s and %s"
              .formatted(json.path("format"), CHAIN, GRAPH));
    }
  }

  /// Finds a layer's tensor by its name there.
  @FunctionalInterface
  interface Weights {
    Tensor get(String name);
  }

  /// One layer, with tensors that are looked up.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it
  static Layer layer(JsonNode node, Weights weights) {
    return switch (node.path("layer").asText()) {
      case "dense" -> new Dense(weights.get("weight"), weights.get("bias"));
      case "convolution" -> convolution(node, weights.get("weight"), weights.get("bias"));
      case "transposedConvolution" ->
          new TransposedConvolution(
              weights.get("weight"),
              weights.get("bias"),
              integer(node, "stride"),
              integer(node, "padding"));
      case "batchNorm" ->
          new BatchNorm(
              weights.get("weight"),
              weights.get("bias"),
              weights.get("running_mean"),
              weights.get("running_var"),
              node.path(EPSILON).asDouble());
      case "embedding" -> new Embedding(weights.get("weight"));
      case "layerNorm" ->
          new LayerNorm(weights.get("weight"), weights.get("bias"), node.path(EPSILON).asDouble());
      case "rmsNorm" -> new RmsNorm(weights.get("weight"), node.path(EPSILON).asDouble());
      case "softmax" -> new Softmax();
      case "positionalEmbedding" -> new PositionalEmbedding(weights.get("weight"));
      case "maxPool" -> new MaxPool(WindowKeys.pool(node));
      case "averagePool" ->
          new AveragePool(WindowKeys.pool(node), WindowKeys.flag(node, COUNT_PADDING, true));
      case "globalAveragePool" -> new GlobalAveragePool();
      case "flatten" -> new Flatten();
      case "reshape" -> new Reshape(shape(node.path("shape")));
      case "neurons" -> new Neurons(Neuron.parse(node.path("neuron").asText()));
      case "add" -> new Add();
      case "multiply" -> new Multiply();
      case "concatenate" -> new Concatenate();
      case "attention" -> new Attention(integer(node, HEADS), WindowKeys.flag(node, CAUSAL, false));
      case String other -> {
        String name = Printable.of(other, 40);
        throw new IllegalArgumentException(
            "no layer is called '%s'%s".formatted(name, Nearest.suggestion(name, NAMES)));
      }
    };
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("tensor '" + name + "' is missing");
    }
    return tensor;
  }

  static int integer(JsonNode node, String name) {
    return integer(name, node.path(name));
  }

  static int integer(String name, JsonNode value) {
    if (value.isMissingNode()) {
      throw new IllegalArgumentException("'%s' is missing".formatted(name));
    }
    if (!value.isInt() || value.asInt() > 1 << 16) {
      throw new IllegalArgumentException(
          "'%s' is not a small integer: %s".formatted(name, Printable.of(value.toString(), 40)));
    }
    return value.asInt();
  }

  /// A shape from its list of integers.
  static Shape shape(JsonNode node) {
    if (node.size() > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "a shape has at most %s dimensions, got %s".formatted(MOST_DIMENSIONS, node.size()));
    }
    List<Integer> dimensions = new ArrayList<>();
    for (JsonNode dimension : node) {
      if (!dimension.isInt()) {
        throw new IllegalArgumentException(
            "dimensions must be small integers, got " + Printable.of(node.toString()));
      }
      dimensions.add(dimension.intValue());
    }
    return new Shape(dimensions);
  }
}
