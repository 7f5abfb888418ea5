package org.pdnn.network;

import java.util.ArrayList;
import java.util.List;

/// Folds each batch norm into the dense or convolutional layer before it: W' = scale W and b' =
/// scale b + shift. One layer fewer, the same function up to rounding.
public final class FoldBatchNorm {
  private FoldBatchNorm() {}

  /// The network without the batch norms that follow a layer of weights; others stay.
  public static Network apply(Network network) {
    List<Layer> folded = new ArrayList<>();
    for (Layer layer : network.layers()) {
      if (layer instanceof BatchNorm norm
          && !folded.isEmpty()
          && AffineOutputs.possible(folded.getLast())
          && !(folded.getLast() instanceof BatchNorm)) {
        folded.add(AffineOutputs.of(folded.removeLast(), norm.scales(), norm.shifts()));
      } else {
        folded.add(layer);
      }
    }
    return new Network(network.input(), folded);
  }
}
