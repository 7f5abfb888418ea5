package org.pdnn.energy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.network.Activation;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.TransposedConvolution;

/// What a network has and does in one pass, layer by layer: n_weights, n_mac and n_k of equation 4.
public record Counts(List<LayerCounts> layers) {
  /// An output that no neuron layer follows: f(I) = I.
  static final Neuron LINEAR = Neuron.deterministic(Activation.IDENTITY);

  public Counts {
    layers = List.copyOf(layers);
  }

  /// Counts a network.
  ///
  /// Pre-activations that no neuron layer reads, such as the last layer's outputs, count as linear
  /// neurons of the layer that makes them: VGG5 has 58,368 p-bits and 10 outputs.
  public static Counts of(Network network) {
    List<Shape> shapes = network.shapes();
    boolean[] linear = linear(network.layers());
    List<LayerCounts> counts = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      Shape output = shapes.get(i + 1);
      Map<Neuron, Long> neurons = new LinkedHashMap<>();
      if (layer instanceof Neurons(Neuron neuron)) {
        neurons.put(neuron, (long) output.size());
      } else if (linear[i]) {
        neurons.put(LINEAR, (long) output.size());
      }
      counts.add(
          new LayerCounts(
              i,
              kind(layer) + " " + output,
              layer.parameters(),
              macs(layer, shapes.get(i), output),
              neurons));
    }
    return new Counts(counts);
  }

  /// Multiply-accumulates of one pass. Those on the zeros of a padding count, as is the custom.
  private static long macs(Layer layer, Shape input, Shape output) {
    return switch (layer) {
      case Dense dense -> dense.weight().size();
      case Convolution convolution ->
          (long) output.size()
              * convolution.inputs()
              * convolution.kernelHeight()
              * convolution.kernelWidth();
      case TransposedConvolution convolution ->
          (long) input.size()
              * convolution.outputs()
              * convolution.kernelHeight()
              * convolution.kernelWidth();
      case BatchNorm _, MaxPool _, AveragePool _, Flatten _, Reshape _, Neurons _ -> 0;
    };
  }

  /// Which layers make pre-activations that go on without a neuron: to the next layer of weights or
  /// out of the network.
  private static boolean[] linear(List<Layer> layers) {
    boolean[] linear = new boolean[layers.size()];
    int open = -1;
    for (int i = 0; i < layers.size(); i++) {
      switch (layers.get(i)) {
        case Dense _, Convolution _, TransposedConvolution _ -> {
          if (open >= 0) {
            linear[open] = true;
          }
          open = i;
        }
        case BatchNorm _ -> open = open >= 0 ? open : i;
        case Neurons _ -> open = -1;
        case MaxPool _, AveragePool _, Flatten _, Reshape _ -> {}
      }
    }
    if (open >= 0) {
      linear[open] = true;
    }
    return linear;
  }

  private static String kind(Layer layer) {
    return switch (layer) {
      case Dense _ -> "dense";
      case Convolution _ -> "convolution";
      case TransposedConvolution _ -> "transposed convolution";
      case BatchNorm _ -> "batch norm";
      case MaxPool _ -> "max pool";
      case AveragePool _ -> "average pool";
      case Flatten _ -> "flatten";
      case Reshape _ -> "reshape";
      case Neurons(Neuron neuron) -> neuron.toString();
    };
  }

  /// Trained parameters.
  public long weights() {
    return layers.stream().mapToLong(LayerCounts::weights).sum();
  }

  /// Multiply-accumulates of one pass.
  public long macs() {
    return layers.stream().mapToLong(LayerCounts::macs).sum();
  }

  /// Neurons of all types.
  public long neurons() {
    return layers.stream().mapToLong(LayerCounts::neuronCount).sum();
  }

  /// Neurons by type, in the order of their first layer.
  public Map<Neuron, Long> neuronsByType() {
    Map<Neuron, Long> all = new LinkedHashMap<>();
    for (LayerCounts layer : layers) {
      layer.neurons().forEach((neuron, count) -> all.merge(neuron, count, Long::sum));
    }
    return all;
  }
}
