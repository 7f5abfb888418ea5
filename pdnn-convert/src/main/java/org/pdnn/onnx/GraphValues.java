package org.pdnn.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/// The values of a graph as they are computed one from the other: each operator gives the name of
/// what it makes.
final class GraphValues {
  private final OnnxGraph graph;
  private int made;

  GraphValues(OnnxGraph graph) {
    this.graph = graph;
  }

  /// One of ONNX's operators.
  String apply(String operator, List<String> inputs, Attribute... attributes) {
    String output = name();
    graph.node(OnnxGraph.ONNX, operator, inputs, output, attributes);
    return output;
  }

  /// One of ONNX's operators without attributes.
  String apply(String operator, String... inputs) {
    return apply(operator, List.of(inputs));
  }

  /// One of our operators.
  String applyOwn(String operator, String... inputs) {
    String output = name();
    graph.node(OnnxFunction.DOMAIN, operator, List.of(inputs), output);
    return output;
  }

  /// The same values in 32 bits, rounded to nearest even.
  String single(String value) {
    return apply("Cast", List.of(value), Attribute.of("to", DataType.FLOAT_VALUE));
  }

  /// The same values in 64 bits.
  String wide(String value) {
    return apply("Cast", List.of(value), Attribute.of("to", DataType.DOUBLE_VALUE));
  }

  /// The same values, row-major, under other extents, one of which may be -1, what is left.
  String reshaped(String value, long... extents) {
    return apply("Reshape", value, integers(extents));
  }

  /// A number of 32 bits.
  String number(float value) {
    String name = name();
    graph.constant(name, value);
    return name;
  }

  /// A vector of integers.
  String integers(long... values) {
    String name = name();
    graph.constant(name, values);
    return name;
  }

  /// A name that nothing has yet.
  String name() {
    return "v" + made++;
  }
}
