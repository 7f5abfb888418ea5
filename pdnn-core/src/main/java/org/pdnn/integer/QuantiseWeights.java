package org.pdnn.integer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Weighted;

/// Rounds the weights of a network to what few bits can hold; biases stay.
public final class QuantiseWeights {
  private QuantiseWeights() {}

  /// The network with rounded weights, still in 32-bit numbers. The first and the last layer of
  /// weights, which read or write real numbers, keep at least 8 bits.
  public static Network apply(Network network, WeightFormat format) {
    return apply(network, format, Lowering.EDGE);
  }

  /// The network with the weights of every layer rounded alike, still in 32-bit numbers.
  public static Network everywhere(Network network, WeightFormat format) {
    return apply(network, format, format);
  }

  private static Network apply(Network network, WeightFormat format, WeightFormat edge) {
    return replaced(network, of(network, format, edge));
  }

  /// The codes of the layers of weights.
  ///
  /// @param edge of the first and the last of them
  static Map<Integer, QuantisedWeights> of(
      Network network, WeightFormat format, WeightFormat edge) {
    List<Integer> weighted =
        IntStream.range(0, network.layers().size())
            .filter(i -> network.layers().get(i) instanceof Weighted)
            .boxed()
            .toList();
    Map<Integer, QuantisedWeights> weights = new LinkedHashMap<>();
    for (int i : weighted) {
      boolean inner = i != weighted.getFirst() && i != weighted.getLast();
      weights.put(i, QuantisedWeights.of(rows(network.layers().get(i)), inner ? format : edge));
    }
    return weights;
  }

  /// The network with the weights that codes stand for, in 32-bit numbers.
  static Network replaced(Network network, Map<Integer, QuantisedWeights> weights) {
    List<Layer> layers = new ArrayList<>(network.layers());
    weights.forEach((i, codes) -> layers.set(i, rounded(layers.get(i), codes)));
    return network.withLayers(layers);
  }

  private static Layer rounded(Layer layer, QuantisedWeights codes) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(layer.tensors());
    float[] rows = codes.values();
    tensors.computeIfPresent(
        "weight",
        (name, weight) -> {
          float[] values = new float[weight.size()];
          int[] order = rowOrder(layer, weight.shape());
          for (int i = 0; i < values.length; i++) {
            values[i] = rows[order[i]];
          }
          return new Tensor(weight.shape(), values);
        });
    return layer.withTensors(tensors);
  }

  /// The weights by output.
  private static float[][] rows(Layer layer) {
    Tensor weight = Objects.requireNonNull(layer.tensors().get("weight"));
    int[] order = rowOrder(layer, weight.shape());
    int outputs = weight.shape().dimension(outputDimension(layer));
    int each = weight.size() / outputs;
    float[][] rows = new float[outputs][each];
    for (int i = 0; i < order.length; i++) {
      rows[order[i] / each][order[i] % each] = weight.get(i);
    }
    return rows;
  }

  /// By index of a weight: its place in rows by output.
  private static int[] rowOrder(Layer layer, Shape shape) {
    int dimension = outputDimension(layer);
    int outer = dimension == 0 ? 1 : shape.dimension(0);
    int outputs = shape.dimension(dimension);
    int inner = shape.size() / outer / outputs;
    int[] order = new int[shape.size()];
    for (int i = 0; i < order.length; i++) {
      int output = i / inner % outputs;
      order[i] = (output * outer + i / inner / outputs) * inner + i % inner;
    }
    return order;
  }

  /// The dimension of the weight that counts the outputs.
  private static int outputDimension(Layer layer) {
    return layer instanceof TransposedConvolution ? 1 : 0;
  }
}
