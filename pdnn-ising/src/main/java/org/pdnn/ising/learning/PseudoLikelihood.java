package org.pdnn.ising.learning;

import org.pdnn.sampling.Workers;

/// How well a machine predicts each visible bit from all others (J. Besag, 1975): the sum of log
/// p(v_i | the others), which needs no Z and is greatest, as the likelihood is, for the
/// distribution of the examples.
public final class PseudoLikelihood {
  /// Bits that are looked at, of all examples together: which ones goes on from example to example,
  /// so that all are looked at alike.
  private static final long LOOKED_AT = 20_000;

  /// The fewest of each example.
  private static final int FEWEST = 10;

  private PseudoLikelihood() {}

  /// The mean over examples, in nats.
  ///
  /// @param examples of bits, as [Examples#drawn] has them
  public static double of(Rbm rbm, Examples examples, int threads) {
    Weights weights = new Weights(rbm);
    int visible = rbm.visible();
    int stride =
        Math.clamp(visible * (long) examples.count() / LOOKED_AT, 1, Math.ceilDiv(visible, FEWEST));
    double[] sums = new double[examples.count()];
    Workers.forEach(
        examples.count(),
        threads,
        () -> {
          float[] bits = new float[visible];
          Ones ones = new Ones(visible);
          float[] inputs = new float[rbm.hidden()];
          return index -> {
            examples.read(index, bits);
            ones.clear();
            for (int unit = 0; unit < visible; unit++) {
              if (bits[unit] != 0) {
                ones.add(unit);
              }
            }
            weights.hiddenInputs(ones, inputs);
            double now = Weights.softplus(inputs, inputs, 0);
            for (int unit = index % stride; unit < visible; unit += stride) {
              float flip = 1 - 2 * bits[unit];
              double flipped =
                  Weights.softplus(inputs, weights.byVisible[unit], flip)
                      + flip * weights.visibleBias[unit];
              sums[index] -= Rbm.softplus(flipped - now);
            }
          };
        });
    double sum = 0;
    long looked = 0;
    for (int index = 0; index < sums.length; index++) {
      sum += sums[index];
      looked += Math.ceilDiv(visible - index % stride, stride);
    }
    return sum / looked * visible;
  }
}
