package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// The numbers that the paper prints in a figure of curves against T.
///
/// @param samples the T
/// @param byTrainingSamples by s, one number for each T
/// @param deterministic deterministic activations, by their bits
record Printed(
    List<Integer> samples,
    SortedMap<Integer, List<Double>> byTrainingSamples,
    SortedMap<Integer, Double> deterministic) {
  /// Accuracies of figure 4a in percent.
  static final Printed ACCURACIES =
      new Printed(
          List.of(1, 2, 3, 5, 10, 32),
          new TreeMap<>(
              Map.of(
                  1, List.of(72.92, 74.67, 74.78, 75.83, 76.77, 77.13),
                  2, List.of(75.66, 77.82, 78.68, 79.34, 79.72, 80.15),
                  3, List.of(77.78, 79.83, 80.38, 81.42, 81.94, 82.47),
                  5, List.of(78.59, 80.76, 81.25, 82.26, 83.26, 83.56),
                  45, List.of(81.03, 83.20, 83.95, 84.60, 85.57, 85.73))),
          new TreeMap<>(Map.of(32, 86.88, 3, 85.76, 1, 80.77)));

  /// Accuracies of the 32-bit network averaged layer by layer, by T.
  static final SortedMap<Integer, Double> LAYER_WISE_ACCURACIES =
      new TreeMap<>(Map.of(10, 71.83, 32, 79.36));

  /// Distances of figure 4b: FID by Inception, 162,770 training images, 1000 epochs.
  static final Printed DISTANCES =
      new Printed(
          List.of(1, 2, 10, 32, 100),
          new TreeMap<>(
              Map.of(
                  1, List.of(203.0, 167.0, 129.0, 127.0, 129.0),
                  2, List.of(203.0, 166.0, 122.0, 115.0, 117.0),
                  10, List.of(234.0, 181.0, 121.0, 112.0, 98.0),
                  32, List.of(301.0, 227.0, 138.0, 103.0, 93.0),
                  100, List.of(350.0, 292.0, 156.0, 117.0, 96.0))),
          new TreeMap<>(Map.of(32, 88.0, 1, 178.0)));

  /// Distances averaged layer by layer, one for each T.
  static final List<Double> LAYER_WISE_DISTANCES = List.of(394.0, 391.0, 323.0, 236.0, 166.0);

  /// `deterministic, 3 bits`
  static String bits(int bits) {
    return "deterministic, %s bit%s".formatted(bits, bits == 1 ? "" : "s");
  }

  /// One number for each T, as a curve beside ours.
  Series curve(String subject, List<Double> numbers) {
    return Series.line(
            subject + ", paper",
            IntStream.range(0, numbers.size())
                .mapToObj(i -> Point.of(samples.get(i), numbers.get(i)))
                .toList())
        .of(subject)
        .in(Series.Stroke.DASHED);
  }

  List<Series> curves() {
    List<Series> series = new ArrayList<>();
    byTrainingSamples.forEach((s, numbers) -> series.add(curve("s = " + s, numbers)));
    return series;
  }

  List<Series> references() {
    return deterministic.entrySet().stream()
        .<Series>map(entry ->
            Series.reference(bits(entry.getKey()) + ", paper", entry.getValue())
                .of(bits(entry.getKey()))
                .in(Series.Stroke.DASHED))
        .toList();
  }

  /// What is printed for s at T, if it is.
  Optional<Double> at(int trainingSamples, int count) {
    return at(byTrainingSamples.getOrDefault(trainingSamples, List.of()), count);
  }

  /// One of numbers for each T.
  Optional<Double> at(List<Double> numbers, int count) {
    int at = samples.indexOf(count);
    return at < 0 || numbers.isEmpty() ? Optional.empty() : Optional.of(numbers.get(at));
  }
}
