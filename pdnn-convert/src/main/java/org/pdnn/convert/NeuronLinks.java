package org.pdnn.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.network.AffineOutputs;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;

/// The layers of weights on both sides of a layer of neurons, through which the neurons' inputs and
/// outputs are scaled: c f(I / c) is 1/c on the weights before and c on those behind.
///
/// @param before index of the layer of weights whose outputs the neurons read
/// @param neurons index of the neurons
/// @param behind index of the layer of weights that reads them
/// @param groups neurons that can have scales of their own: as many as there are channels on the
///   side that has fewer
record NeuronLinks(int before, int neurons, int behind, int groups) {

  /// The links of the neurons at an index; empty where one side is missing or is no layer whose
  /// weights can take a scale.
  static Optional<NeuronLinks> of(Network network, int neurons) {
    List<Layer> layers = network.layers();
    int before = neurons - 1;
    while (before >= 0 && keepsFactor(layers.get(before))) {
      before--;
    }
    int behind = neurons + 1;
    while (behind < layers.size() && keepsFactor(layers.get(behind))) {
      behind++;
    }
    if (before < 0
        || behind >= layers.size()
        || !AffineOutputs.possible(layers.get(before))
        || inputs(layers.get(behind)) == 0) {
      return Optional.empty();
    }
    int groups = Math.min(AffineOutputs.channels(layers.get(before)), inputs(layers.get(behind)));
    return Optional.of(new NeuronLinks(before, neurons, behind, groups));
  }

  /// Whether a positive factor of its inputs is one of its outputs.
  private static boolean keepsFactor(Layer layer) {
    return layer.tensors().isEmpty() && !(layer instanceof Neurons);
  }

  /// Inputs that have weights of their own; 0 of a layer that cannot take a factor.
  static int inputs(Layer layer) {
    return switch (layer) {
      case Dense dense -> dense.inputs();
      case Convolution convolution -> convolution.inputs();
      case TransposedConvolution transposed -> transposed.inputs();
      case BatchNorm _, MaxPool _, AveragePool _, Flatten _, Reshape _, Neurons _ -> 0;
    };
  }

  /// The network in which neurons read I / c and their outputs count c times.
  ///
  /// @param c by group
  Network divided(Network network, double[] c) {
    double[] inverse = Arrays.stream(c).map(factor -> 1 / factor).toArray();
    List<Layer> layers = new ArrayList<>(network.layers());
    Layer source = layers.get(before);
    double[] perChannel = new double[AffineOutputs.channels(source)];
    for (int o = 0; o < perChannel.length; o++) {
      perChannel[o] = inverse[o * groups / perChannel.length];
    }
    layers.set(before, AffineOutputs.of(source, perChannel, new double[perChannel.length]));
    Layer target = layers.get(behind);
    Map<String, Tensor> tensors = target.tensors();
    Tensor weight = tensors.get("weight");
    if (weight == null) {
      throw new IllegalStateException("layer " + behind + " has no weights");
    }
    layers.set(
        behind,
        target.withTensors(Map.of("weight", scaled(weight, target, c), "bias", bias(tensors))));
    return new Network(network.input(), layers);
  }

  private static Tensor bias(Map<String, Tensor> tensors) {
    Tensor bias = tensors.get("bias");
    if (bias == null) {
      throw new IllegalStateException("a layer of weights has a bias");
    }
    return bias;
  }

  private Tensor scaled(Tensor weight, Layer layer, double[] c) {
    int inputDimension = layer instanceof TransposedConvolution ? 0 : 1;
    int inputs = weight.shape().dimension(inputDimension);
    int inner = 1;
    for (int d = inputDimension + 1; d < weight.shape().rank(); d++) {
      inner *= weight.shape().dimension(d);
    }
    float[] values = weight.toArray();
    for (int i = 0; i < values.length; i++) {
      int input = i / inner % inputs;
      values[i] = (float) (values[i] * c[(int) ((long) input * groups / inputs)]);
    }
    return new Tensor(weight.shape(), values);
  }
}
