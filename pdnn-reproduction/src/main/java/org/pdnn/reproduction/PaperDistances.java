package org.pdnn.reproduction;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// The distances that the paper prints in figure 4b: FID by Inception, 162,770 training images,
/// 1000 epochs.
final class PaperDistances {
  static final List<Integer> SAMPLES = List.of(1, 2, 10, 32, 100);

  /// By training samples s, at T of [#SAMPLES].
  static final Map<Integer, List<Double>> BY_TRAINING_SAMPLES =
      new TreeMap<>(
          Map.of(
              1, List.of(203.0, 167.0, 129.0, 127.0, 129.0),
              2, List.of(203.0, 166.0, 122.0, 115.0, 117.0),
              10, List.of(234.0, 181.0, 121.0, 112.0, 98.0),
              32, List.of(301.0, 227.0, 138.0, 103.0, 93.0),
              100, List.of(350.0, 292.0, 156.0, 117.0, 96.0)));

  /// Deterministic activations by their bits.
  static final Map<Integer, Double> DETERMINISTIC = new TreeMap<>(Map.of(32, 88.0, 1, 178.0));

  /// Averaged layer by layer.
  static final List<Double> LAYER_WISE = List.of(394.0, 391.0, 323.0, 236.0, 166.0);

  private PaperDistances() {}

  /// A curve of the paper.
  static Series.Line series(String name, List<Double> distances) {
    return Series.line(
            name,
            IntStream.range(0, distances.size())
                .mapToObj(i -> Point.of(SAMPLES.get(i), distances.get(i)))
                .toList())
        .in(Series.Stroke.DASHED);
  }
}
