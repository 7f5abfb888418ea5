package org.pdnn.onnx.reader;

import java.util.List;
import org.pdnn.network.Shape;

/// What an operator needs to be read.
///
/// @param constants what the graph knows before it runs
/// @param operands the values of the network that the node reads, in its order; what the node does
///   is done to the first
/// @param opset version of the operators
/// @param batch inputs of one run, as the graph's input declares
record OperatorContext(Constants constants, List<Branch> operands, int opset, long batch) {

  /// The value that the node reads, which becomes the one that it makes.
  Branch value() {
    return operands.getFirst();
  }

  /// The layers that lead to the value that the node reads, and on to the one that it makes.
  Chain layers() {
    return value().layers();
  }

  /// Checks that a node's first input is the value so far, not a constant.
  void requireValueFirst(Node node) {
    if (constants.has(node.input(0))) {
      throw node.refused("reads a constant where the network's values are expected, in input 0");
    }
  }

  /// The shape so far, which must be that of an image.
  Shape image(Node node) {
    requireOurOrder(node);
    Shape shape = layers().shape();
    if (shape.rank() != 3) {
      throw node.refused(
          "reads values of shape %s; only images (channels, height, width) are read"
              .formatted(shape));
    }
    return shape;
  }

  /// Checks that the graph can have the values so far in the order that they have here.
  void requireOurOrder(Node node) {
    if (!value().settleOrder()) {
      throw node.refused(
          "reads values of shape %s in the graph, whose axes are in another order than the layer's before; only values of (channels, height, width) are read here"
              .formatted(value().seen()));
    }
  }

  /// The axis of an array of the batch and the shape so far, counted from 0.
  int axis(Node node, long axis) {
    int rank = value().seen().rank() + value().arrangement().before();
    if (axis < -rank || axis >= rank) {
      throw node.refused("names axis %s of %s".formatted(axis, rank));
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /// That axis among those of one input; -1 for the batch before them.
  int own(Node node, long axis) {
    return axis(node, axis) - value().arrangement().before();
  }

  /// Axes as an attribute or, in newer versions, as an input.
  ///
  /// @param position of the input
  /// @return empty if the node has neither
  List<Long> axes(Node node, int position) {
    return node.has(position)
        ? constants.integers(node, position).toList()
        : node.integers("axes", List.of());
  }
}
