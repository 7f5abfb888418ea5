package org.pdnn.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;

/// An operator of our own in the making, of other operators: what a runtime that knows only ONNX's
/// can still run.
final class OnnxFunction {
  /// The domain of our operators.
  static final String DOMAIN = "org.pdnn";

  static final int VERSION = 1;

  private final FunctionProto.Builder function = FunctionProto.newBuilder();
  private int values;

  /// @param inputs names of what it reads
  OnnxFunction(String name, List<String> inputs) {
    function
        .setName(name)
        .setDomain(DOMAIN)
        .addAllInput(inputs)
        .addOpsetImport(OnnxGraph.version(OnnxGraph.ONNX, OnnxGraph.ONNX_VERSION))
        .addOpsetImport(OnnxGraph.version(DOMAIN, VERSION));
  }

  /// Applies one of ONNX's operators and gives the name of what comes out.
  String apply(String operator, String... inputs) {
    return node(OnnxGraph.ONNX, operator, List.of(inputs));
  }

  /// Applies one of our operators.
  String applyOwn(String operator, String... inputs) {
    return node(DOMAIN, operator, List.of(inputs));
  }

  /// The same value in 32 bits, rounded to nearest even.
  String single(String input) {
    return node(OnnxGraph.ONNX, "Cast", List.of(input), Attribute.of("to", DataType.FLOAT_VALUE));
  }

  /// The same value in 64 bits.
  String wide(String input) {
    return node(OnnxGraph.ONNX, "Cast", List.of(input), Attribute.of("to", DataType.DOUBLE_VALUE));
  }

  /// The same integer as an index.
  String index(String input) {
    return node(OnnxGraph.ONNX, "Cast", List.of(input), Attribute.of("to", DataType.INT64_VALUE));
  }

  /// One 32-bit number.
  String number(float value) {
    return node(OnnxGraph.ONNX, "Constant", List.of(), Attribute.of("value_float", value));
  }

  /// One integer.
  String integer(long value) {
    return node(OnnxGraph.ONNX, "Constant", List.of(), Attribute.of("value_int", value));
  }

  /// A vector of 32-bit numbers.
  String table(float[] values) {
    return node(OnnxGraph.ONNX, "Constant", List.of(), Attribute.of("value", values));
  }

  private String node(
      String domain, String operator, List<String> inputs, Attribute... attributes) {
    String output = "v" + values++;
    function.addNode(OnnxGraph.made(domain, operator, new ArrayList<>(inputs), output, attributes));
    return output;
  }

  /// The operator, whose output is a value made before.
  FunctionProto returning(String output) {
    return function.addOutput(output).build();
  }
}
