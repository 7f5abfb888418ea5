package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// A model in the making, for tests: of any operator set, sound or not.
final class ModelMaker {
  private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
  private final Random random = new Random(7);

  /// A model of one input `x`.
  ///
  /// @param extents of all axes; 0 leaves one open
  ModelMaker(int opset, long... extents) {
    model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
    graph().setName("test").addInput(value("x", DataType.FLOAT, extents));
  }

  GraphProto.Builder graph() {
    return model.getGraphBuilder();
  }

  static ValueInfoProto value(String name, DataType type, long... extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long extent : extents) {
      TensorShapeProto.Dimension.Builder axis = shape.addDimBuilder();
      if (extent == 0) {
        axis.setDimParam("n");
      } else {
        axis.setDimValue(extent);
      }
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /// Declares the output, of as many axes as there are.
  ModelMaker output(String name, int axes) {
    long[] open = new long[axes];
    graph().addOutput(value(name, DataType.FLOAT, open));
    return this;
  }

  /// Weights from N(0, 1) / 2.
  ModelMaker weights(String name, long... extents) {
    TensorProto.Builder tensor = tensor(name, DataType.FLOAT, extents);
    for (long i = 0; i < size(extents); i++) {
      tensor.addFloatData((float) random.nextGaussian() / 2);
    }
    return add(tensor);
  }

  /// Given numbers.
  ModelMaker floats(String name, List<Long> extents, float... values) {
    TensorProto.Builder tensor =
        tensor(name, DataType.FLOAT, extents.stream().mapToLong(Long::longValue).toArray());
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return add(tensor);
  }

  /// A vector of integers.
  ModelMaker integers(String name, long... values) {
    TensorProto.Builder tensor = tensor(name, DataType.INT64, values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return add(tensor);
  }

  ModelMaker add(TensorProto.Builder tensor) {
    graph().addInitializer(tensor);
    return this;
  }

  static TensorProto.Builder tensor(String name, DataType type, long... extents) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long extent : extents) {
      tensor.addDims(extent);
    }
    return tensor;
  }

  /// A tensor whose values lie in another file.
  static TensorProto.Builder external(
      TensorProto.Builder tensor, String location, String offset, String length) {
    return tensor
        .setDataLocation(DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", offset))
        .addExternalData(entry("length", length));
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  static long size(long... extents) {
    long size = 1;
    for (long extent : extents) {
      size *= extent;
    }
    return size;
  }

  /// A node, named after its operator and what it makes: `Gemm_y`.
  ///
  /// @param inputs names parted by blanks; `-` leaves one out
  /// @param outputs likewise
  ModelMaker node(String operator, String inputs, String outputs, AttributeProto... attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(operator + "_" + outputs);
    for (String input : inputs.split(" ", -1)) {
      if (!input.isEmpty()) {
        node.addInput(input.equals("-") ? "" : input);
      }
    }
    for (String output : outputs.split(" ", -1)) {
      node.addOutput(output.equals("-") ? "" : output);
    }
    graph().addNode(node.addAllAttribute(List.of(attributes)));
    return this;
  }

  static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto real(String name, float value) {
    return attribute(name, AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto list(String name, long... values) {
    AttributeProto.Builder list = attribute(name, AttributeType.INTS);
    for (long value : values) {
      list.addInts(value);
    }
    return list.build();
  }

  static AttributeProto text(String name, String value) {
    return attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto tensor(String name, TensorProto.Builder value) {
    return attribute(name, AttributeType.TENSOR).setT(value).build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  /// Anything else that a model may have.
  ModelMaker with(Consumer<ModelProto.Builder> change) {
    change.accept(model);
    return this;
  }

  /// Reads the model from a file in a folder.
  OnnxModel read(Path folder) throws IOException {
    return OnnxModel.read(Files.write(folder.resolve("model.onnx"), toBytes()));
  }

  byte[] toBytes() {
    return model.build().toByteArray();
  }
}
