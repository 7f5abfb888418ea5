package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pdnn.names.Printable;
import org.pdnn.network.Shape;

/// The one input of a graph.
///
/// @param name as the nodes call it
/// @param type of its values
/// @param shape of one input, without the batch
/// @param batch inputs of one run, as declared; 1 if the file leaves it open
/// @param whole the shape of one input if the first axis is none of the batch; empty if the file
///   leaves it open
record GraphInput(String name, DataType type, Shape shape, long batch, Optional<Shape> whole) {

  /// Whether there is no axis that could be the batch.
  boolean isBare() {
    return whole.isPresent() && whole.get().rank() == 1;
  }

  /// Finds the input of a graph; initializers may be listed among its inputs and are none.
  ///
  /// @throws IllegalArgumentException naming the input and the axis that is unknown, or what else
  ///   is wrong
  static GraphInput of(GraphProto graph, Constants constants) {
    List<ValueInfoProto> inputs =
        graph.getInputList().stream()
            .filter(input -> !constants.isInitializer(input.getName()))
            .toList();
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          "its graph has %s; export a network of one input, with its weights inside"
              .formatted(listed(inputs, "input")));
    }
    ValueInfoProto input = inputs.getFirst();
    String name = Printable.quoted(input.getName());
    if (!input.getType().hasTensorType() || input.getName().isEmpty()) {
      throw new IllegalArgumentException(
          "input %s is not a tensor with a name; export the model again".formatted(name));
    }
    TypeProto.Tensor tensor = input.getType().getTensorType();
    DataType type = type(tensor, name);
    if (!tensor.hasShape()) {
      throw new IllegalArgumentException(
          "input %s has no shape; export the model with one".formatted(name));
    }
    List<Dimension> dimensions = tensor.getShape().getDimList();
    boolean bare = dimensions.size() == 1;
    if (dimensions.isEmpty() || dimensions.size() > 8) {
      throw new IllegalArgumentException(
          "input %s has %s axes; the first is the batch, and up to 7 others are the shape of an input"
              .formatted(name, dimensions.size()));
    }
    List<Integer> extents = new ArrayList<>();
    for (int axis = bare ? 0 : 1; axis < dimensions.size(); axis++) {
      extents.add(extent(name, axis, dimensions.get(axis)));
    }
    try {
      Shape shape = new Shape(extents);
      long batch = bare ? 1 : dimensions.getFirst().getDimValue();
      Optional<Shape> whole = bare ? Optional.of(shape) : Optional.empty();
      if (!bare && batch >= 1 && batch <= Shape.LARGEST / shape.size()) {
        extents.addFirst((int) batch);
        whole = Optional.of(new Shape(extents));
      }
      return new GraphInput(input.getName(), type, shape, Math.max(1, batch), whole);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("input %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /// Whether its values are whole numbers, as tokens are.
  boolean integers() {
    return type == DataType.INT64 || type == DataType.INT32;
  }

  private static DataType type(TypeProto.Tensor tensor, String name) {
    DataType type = DataType.forNumber(tensor.getElemType());
    if (type == DataType.FLOAT
        || type == DataType.DOUBLE
        || type == DataType.FLOAT16
        || type == DataType.BFLOAT16
        || type == DataType.INT64
        || type == DataType.INT32) {
      return type;
    }
    throw new IllegalArgumentException(
        "input %s has values of type %s; export a network that reads real numbers"
            .formatted(name, type == null ? Integer.toString(tensor.getElemType()) : type));
  }

  private static int extent(String name, int axis, Dimension dimension) {
    long extent = dimension.getDimValue();
    if (extent < 1) {
      String symbol =
          dimension.getDimParam().isEmpty()
              ? ""
              : " (" + Printable.quoted(dimension.getDimParam()) + ")";
      throw new IllegalArgumentException(
          "input %s leaves the extent of axis %s open%s; only the batch, axis 0, may be, so export the model with a fixed size"
              .formatted(name, axis, symbol));
    }
    if (extent > Shape.LARGEST) {
      throw new IllegalArgumentException(
          "input %s has the extent %s on axis %s; at most %s values are read"
              .formatted(name, extent, axis, Shape.LARGEST));
    }
    return (int) extent;
  }

  /// Names in a sentence: `inputs 'a' and 'b'`.
  static String listed(List<ValueInfoProto> values, String kind) {
    if (values.isEmpty()) {
      return "no " + kind;
    }
    String names =
        values.stream()
            .limit(4)
            .map(value -> Printable.quoted(value.getName()))
            .collect(Collectors.joining(", "));
    return "%s %ss (%s%s)".formatted(values.size(), kind, names, values.size() > 4 ? ", ..." : "");
  }
}
