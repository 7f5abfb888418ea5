package org.pdnn.benchmark.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// An ONNX graph in the making: constants and nodes, each with a name, for batches of one size.
final class OnnxGraph {
  /// The name of the input.
  static final String INPUT = "x";

  /// The domain of the operators of ONNX itself.
  static final String ONNX = "";

  /// The domain of the operators that ONNX Runtime adds.
  static final String RUNTIME = "com.microsoft";

  private static final int IR_VERSION = 8;
  private static final int ONNX_VERSION = 15;
  private static final int RUNTIME_VERSION = 1;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
  private final int batch;

  /// A graph of one input and no nodes.
  ///
  /// @param batch inputs of one run
  /// @param input shape of one input
  OnnxGraph(int batch, Shape input) {
    this.batch = batch;
    graph.addInput(value(INPUT, input));
  }

  /// Declares the value of a name to be an output.
  ///
  /// @param shape that of one input's share
  void output(String name, Shape shape) {
    graph.addOutput(value(name, shape));
  }

  /// A tensor of 32-bit numbers.
  void constant(String name, Tensor tensor) {
    constant(name, DataType.FLOAT, floats(tensor.toArray()), dimensions(tensor.shape()));
  }

  /// A vector of 32-bit numbers.
  void constant(String name, float[] values) {
    constant(name, DataType.FLOAT, floats(values), values.length);
  }

  /// One 32-bit number.
  void constant(String name, float value) {
    constant(name, DataType.FLOAT, floats(new float[] {value}));
  }

  /// Any constant, from its little-endian bytes; no dimensions make a scalar.
  void constant(String name, DataType type, ByteString bytes, long... dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).setRawData(bytes);
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor);
  }

  /// A node of one output.
  ///
  /// @param domain [#ONNX] or [#RUNTIME]
  void node(
      String domain,
      String operator,
      List<String> inputs,
      String output,
      AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setDomain(domain)
            .setOpType(operator)
            .setName(operator + "_" + output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
  }

  /// The model, as in an `.onnx` file.
  byte[] toBytes() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("pdnn")
        .addOpsetImport(version(ONNX, ONNX_VERSION))
        .addOpsetImport(version(RUNTIME, RUNTIME_VERSION))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  /// An attribute that is one integer.
  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /// An attribute that is one real number.
  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  /// An attribute that is a list of integers.
  static AttributeProto attribute(String name, List<Integer> values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    values.forEach(attribute::addInts);
    return attribute.build();
  }

  static ByteString bytes(byte... values) {
    return ByteString.copyFrom(values);
  }

  static ByteString ints(int[] values) {
    ByteBuffer bytes = little(Integer.BYTES * values.length);
    bytes.asIntBuffer().put(values);
    return ByteString.copyFrom(bytes);
  }

  static ByteString longs(long[] values) {
    ByteBuffer bytes = little(Long.BYTES * values.length);
    bytes.asLongBuffer().put(values);
    return ByteString.copyFrom(bytes);
  }

  private static ByteString floats(float[] values) {
    ByteBuffer bytes = little(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return ByteString.copyFrom(bytes);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static long[] dimensions(Shape shape) {
    return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
  }

  private ValueInfoProto value(String name, Shape shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(batch));
    for (int dimension : shape.dimensions()) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(DataType.FLOAT.getNumber())
                        .setShape(dimensions)))
        .build();
  }

  private static OperatorSetIdProto version(String domain, int version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }
}
