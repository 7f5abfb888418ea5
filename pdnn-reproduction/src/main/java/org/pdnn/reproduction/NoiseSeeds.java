package org.pdnn.reproduction;

import org.pdnn.evaluation.Estimate;

/// How often a curve was measured on the same images, each time with other noise.
record NoiseSeeds(int count) {
  boolean makeAnInterval() {
    return count >= Estimate.FEWEST_REPETITIONS;
  }

  /// A mean over the seeds, without its bounds unless they are an interval.
  Estimate interval(Estimate mean) {
    return makeAnInterval() ? mean : Estimate.exact(mean.value());
  }

  /// What a caption says of them.
  String words() {
    if (makeAnInterval()) {
      return "Bands and bars are 95 %% intervals over %s noise seeds on the same images."
          .formatted(count);
    }
    return count == 1
        ? "One noise seed, which shows no noise."
        : "Means of %s noise seeds, which are too few for an interval.".formatted(count);
  }
}
