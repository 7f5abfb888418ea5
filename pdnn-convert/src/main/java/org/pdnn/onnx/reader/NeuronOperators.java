package org.pdnn.onnx.reader;

import org.pdnn.network.Activation;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// Functions of each value by itself: neurons.
final class NeuronOperators {
  /// Since this version softmax runs over one axis, the last by default; before over all from one
  /// on, the first after the batch by default.
  private static final int FIRST_OF_ONE_AXIS = 13;

  private NeuronOperators() {}

  static void neurons(Node node, OperatorContext reading) {
    Activation activation =
        switch (node.operator()) {
          case "Relu" -> Activation.RELU;
          case "Sigmoid" -> Activation.SIGMOID;
          default -> Activation.TANH;
        };
    reading.layers().add(new Neurons(Neuron.deterministic(activation)));
  }

  /// The softmax at the end, which is left out: passes are averaged as logits or as probabilities,
  /// when the network is sampled.
  static void softmax(Node node, OperatorContext reading) {
    reading.requireOurOrder(node);
    long axis = node.integer("axis", reading.opset() < FIRST_OF_ONE_AXIS ? 1 : -1);
    if (reading.layers().shape().rank() != 1 || reading.axis(node, axis) != 1) {
      throw node.refused(
          "runs over axis %s of values of shape %s; only that over the logits, a vector, is read"
              .formatted(axis, reading.layers().shape()));
    }
    reading.layers().endWith(node);
    reading.layers().remark("%s is left out: the network's outputs are its logits".formatted(node));
  }
}
