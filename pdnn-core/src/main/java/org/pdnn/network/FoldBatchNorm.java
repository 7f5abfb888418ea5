package org.pdnn.network;

/// Folds each batch norm into the dense or convolutional layer before it: W' = scale W and b' =
/// scale b + shift. One layer fewer, the same function up to rounding.
public final class FoldBatchNorm {
  private FoldBatchNorm() {}

  /// The network without the batch norms that alone read a layer of weights; others stay.
  public static Network apply(Network network) {
    Readers readers = Readers.of(network);
    Rewriting folded = new Rewriting(network);
    for (int i = 0; i < network.layers().size(); i++) {
      int before = network.reads(i).getFirst();
      if (network.layers().get(i) instanceof BatchNorm norm
          && before != Place.INPUT
          && readers.single(before)
          && folded.layer(folded.now(before)) instanceof Weighted weighted) {
        folded.set(folded.now(before), AffineOutputs.of(weighted, norm.scales(), norm.shifts()));
        folded.same(i, folded.now(before));
      } else {
        folded.keep(i);
      }
    }
    return folded.network();
  }
}
