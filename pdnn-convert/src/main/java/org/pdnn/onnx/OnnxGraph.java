package org.pdnn.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// An ONNX graph in the making: constants and nodes, each with a name.
public final class OnnxGraph {
  /// The name of the input.
  public static final String INPUT = "x";

  /// The domain of the operators of ONNX itself.
  public static final String ONNX = "";

  /// The domain of the operators that ONNX Runtime adds.
  public static final String RUNTIME = "com.microsoft";

  /// In place of a number of inputs: as many as a run brings.
  public static final int ANY_BATCH = 0;

  private static final int IR_VERSION = 8;
  private static final int ONNX_VERSION = 17;
  private static final int RUNTIME_VERSION = 1;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
  private final Map<String, String> notes = new LinkedHashMap<>();
  private String version = "";
  private boolean usesRuntime;
  private final int batch;

  /// A graph of one input and no nodes.
  ///
  /// @param batch inputs of one run, or [#ANY_BATCH]
  /// @param input shape of one input
  public OnnxGraph(int batch, Shape input) {
    this.batch = batch;
    graph.addInput(value(INPUT, DataType.FLOAT, batched(input)));
  }

  /// Declares the value of a name to be an output.
  ///
  /// @param shape that of one input's share
  public void output(String name, Shape shape) {
    graph.addOutput(value(name, DataType.FLOAT, batched(shape)));
  }

  /// Declares a further input of 32-bit numbers.
  ///
  /// @param extents of all axes, or [#ANY_BATCH]
  void input(String name, String meaning, long... extents) {
    graph.addInput(value(name, DataType.FLOAT, extents).toBuilder().setDocString(meaning));
  }

  /// Declares an output of 64-bit numbers.
  ///
  /// @param extents of all axes, or [#ANY_BATCH]
  void doubles(String name, String meaning, long... extents) {
    graph.addOutput(value(name, DataType.DOUBLE, extents).toBuilder().setDocString(meaning));
  }

  /// Sets the producer and further metadata of the file.
  ///
  /// @param producerVersion of this project
  /// @param properties free text by key
  public void note(String producerVersion, Map<String, String> properties) {
    version = producerVersion;
    notes.putAll(properties);
  }

  /// A tensor of 32-bit numbers.
  public void constant(String name, Tensor tensor) {
    constant(name, DataType.FLOAT, floats(tensor.toArray()), dimensions(tensor.shape()));
  }

  /// A vector of 32-bit numbers.
  public void constant(String name, float[] values) {
    constant(name, DataType.FLOAT, floats(values), values.length);
  }

  /// One 32-bit number.
  public void constant(String name, float value) {
    constant(name, DataType.FLOAT, floats(new float[] {value}));
  }

  /// 64-bit numbers.
  void array(String name, double[] values, long... dimensions) {
    ByteBuffer bytes = little(Double.BYTES * values.length);
    bytes.asDoubleBuffer().put(values);
    constant(name, DataType.DOUBLE, ByteString.copyFrom(bytes), dimensions);
  }

  /// 32-bit numbers.
  void array(String name, float[] values, long... dimensions) {
    constant(name, DataType.FLOAT, floats(values), dimensions);
  }

  /// Signed bytes; no dimensions make a scalar.
  public void constant(String name, byte[] values, long... dimensions) {
    constant(name, DataType.INT8, ByteString.copyFrom(values), dimensions);
  }

  /// One unsigned byte.
  public void unsigned(String name, int value) {
    constant(name, DataType.UINT8, ByteString.copyFrom(new byte[] {(byte) value}));
  }

  /// Integers of 32 bits; no dimensions make a scalar.
  public void constant(String name, int[] values, long... dimensions) {
    ByteBuffer bytes = little(Integer.BYTES * values.length);
    bytes.asIntBuffer().put(values);
    constant(name, DataType.INT32, ByteString.copyFrom(bytes), dimensions);
  }

  /// A vector of integers of 64 bits, as shapes are.
  public void constant(String name, long[] values) {
    ByteBuffer bytes = little(Long.BYTES * values.length);
    bytes.asLongBuffer().put(values);
    constant(name, DataType.INT64, ByteString.copyFrom(bytes), values.length);
  }

  private void constant(String name, DataType type, ByteString bytes, long... dimensions) {
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
  public void node(
      String domain, String operator, List<String> inputs, String output, Attribute... attributes) {
    usesRuntime |= domain.equals(RUNTIME);
    graph.addNode(
        NodeProto.newBuilder()
            .setDomain(domain)
            .setOpType(operator)
            .setName(operator + "_" + output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(Stream.of(attributes).map(Attribute::proto).toList()));
  }

  /// The model, as in an `.onnx` file.
  public byte[] toBytes() {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("pdnn")
            .setProducerVersion(version)
            .addOpsetImport(version(ONNX, ONNX_VERSION))
            .setGraph(graph);
    if (usesRuntime) {
      model.addOpsetImport(version(RUNTIME, RUNTIME_VERSION));
    }
    notes.forEach((key, value) ->
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private static ByteString floats(float[] values) {
    ByteBuffer bytes = little(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return ByteString.copyFrom(bytes);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The extents of a shape, as ONNX counts them.
  public static long[] dimensions(Shape shape) {
    return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
  }

  private long[] batched(Shape shape) {
    long[] extents = new long[shape.rank() + 1];
    extents[0] = batch;
    System.arraycopy(dimensions(shape), 0, extents, 1, shape.rank());
    return extents;
  }

  private static ValueInfoProto value(String name, DataType type, long... extents) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long extent : extents) {
      TensorShapeProto.Dimension.Builder axis = TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(extent == ANY_BATCH ? axis.setDimParam("batch") : axis.setDimValue(extent));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions)))
        .build();
  }

  private static OperatorSetIdProto version(String domain, int version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }
}
