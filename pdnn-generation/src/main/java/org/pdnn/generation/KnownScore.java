package org.pdnn.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pdnn.data.DataSet;

/// Two small sets of images and the distance that a reference implementation gives them.
///
/// @param score the reference's, above 0
public record KnownScore(DataSet one, DataSet other, double score) {
  private static final double TOLERANCE = 0.01;

  public KnownScore {
    if (!(score > 0 && Double.isFinite(score))) {
      throw new IllegalArgumentException("a known score must be above 0, got " + score);
    }
    if (!one.training().shape().equals(other.training().shape())) {
      throw new IllegalArgumentException(
          "the two sets of a known score must have images of one shape, got %s and %s"
              .formatted(one.training().shape(), other.training().shape()));
    }
  }

  /// The distance of all images of the one set from all of the other.
  public double measured(FeatureExtractor extractor) {
    return FrechetDistance.between(statistics(extractor, one), statistics(extractor, other));
  }

  private static GaussianStatistics statistics(FeatureExtractor extractor, DataSet set) {
    List<float[]> features = new ArrayList<>(extractor.features(set.training()));
    features.addAll(extractor.features(set.test()));
    return GaussianStatistics.of(features);
  }

  /// Measures.
  ///
  /// @return the distance found
  /// @throws IllegalArgumentException if it is more than 1 % from the reference's
  public double check(FeatureExtractor extractor) {
    double found = measured(extractor);
    if (Math.abs(found - score) > TOLERANCE * score) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the two sets should be %.4g apart by %s but are %.4g, more than 1 %% from it;"
                  + " the model, its range of pixels or its resizing is not that of the reference",
              score,
              extractor.distance(),
              found));
    }
    return found;
  }
}
