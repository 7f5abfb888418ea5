package org.pdnn.integer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;

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
    List<Layer> layers = new ArrayList<>(network.layers());
    List<Integer> weighted = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Tensor weight = layers.get(i).tensors().get("weight");
      if (weight != null && weight.shape().rank() > 1) {
        weighted.add(i);
      }
    }
    for (int i : weighted) {
      boolean inner = i != weighted.getFirst() && i != weighted.getLast();
      layers.set(i, rounded(layers.get(i), inner ? format : edge));
    }
    return network.withLayers(layers);
  }

  private static Layer rounded(Layer layer, WeightFormat format) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(layer.tensors());
    tensors.computeIfPresent(
        "weight",
        (name, weight) -> {
          boolean inputsFirst = layer instanceof TransposedConvolution;
          return rounded(weight, inputsFirst ? 1 : 0, format);
        });
    return layer.withTensors(tensors);
  }

  /// @param outputDimension the dimension of the weight that counts the outputs, 0 or 1
  private static Tensor rounded(Tensor weight, int outputDimension, WeightFormat format) {
    int outer = outputDimension == 0 ? 1 : weight.shape().dimension(0);
    int outputs = weight.shape().dimension(outputDimension);
    int inner = weight.size() / outer / outputs;
    float[] values = weight.toArray();
    float[][] rows = new float[outputs][outer * inner];
    for (int i = 0; i < values.length; i++) {
      rows[i / inner % outputs][i / inner / outputs * inner + i % inner] = values[i];
    }
    float[] codes = QuantisedWeights.of(rows, format).values();
    for (int i = 0; i < values.length; i++) {
      int at = i / inner / outputs * inner + i % inner;
      values[i] = codes[i / inner % outputs * outer * inner + at];
    }
    return new Tensor(weight.shape(), values);
  }
}
