package org.pdnn.integer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.network.Activation;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Flatten;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Scaling;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;

/// Reads a network without batch norms as a chain of layers of weights, each with p-bits and at
/// most one pool after it; refuses what has no such form.
final class LayerChain {
  private final Network network;
  private final List<LinearLayer> linear = new ArrayList<>();

  /// Where the neurons lie in the network as it was trained: their words are addressed by that.
  private final List<Integer> addresses;

  private Activation coding = Activation.IDENTITY;

  /// The layer of weights that is being read; -1 before the first.
  private int index = -1;

  private ReceptiveField field = new ReceptiveField(1, 1, 1, 1, 1, 1, 1, 0);
  private Tensor weight = Tensor.filled(Shape.of(1), 0);
  private Tensor bias = weight;
  private Activation activation = Activation.IDENTITY;
  private int fired = -1;
  private ProbabilityCurve curve = ProbabilityCurve.SIGMOID;
  private int pool = 1;
  private boolean poolsBits;

  private LayerChain(Network network, List<Integer> addresses) {
    this.network = network;
    this.addresses = addresses;
  }

  /// @param network a network whose batch norms are folded
  /// @param trained the same before that
  /// @throws IllegalArgumentException naming the first layer that has no integer form
  static List<LinearLayer> of(Network network, Network trained) {
    network.requireChain("the integer form");
    LayerChain chain =
        new LayerChain(
            network,
            IntStream.range(0, trained.layers().size())
                .filter(i -> trained.layers().get(i) instanceof Neurons)
                .boxed()
                .toList());
    List<Shape> shapes = network.shapes();
    for (int i = 0; i < network.layers().size(); i++) {
      chain.read(i, network.layers().get(i), image(shapes, network.layers(), i));
    }
    chain.close(true);
    return chain.linear;
  }

  /// The shape before a layer, as it was before it was flattened.
  private static Shape image(List<Shape> shapes, List<Layer> layers, int i) {
    int from = i;
    while (from > 0 && layers.get(from - 1) instanceof Flatten) {
      from--;
    }
    return shapes.get(from);
  }

  private void read(int i, Layer layer, Shape in) {
    switch (layer) {
      case Dense dense -> begin(i, ReceptiveField.of(dense, in), dense.weight(), dense.bias());
      case Convolution convolution -> {
        requirePlain(i, convolution);
        begin(i, ReceptiveField.of(convolution, in), convolution.weight(), convolution.bias());
      }
      case Neurons(Neuron neuron) -> fire(i, neuron);
      case MaxPool(Window over) -> {
        if (!over.tiles() || over.rows().kernel() != over.columns().kernel()) {
          throw refused(i, "its windows are not squares side by side");
        }
        pool(i, over.rows().kernel());
      }
      case Flatten flatten -> {}
      case Reshape reshape -> throw refused(i, "it is a reshape");
      case BatchNorm norm ->
          throw refused(i, "it is a batch norm that no layer of weights precedes");
      case Embedding _ -> throw refused(i, "it is an embedding");
      case Scaling _ -> throw refused(i, "it is no batch norm, and computes in real numbers");
      case TransposedConvolution transposed -> throw refused(i, "it is a transposed convolution");
      case AveragePool _, GlobalAveragePool _ -> throw refused(i, "it is an average pool");
      case Join join -> throw refused(i, "it is a join");
    }
  }

  private void requirePlain(int i, Convolution convolution) {
    if (convolution.groups() > 1) {
      throw refused(i, "it is a convolution in groups");
    }
    if (!convolution.window().uniform()) {
      throw refused(i, "it is dilated, or its strides or paddings differ between sides");
    }
  }

  private void begin(int i, ReceptiveField next, Tensor nextWeight, Tensor nextBias) {
    close(false);
    if (next.fanIn() > QuantisedWeights.SPAN) {
      throw refused(i, "its fan-in is above 65,535");
    }
    index = i;
    field = next;
    weight = nextWeight;
    bias = nextBias;
    fired = -1;
    pool = 1;
    poolsBits = false;
    activation = Activation.IDENTITY;
    curve = ProbabilityCurve.SIGMOID;
  }

  private void fire(int i, Neuron neuron) {
    if (!(neuron instanceof Neuron.PBit pbit)) {
      throw refused(i, "its neurons are not p-bits but " + neuron);
    }
    if (index < 0 || fired >= 0) {
      throw refused(i, "no layer of weights comes before its p-bits");
    }
    activation = pbit.activation();
    curve = ProbabilityCurve.of(activation);
    fired = addresses.get(linear.size());
  }

  private void pool(int i, int size) {
    if (index < 0 || pool > 1) {
      throw refused(i, "no layer of weights comes before its pool");
    }
    pool = size;
    poolsBits = fired >= 0;
  }

  /// Ends the layer that is being read.
  private void close(boolean last) {
    if (index < 0) {
      if (last) {
        throw new IllegalArgumentException("the network has no layer of weights");
      }
      return;
    }
    if (last ? fired >= 0 || pool > 1 : fired < 0) {
      throw refused(
          last ? fired : index,
          last ? "its p-bits are outputs" : "no p-bits come after its weights");
    }
    if (last && (field.rows() != 1 || field.columns() != 1)) {
      throw refused(index, "its output is an image");
    }
    if (last && linear.isEmpty()) {
      throw new IllegalArgumentException("the network has no p-bits");
    }
    Firing firing = new Firing(fired, curve, pool, poolsBits, 0);
    linear.add(new LinearLayer(index, field, weight, bias, coding, activation, firing));
    coding = activation;
  }

  private IllegalArgumentException refused(int i, String why) {
    return new IllegalArgumentException(
        "layer %s has no integer form: %s".formatted(network.name(i), why));
  }
}
