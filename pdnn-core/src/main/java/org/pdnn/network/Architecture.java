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
final class Architecture {
  private static final int FORMAT = 1;

  /// The most that a tensor of a file may have.
  private static final int MOST_DIMENSIONS = 8;

  /// What layers are called.
  private static final List<String> NAMES =
      List.of(
          "dense",
          "convolution",
          "transposedConvolution",
          "batchNorm",
          "maxPool",
          "averagePool",
          "flatten",
          "reshape",
          "neurons");

  private static final JsonMapper JSON = new JsonMapper();

  private Architecture() {}

  static ObjectNode toJson(Network network) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    network.input().dimensions().forEach(json.putArray("input")::add);
    ArrayNode layers = json.putArray("layers");
    network.layers().forEach(layer -> layers.add(toJson(layer)));
    return json;
  }

  static ObjectNode toJson(Layer layer) {
    ObjectNode node = JSON.createObjectNode();
    switch (layer) {
      case Dense dense -> node.put("layer", "dense");
      case Convolution convolution ->
          node.put("layer", "convolution")
              .put("stride", convolution.stride())
              .put("padding", convolution.padding());
      case TransposedConvolution convolution ->
          node.put("layer", "transposedConvolution")
              .put("stride", convolution.stride())
              .put("padding", convolution.padding());
      case BatchNorm norm -> node.put("layer", "batchNorm").put("epsilon", norm.epsilon());
      case MaxPool pool -> node.put("layer", "maxPool").put("size", pool.size());
      case AveragePool pool -> node.put("layer", "averagePool").put("size", pool.size());
      case Flatten flatten -> node.put("layer", "flatten");
      case Reshape reshape ->
          reshape.shape().dimensions().forEach(node.put("layer", "reshape").putArray("shape")::add);
      case Neurons neurons ->
          node.put("layer", "neurons").put("neuron", neurons.neuron().toString());
    }
    return node;
  }

  /// Joins an architecture with its tensors.
  ///
  /// @throws IllegalArgumentException naming the layer and what is wrong with it
  static Network fromJson(JsonNode json, Map<String, Tensor> tensors) {
    requireFormat(json);
    Network.requireFew(json.path("layers").size());
    List<Layer> layers = new ArrayList<>();
    for (JsonNode node : json.path("layers")) {
      int index = layers.size();
      try {
        layers.add(layer(node, name -> tensor(tensors, index + "." + name)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer %s: %s".formatted(index, e.getMessage()), e);
      }
    }
    return new Network(shape(json.path("input")), layers);
  }

  static void requireFormat(JsonNode json) {
    if (json.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException(
          "its architecture has format %s, this version reads format %s"
              .formatted(json.path("format"), FORMAT));
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
      case "convolution" ->
          new Convolution(
              weights.get("weight"),
              weights.get("bias"),
              integer(node, "stride"),
              integer(node, "padding"));
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
              node.path("epsilon").asDouble());
      case "maxPool" -> new MaxPool(integer(node, "size"));
      case "averagePool" -> new AveragePool(integer(node, "size"));
      case "flatten" -> new Flatten();
      case "reshape" -> new Reshape(shape(node.path("shape")));
      case "neurons" -> new Neurons(Neuron.parse(node.path("neuron").asText()));
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
