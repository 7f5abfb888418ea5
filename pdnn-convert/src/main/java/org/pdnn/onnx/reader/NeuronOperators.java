package org.pdnn.onnx.reader;

import java.util.List;
import org.pdnn.network.Activation;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Softmax;

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
          case "HardSwish" -> Activation.HARD_SWISH;
          default -> Activation.TANH;
        };
    reading.layers().add(new Neurons(Neuron.deterministic(activation)));
  }

  static void leaky(Node node, OperatorContext reading) {
    double slope = VectorOperators.decimal(node.real("alpha", 0.01f));
    reading
        .layers()
        .add(
            new Neurons(
                new Neuron.Deterministic(Activation.LEAKY_RELU, Neuron.Deterministic.FULL, slope)));
  }

  /// Functions with parameters, of which only the usual are read.
  static void smooth(Node node, OperatorContext reading) {
    Activation activation =
        switch (node.operator()) {
          case "Elu" -> {
            require(node, "alpha", 1, 1);
            yield Activation.ELU;
          }
          case "Selu" -> {
            require(node, "alpha", 1.6732632f, 1.6732632f);
            require(node, "gamma", 1.050701f, 1.050701f);
            yield Activation.SELU;
          }
          case "Gelu" ->
              switch (node.text("approximate", "none")) {
                case "none" -> Activation.GELU;
                case "tanh" -> Activation.GELU_TANH;
                default ->
                    throw node.refused(
                        "is approximated by no function that is known; export the exact one");
              };
          case Fusions.GELU_TANH -> {
            requireGeluByTanh(node, reading);
            yield Activation.GELU_TANH;
          }
          default -> {
            requireGelu(node, reading);
            yield Activation.GELU;
          }
        };
    reading.layers().add(new Neurons(Neuron.deterministic(activation)));
  }

  private static void require(Node node, String name, float usual, float wanted) {
    float number = node.real(name, usual);
    if (Math.abs(number - wanted) > 1e-5) {
      throw node.refused("has %s %s; only %s is read".formatted(name, number, wanted));
    }
  }

  /// The constants of x (1 + erf(x / sqrt(2))) / 2.
  private static void requireGelu(Node node, OperatorContext reading) {
    double half = 1;
    for (Node part : node.parts()) {
      for (int input = 0; input < part.inputs(); input++) {
        if (!reading.constants().has(part.input(input))) {
          continue;
        }
        double number = reading.constants().number(part, input);
        switch (part.operator()) {
          case "Add" -> requireClose(part, number, 1);
          case "Div" -> requireClose(part, number, input == 1 ? Math.sqrt(2) : Double.NaN);
          default -> {
            if (part == node.parts().getLast()) {
              requireClose(part, number, Math.sqrt(0.5));
            } else {
              half *= number;
            }
          }
        }
      }
    }
    requireClose(node, half, 0.5);
  }

  /// The constants of x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x³))) / 2, in the order of the parts:
  /// two products, a sum, tanh, a product, a sum, a product and the cube.
  private static void requireGeluByTanh(Node node, OperatorContext reading) {
    List<Node> parts = node.parts();
    double half = 1;
    for (Node product : parts.subList(0, 2)) {
      for (int input = 0; input < 2; input++) {
        half *=
            reading.constants().has(product.input(input))
                ? reading.constants().number(product, input)
                : 1;
      }
    }
    requireClose(node, half, 0.5);
    requireClose(parts.get(2), VectorOperators.number(parts.get(2), reading), 1);
    double root = VectorOperators.number(parts.get(4), reading);
    requireClose(parts.get(4), root, Math.sqrt(2 / Math.PI));
    requireClose(parts.get(6), VectorOperators.number(parts.get(6), reading), 0.044715);
    if (parts.get(7).operator().equals("Pow")) {
      requireClose(parts.get(7), reading.constants().number(parts.get(7), 1), 3);
    }
  }

  private static void requireClose(Node node, double number, double wanted) {
    if (!(Math.abs(number - wanted) < 1e-5)) {
      throw node.refused("has %s where a gelu has %s".formatted(number, wanted));
    }
  }

  /// The softmax of a vector at the end is left out: passes are averaged as logits or as
  /// probabilities, when the network is sampled. Others are layers.
  static void softmax(Node node, OperatorContext reading) {
    long axis = node.integer("axis", reading.opset() < FIRST_OF_ONE_AXIS ? 1 : -1);
    Branch value = reading.value();
    int over = reading.own(node, axis);
    int channels = value.axes().channels();
    boolean across = value.shape().rank() == 3 && over == channels;
    if (across && node.operator().equals("Softmax") && reading.opset() >= FIRST_OF_ONE_AXIS) {
      value.addToVectors(new Softmax(), false);
      return;
    }
    reading.requireOurOrder(node);
    if (value.shape().rank() != 1 || over != 0) {
      throw node.refused(
          "runs over axis %s of values of shape %s; only that over the channels, or over the logits at the end, is read"
              .formatted(axis, value.shape()));
    }
    value.endWith(node);
  }
}
