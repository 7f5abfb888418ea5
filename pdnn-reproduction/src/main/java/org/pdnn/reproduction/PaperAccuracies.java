package org.pdnn.reproduction;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// The accuracies that the paper prints in figure 4a, in percent.
final class PaperAccuracies {
  static final List<Integer> SAMPLES = List.of(1, 2, 3, 5, 10, 32);

  /// By training samples s, at T of [#SAMPLES].
  static final Map<Integer, List<Double>> BY_TRAINING_SAMPLES =
      new TreeMap<>(
          Map.of(
              1, List.of(72.92, 74.67, 74.78, 75.83, 76.77, 77.13),
              2, List.of(75.66, 77.82, 78.68, 79.34, 79.72, 80.15),
              3, List.of(77.78, 79.83, 80.38, 81.42, 81.94, 82.47),
              5, List.of(78.59, 80.76, 81.25, 82.26, 83.26, 83.56),
              45, List.of(81.03, 83.20, 83.95, 84.60, 85.57, 85.73)));

  /// Deterministic activations by their bits.
  static final Map<Integer, Double> DETERMINISTIC =
      new TreeMap<>(Map.of(32, 86.88, 3, 85.76, 1, 80.77));

  /// The 32-bit network averaged layer by layer, by T.
  static final Map<Integer, Double> LAYER_WISE = new TreeMap<>(Map.of(10, 71.83, 32, 79.36));

  private PaperAccuracies() {}

  /// A curve of the paper.
  static Series.Line series(String name, List<Double> accuracies) {
    return Series.line(
            name,
            IntStream.range(0, accuracies.size())
                .mapToObj(i -> Point.of(SAMPLES.get(i), accuracies.get(i)))
                .toList())
        .in(Series.Stroke.DASHED);
  }
}
