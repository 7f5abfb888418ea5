package org.pdnn.ising.learning;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.network.Activation;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// The hidden bits of a restricted machine as a layer of a p-DNN: weights, and p-bits with P(h = 1
/// | v). A network of it is a model of its own, and what a deeper network begins with.
public final class HiddenLayer {
  private static final Neuron P_BIT = new Neuron.PBit(Activation.SIGMOID);

  private HiddenLayer() {}

  /// The layer of the pixels: labels that are not known are bits of 0.
  ///
  /// @param input shape of an image
  /// @throws IllegalArgumentException unless it has as many pixels
  public static Network of(Rbm rbm, Shape input) {
    int pixels = rbm.pixels();
    float[] weight = new float[rbm.hidden() * pixels];
    for (int j = 0; j < rbm.hidden(); j++) {
      for (int i = 0; i < pixels; i++) {
        weight[j * pixels + i] = rbm.weight().get(j * rbm.visible() + i);
      }
    }
    List<Layer> layers = new ArrayList<>();
    if (input.rank() > 1) {
      layers.add(new Flatten());
    }
    layers.add(new Dense(new Tensor(Shape.of(rbm.hidden(), pixels), weight), rbm.hiddenBias()));
    layers.add(new Neurons(P_BIT));
    return new Network(input, layers);
  }

  /// A classifier of a joint machine: the layer, and the labels' weights as that of the classes. A
  /// pass draws the hidden bits of an image, then gives the logits of its label.
  ///
  /// @param input shape of an image
  /// @throws IllegalArgumentException if the machine has no labels, or another number of pixels
  public static Network classifier(Rbm rbm, Shape input) {
    FreeEnergyClassifier.requireLabels(rbm);
    float[] weight = new float[rbm.labels() * rbm.hidden()];
    float[] bias = new float[rbm.labels()];
    for (int label = 0; label < bias.length; label++) {
      bias[label] = rbm.visibleBias().get(rbm.pixels() + label);
      for (int j = 0; j < rbm.hidden(); j++) {
        weight[label * rbm.hidden() + j] =
            rbm.weight().get(j * rbm.visible() + rbm.pixels() + label);
      }
    }
    return of(rbm, input)
        .then(
            new Dense(
                new Tensor(Shape.of(bias.length, rbm.hidden()), weight),
                new Tensor(Shape.of(bias.length), bias)));
  }

  /// The machine of a network's first layer, to go on learning with. It has no labels, and visible
  /// biases of 0, which a network does not have.
  ///
  /// @throws IllegalArgumentException unless the network begins with a dense layer of sigmoid
  ///   p-bits
  public static Rbm read(Network network) {
    List<Layer> layers =
        network.layers().stream().dropWhile(layer -> layer instanceof Flatten).limit(2).toList();
    if (layers.size() == 2
        && layers.getFirst() instanceof Dense dense
        && layers.getLast() instanceof Neurons(Neuron neuron)
        && neuron.equals(P_BIT)) {
      return new Rbm(dense.weight(), dense.bias(), Tensor.filled(Shape.of(dense.inputs()), 0), 0);
    }
    throw new IllegalArgumentException(
        "a restricted machine is a network's first layer if that is dense with neurons"
            + " pbit:sigmoid");
  }
}
