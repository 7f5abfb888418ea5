package org.pdnn.onnx.reader;

import org.pdnn.network.Activation;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// Functions that clip: all are clip(I), that is I clipped to [0, 1], of a scaled and shifted
/// pre-activation, scaled and shifted again.
final class ClipOperators {
  /// Since this version the bounds are inputs.
  private static final int FIRST_WITH_INPUTS = 11;

  private ClipOperators() {}

  /// clip(alpha I + beta).
  static void hardSigmoid(Node node, OperatorContext reading) {
    reading.layers().affine(new Affine(node.real("alpha", 0.2f), node.real("beta", 0.5f)));
    reading.layers().add(new Neurons(Neuron.deterministic(Activation.CLIP)));
  }

  /// I clipped to [low, high], which is low + (high - low) clip((I - low) / (high - low)). Without
  /// an upper bound it is a ReLU if the lower is 0.
  static void clip(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    float low = bound(node, reading, "min", 1, -Float.MAX_VALUE);
    float high = bound(node, reading, "max", 2, Float.MAX_VALUE);
    boolean bounded = low > -Float.MAX_VALUE && high < Float.MAX_VALUE;
    if (low == 0 && high >= Float.MAX_VALUE) {
      reading.layers().add(new Neurons(Neuron.deterministic(Activation.RELU)));
    } else if (low <= -Float.MAX_VALUE && high >= Float.MAX_VALUE) {
      reading.layers().remark("%s has no bounds and is an identity".formatted(node));
    } else if (bounded && low < high && Float.isFinite(high - low)) {
      float range = high - low;
      reading.layers().affine(new Affine(1 / range, -low / range));
      reading.layers().add(new Neurons(Neuron.deterministic(Activation.CLIP)));
      reading.layers().addPending(new Affine(range, low));
    } else {
      throw node.refused(
          "clips to [%s, %s]; two bounds, the lower below the upper, or a lower of 0 alone are read"
              .formatted(low, high));
    }
  }

  private static float bound(
      Node node, OperatorContext reading, String name, int position, float otherwise) {
    if (reading.opset() < FIRST_WITH_INPUTS) {
      return node.real(name, otherwise);
    }
    if (!node.has(position)) {
      return otherwise;
    }
    Reals bound = reading.constants().reals(node, position);
    if (bound.size() != 1) {
      throw node.refused("has %s numbers as %s; one is read".formatted(bound.size(), name));
    }
    return bound.get(0);
  }
}
