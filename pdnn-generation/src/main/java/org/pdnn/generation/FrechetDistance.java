package org.pdnn.generation;

/// The squared Fréchet distance of two Gaussians:
///
///     |m - n|^2 + tr C + tr D - 2 tr (C^1/2 D C^1/2)^1/2
///
/// D. C. Dowson, B. V. Landau, "The Fréchet distance between multivariate normal distributions",
/// 1982. Of features of images it is called by their extractor: FID for Inception's (M. Heusel et
/// al., "GANs trained by a two time-scale update rule", NeurIPS 2017), FD-VGG5 for ours.
///
/// Roots are taken of symmetric matrices alone, whose eigenvalues are real and, up to rounding, at
/// least 0; so singular covariances, of fewer images than features, are no trouble.
public final class FrechetDistance {
  private FrechetDistance() {}

  /// The distance of two Gaussians, at least 0.
  public static double between(GaussianStatistics one, GaussianStatistics other) {
    if (one.size() != other.size()) {
      throw new IllegalArgumentException(
          "Gaussians of %s and %s features have no distance".formatted(one.size(), other.size()));
    }
    double means = 0;
    for (int i = 0; i < one.size(); i++) {
      double difference = one.mean(i) - other.mean(i);
      means += difference * difference;
    }
    return Math.max(0, means + one.trace() + other.trace() - 2 * one.common(other));
  }
}
