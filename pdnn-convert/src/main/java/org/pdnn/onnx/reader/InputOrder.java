package org.pdnn.onnx.reader;

import java.util.List;
import java.util.Set;
import org.pdnn.network.Shape;

/// Whether a graph reads images of (height, width, channels), as those of Keras do: its first node
/// that minds the order of axes then puts the channels first. Here they are first from the input
/// on.
final class InputOrder {
  static final String REMARK =
      "images are (channels, height, width) here, (height, width, channels) in the file";

  /// What does the same to each value, or to each channel.
  private static final Set<String> MIND_NO_ORDER =
      Set.of("Add", "Sub", "Mul", "Div", "Identity", "Cast", "Dropout", "Clip", "Relu");

  private static final List<Long> CHANNELS_TO_FRONT = List.of(0L, 3L, 1L, 2L);

  private InputOrder() {}

  /// How a graph has the values of its input.
  ///
  /// @param order its nodes, each after those that it reads
  static Arrangement of(GraphInput input, List<Node> order) {
    Shape shape = input.shape();
    String value = input.name();
    for (Node node : order) {
      if (shape.rank() != 3 || !node.inputNames().contains(value)) {
        continue;
      }
      if (node.operator().equals("Transpose")
          && node.integers("perm", List.of()).equals(CHANNELS_TO_FRONT)) {
        Shape ours = Shape.of(shape.dimension(2), shape.dimension(0), shape.dimension(1));
        return Arrangement.of(ours, ours, List.of(1, 2, 0));
      }
      if (!MIND_NO_ORDER.contains(node.operator())) {
        break;
      }
      value = node.output();
    }
    return Arrangement.of(shape);
  }
}
