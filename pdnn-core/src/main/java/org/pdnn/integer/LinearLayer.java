package org.pdnn.integer;

import org.pdnn.network.Activation;
import org.pdnn.network.Tensor;

/// A layer of weights with the p-bits and the pool that follow it, still in real numbers.
///
/// @param index its place in the network's list of layers
/// @param field which inputs each output reads
/// @param weight by output, then input
/// @param bias by output
/// @param inputCoding what the bits that it reads stand for: 0 and 1 for sigmoid and clip, -1 and 1
///   for tanh
/// @param activation of the p-bits after it; identity after the last layer
/// @param firing how they fire
record LinearLayer(
    int index,
    ReceptiveField field,
    Tensor weight,
    Tensor bias,
    Activation inputCoding,
    Activation activation,
    Firing firing) {

  float[][] rows() {
    float[] all = weight.toArray();
    float[][] rows = new float[field.outputs()][field.fanIn()];
    for (int o = 0; o < rows.length; o++) {
      System.arraycopy(all, o * field.fanIn(), rows[o], 0, field.fanIn());
    }
    return rows;
  }
}
