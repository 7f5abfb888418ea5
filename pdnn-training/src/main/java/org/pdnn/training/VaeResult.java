package org.pdnn.training;

/// What a batch, or many of them, showed of a variational auto-encoder. Both losses are sums over
/// an image, in nats.
///
/// @param reconstruction mean binary cross-entropy between an image and what the decoder made of it
/// @param divergence mean Kullback-Leibler divergence of the latent variables from N(0, 1)
/// @param images images seen
public record VaeResult(double reconstruction, double divergence, long images)
    implements BatchResult<VaeResult> {
  /// Nothing seen yet.
  public static final VaeResult NONE = new VaeResult(0, 0, 0);

  /// The loss: the negative evidence lower bound.
  public double loss() {
    return reconstruction + divergence;
  }

  @Override
  public VaeResult plus(VaeResult other) {
    long total = images + other.images;
    return total == 0
        ? NONE
        : new VaeResult(
            (reconstruction * images + other.reconstruction * other.images) / total,
            (divergence * images + other.divergence * other.images) / total,
            total);
  }
}
