package org.pdnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.names.Printable;
import org.pdnn.network.Activation;
import org.pdnn.network.Dense;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
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
    List<Layer> layers = new ArrayList<>(network.layers());
    if (layers.getLast().equals(SIGMOID)) {
      layers.removeLast();
    }
    if (layers.isEmpty() || layers.getLast() instanceof Neurons) {
      return Optional.empty();
    }
    Dense both =
        layers.getLast() instanceof Dense last
            ? behindZeros(last)
            : behindZeros(
                new Dense(Tensor.filled(Shape.of(1, 1), 1), Tensor.filled(Shape.of(1), 0)));
    if (layers.getLast() instanceof Dense) {
      layers.removeLast();
    }
    layers.add(both);
    return Optional.of(new Network(network.input(), layers));
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
