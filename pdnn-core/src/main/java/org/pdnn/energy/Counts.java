package org.pdnn.energy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.network.Activation;
import org.pdnn.network.Add;
import org.pdnn.network.Attention;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Concatenate;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Flatten;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Multiply;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Pool;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Reshape;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Scaling;
import org.pdnn.network.Shape;
import org.pdnn.network.Softmax;
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
  /// Pre-activations that go on without a neuron, to further weights or out of the network, count
  /// as linear neurons of the layer that makes them: VGG5 has 58,368 p-bits and 10 outputs. Those
  /// that a join reads are written as they are.
  public static Counts of(Network network) {
    List<Shape> shapes = network.shapes();
    OpenOutputs open = new OpenOutputs(network);
    List<LayerCounts> counts = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      List<Shape> inputs = network.reads(i).stream().map(from -> shapes.get(from + 1)).toList();
      Shape output = shapes.get(i + 1);
      Map<Neuron, Long> neurons = new LinkedHashMap<>();
      if (layer instanceof Neurons(Neuron neuron)) {
        neurons.put(neuron, (long) output.size());
      } else if (open.counted(i)) {
        neurons.put(LINEAR, (long) output.size());
      }
      counts.add(
          new LayerCounts(
              i,
              kind(layer) + " " + output,
              layer.parameters(),
              macs(layer, inputs, output),
              neurons,
              open.joined(i) ? output.size() : 0));
    }
    return new Counts(counts);
  }

  /// Multiply-accumulates of one pass. Those on the zeros of a padding count, as is the custom.
  private static long macs(Layer layer, List<Shape> inputs, Shape output) {
    return switch (layer) {
      case Dense dense -> dense.weight().size();
      case Convolution convolution ->
          (long) output.size() * (convolution.weight().size() / convolution.outputs());
      case TransposedConvolution convolution ->
          (long) inputs.getFirst().size()
              * convolution.outputs()
              * convolution.kernelHeight()
              * convolution.kernelWidth();
      case Attention attention ->
          attention.pairs(inputs)
              * (inputs.getFirst().dimension(0) + inputs.getLast().dimension(0));
      case Embedding _, Scaling _, Pool _, Rearrangement _, Neurons _, Join _ -> 0;
    };
  }

  private static String kind(Layer layer) {
    return switch (layer) {
      case Dense _ -> "dense";
      case Convolution _ -> "convolution";
      case TransposedConvolution _ -> "transposed convolution";
      case Embedding _ -> "embedding";
      case BatchNorm _ -> "batch norm";
      case LayerNorm _ -> "layer norm";
      case RmsNorm _ -> "RMS norm";
      case Softmax _ -> "softmax";
      case PositionalEmbedding _ -> "positional embedding";
      case MaxPool _ -> "max pool";
      case AveragePool _ -> "average pool";
      case GlobalAveragePool _ -> "global average pool";
      case Flatten _ -> "flatten";
      case Reshape _ -> "reshape";
      case Neurons(Neuron neuron) -> neuron.toString();
      case Add _ -> "add";
      case Multiply _ -> "multiply";
      case Concatenate _ -> "concatenate";
      case Attention _ -> "attention";
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
