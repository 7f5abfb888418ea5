package org.pdnn.benchmark.onnx;

import java.util.List;
import org.pdnn.network.Tensor;
import org.pdnn.onnx.OnnxGraph;

/// Weights as signed bytes with one scale per output, and the biases in units of that scale times
/// the input's.
final class Int8Weights {
  private static final int LARGEST = 127;

  private final byte[] values;
  private final float[] scales;
  private final int[] biases;

  private Int8Weights(byte[] values, float[] scales, int[] biases) {
    this.values = values;
    this.scales = scales;
    this.biases = biases;
  }

  /// @param weight the output is its first dimension
  /// @param inputScale what one level of the input is worth
  static Int8Weights of(Tensor weight, Tensor bias, float inputScale) {
    int outputs = bias.size();
    int fanIn = weight.size() / outputs;
    byte[] values = new byte[weight.size()];
    float[] scales = new float[outputs];
    int[] biases = new int[outputs];
    for (int output = 0; output < outputs; output++) {
      float most = 0;
      for (int i = output * fanIn; i < (output + 1) * fanIn; i++) {
        most = Math.max(most, Math.abs(weight.get(i)));
      }
      scales[output] = most > 0 ? most / LARGEST : 1;
      for (int i = output * fanIn; i < (output + 1) * fanIn; i++) {
        values[i] = (byte) Math.round(weight.get(i) / scales[output]);
      }
      biases[output] = Math.round(bias.get(output) / (inputScale * scales[output]));
    }
    return new Int8Weights(values, scales, biases);
  }

  /// The same with the outputs innermost.
  Int8Weights transposed() {
    int outputs = scales.length;
    int fanIn = values.length / outputs;
    byte[] turned = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i % fanIn * outputs + i / fanIn] = values[i];
    }
    return new Int8Weights(turned, scales, biases);
  }

  /// Adds values, scales and zero points to a graph.
  ///
  /// @return their names, in this order
  List<String> addTo(OnnxGraph graph, int layer, long... dimensions) {
    String name = "w" + layer;
    graph.constant(name, values, dimensions);
    graph.constant(name + "_scale", scales);
    graph.constant(name + "_zero", new byte[scales.length], scales.length);
    return List.of(name, name + "_scale", name + "_zero");
  }

  /// Adds the biases to a graph.
  ///
  /// @return their name
  String addBiasTo(OnnxGraph graph, int layer) {
    String name = "b" + layer;
    graph.constant(name, biases, biases.length);
    return name;
  }
}
