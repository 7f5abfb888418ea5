package org.pdnn.reproduction;

import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.report.Point;

/// How often a curve was measured on the same images, each time with other noise.
record NoiseSeeds(int count) {
  boolean makeAnInterval() {
    return count >= Estimate.FEWEST_REPETITIONS;
  }

  /// A mean over the seeds, with its interval if they make one.
  Point point(double x, double mean, double low, double high) {
    Point point = Point.of(x, mean);
    return makeAnInterval() ? point.between(low, high) : point;
  }

  /// Accuracy in percent at T.
  Point accuracy(CurvePoint point) {
    return point(
        point.samples(),
        100 * point.accuracy().value(),
        100 * point.accuracy().low(),
        100 * point.accuracy().high());
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
