package org.pdnn.convert;

import java.util.Optional;
import org.pdnn.names.Printable;
import org.pdnn.network.Activation;
import org.pdnn.network.Dense;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// A network that tells two classes by one output, as most examples of Keras do, with two outputs:
/// the softmax of the logits (0, z) gives the second class the probability sigmoid(z).
final class TwoClasses {
  private static final Neurons SIGMOID = new Neurons(Neuron.deterministic(Activation.SIGMOID));

  private TwoClasses() {}

  /// What became of the one output, in a sentence.
  ///
  /// @param second the name of the second class
  static String remark(String second) {
    return "its one output z became the logits (0, z) of two classes: the sigmoid of z is the"
        + " probability of the second, '%s'".formatted(Printable.of(second));
  }

  /// The network with two outputs.
  ///
  /// @return empty if it has another number than one, or bends it by something else than a sigmoid
  static Optional<Network> of(Network network) {
    if (!network.output().equals(Shape.of(1))) {
      return Optional.empty();
    }
    int last = network.layers().size() - 1;
    if (network.layers().get(last).equals(SIGMOID)) {
      last = network.reads(last).getFirst();
    }
    if (last == Place.INPUT || network.layers().get(last) instanceof Neurons) {
      return Optional.empty();
    }
    Network logit = network.upTo(last);
    return Optional.of(
        logit.layers().getLast() instanceof Dense dense
            ? logit.with(logit.layers().size() - 1, behindZeros(dense))
            : logit.then(
                behindZeros(
                    new Dense(Tensor.filled(Shape.of(1, 1), 1), Tensor.filled(Shape.of(1), 0)))));
  }

  /// An output of zero before the one that is there.
  private static Dense behindZeros(Dense layer) {
    int inputs = layer.inputs();
    float[] weight = layer.weight().toArray();
    float[] rows = new float[2 * inputs];
    System.arraycopy(weight, 0, rows, inputs, inputs);
    return new Dense(
        new Tensor(Shape.of(2, inputs), rows), new Tensor(Shape.of(2), 0, layer.bias().get(0)));
  }
}
