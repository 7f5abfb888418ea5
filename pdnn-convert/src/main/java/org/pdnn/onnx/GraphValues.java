package org.pdnn.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/// The values of a graph as they are computed one from the other: each operator gives the name of
/// what it makes.
final class GraphValues {
  private final OnnxGraph graph;
  private int made;

  /// Names of tables, each written once.
  private final Map<FloatBuffer, String> tables = new HashMap<>();

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

  /// The same values in 32 bits, rounded to nearest even.
  String single(String value) {
    return cast(value, DataType.FLOAT_VALUE);
  }

  /// The same values in 64 bits.
  String wide(String value) {
    return cast(value, DataType.DOUBLE_VALUE);
  }

  private String cast(String value, int type) {
    return apply("Cast", List.of(value), Attribute.of("to", type));
  }

  /// The same values, row-major, under other extents, one of which may be -1, what is left.
  String reshaped(String value, long... extents) {
    return apply("Reshape", value, integers(extents));
  }

  /// A function of integers that it clamps to 16 bits, from a table without its level ends.
  ///
  /// @param value of integers in 64 bits
  /// @return in 32 bits
  String lookedUp(String value, IntToDoubleFunction function) {
    int least = Short.MIN_VALUE;
    int most = Short.MAX_VALUE;
    while (least < most && function.applyAsDouble(least) == function.applyAsDouble(least + 1)) {
      least++;
    }
    while (least < most && function.applyAsDouble(most) == function.applyAsDouble(most - 1)) {
      most--;
    }
    float[] table = new float[most - least + 1];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) function.applyAsDouble(least + i);
    }
    String clamped = apply("Clip", value, wide((double) least), wide((double) most));
    String index = cast(apply("Sub", clamped, wide((double) least)), DataType.INT64_VALUE);
    return apply("Gather", tables.computeIfAbsent(FloatBuffer.wrap(table), this::table), index);
  }

  private String table(FloatBuffer table) {
    String name = name();
    graph.constant(name, table.array());
    return name;
  }

  /// A number of 32 bits.
  String number(float value) {
    String name = name();
    graph.constant(name, value);
    return name;
  }

  /// A number of 64 bits.
  String wide(double value) {
    return doubles(new double[] {value});
  }

  /// Numbers of 64 bits; no extents make a scalar.
  String doubles(double[] values, long... extents) {
    String name = name();
    graph.array(name, values, extents);
    return name;
  }

  /// Signed bytes.
  String bytes(byte[] values, long... extents) {
    String name = name();
    graph.constant(name, values, extents);
    return name;
  }

  /// A vector of integers.
  String integers(long... values) {
    String name = name();
    graph.constant(name, values);
    return name;
  }

  /// A name that nothing has yet.
  private String name() {
    return "v" + made++;
  }
}
