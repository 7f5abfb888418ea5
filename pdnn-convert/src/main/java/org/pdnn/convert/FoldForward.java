package org.pdnn.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Tensor;

/// Takes batch norms that no layer of weights precedes, such as a standardised input, into the
/// weights behind them: W' = W scale and b' = b + W shift.
///
/// The zeros around an image are not shifted with it, so that a convolution with padding takes a
/// scale alone.
final class FoldForward {
  private FoldForward() {}

  /// The network without the batch norms whose next layer, flattening aside, can take them.
  static Network apply(Network network) {
    List<Layer> layers = new ArrayList<>(network.layers());
    // From the end on: what stands behind a batch norm may be one that is folded itself.
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (!(layers.get(i) instanceof BatchNorm norm)) {
        continue;
      }
      int next = i + 1;
      while (next < layers.size() && layers.get(next) instanceof Flatten) {
        next++;
      }
      if (next < layers.size() && takes(layers.get(next), norm)) {
        layers.set(next, folded(layers.get(next), norm));
        layers.remove(i);
      }
    }
    return new Network(network.input(), layers);
  }

  private static boolean takes(Layer layer, BatchNorm norm) {
    if (layer instanceof Dense) {
      return true;
    }
    if (!(layer instanceof Convolution convolution)) {
      return false;
    }
    for (int channel = 0; channel < norm.channels(); channel++) {
      if (convolution.padding() > 0 && norm.shift(channel) != 0) {
        return false;
      }
    }
    return true;
  }

  private static Layer folded(Layer layer, BatchNorm norm) {
    Map<String, Tensor> tensors = new HashMap<>(layer.tensors());
    Tensor weight = tensors.get("weight");
    Tensor bias = tensors.get("bias");
    if (weight == null || bias == null) {
      throw new IllegalStateException("a layer of weights has weight and bias");
    }
    float[] weights = weight.toArray();
    float[] biases = bias.toArray();
    int each = weights.length / biases.length;
    // Of a dense layer behind an image, as of a convolution, the inputs of a channel lie together.
    int ofChannel = each / norm.channels();
    for (int output = 0; output < biases.length; output++) {
      double shift = 0;
      for (int input = 0; input < each; input++) {
        int channel = input / ofChannel;
        int at = output * each + input;
        shift += weights[at] * norm.shift(channel);
        weights[at] = (float) (weights[at] * norm.scale(channel));
      }
      biases[output] = (float) (biases[output] + shift);
    }
    tensors.put("weight", new Tensor(weight.shape(), weights));
    tensors.put("bias", new Tensor(bias.shape(), biases));
    return layer.withTensors(tensors);
  }
}
