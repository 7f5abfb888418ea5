package org.pdnn.reproduction;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.evaluation.Estimate;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// The numbers that the paper prints in a figure of curves against T, under the names that charts
/// have for their networks.
final class Printed {
  static final String LAYER_BY_LAYER = "frozen, averaged layer by layer";

  /// Accuracies of figure 4a in percent.
  static final Printed ACCURACIES =
      new Printed(1, 2, 3, 5, 10, 32)
          .curve("s = 1", 72.92, 74.67, 74.78, 75.83, 76.77, 77.13)
          .curve("s = 2", 75.66, 77.82, 78.68, 79.34, 79.72, 80.15)
          .curve("s = 3", 77.78, 79.83, 80.38, 81.42, 81.94, 82.47)
          .curve("s = 5", 78.59, 80.76, 81.25, 82.26, 83.26, 83.56)
          .curve("s = 45", 81.03, 83.20, 83.95, 84.60, 85.57, 85.73)
          .level(bits(1), 80.77)
          .level(bits(3), 85.76)
          .level(bits(32), 86.88);

  /// Accuracies of the 32-bit network of figure 4a averaged layer by layer, in percent.
  static final Printed LAYER_WISE_ACCURACIES =
      new Printed(10, 32).curve(LAYER_BY_LAYER, 71.83, 79.36);

  /// Distances of figure 4b: FID by Inception, 162,770 training images, 1000 epochs.
  static final Printed DISTANCES =
      new Printed(1, 2, 10, 32, 100)
          .curve("s = 1", 203, 167, 129, 127, 129)
          .curve("s = 2", 203, 166, 122, 115, 117)
          .curve("s = 10", 234, 181, 121, 112, 98)
          .curve("s = 32", 301, 227, 138, 103, 93)
          .curve("s = 100", 350, 292, 156, 117, 96)
          .curve(LAYER_BY_LAYER, 394, 391, 323, 236, 166)
          .level(bits(1), 178)
          .level(bits(32), 88);

  /// Accuracies of figure 4c in percent.
  static final Printed NOISE =
      new Printed(1, 2, 3, 5, 10, 32)
          .curve("noise", 85.61, 85.70, 85.72, 85.74, 85.78, 85.79)
          .level("no noise", 85.59);

  private final List<Integer> samples;
  private final SequencedMap<String, List<Double>> curves = new LinkedHashMap<>();
  private final SequencedMap<String, Double> levels = new LinkedHashMap<>();

  private Printed(Integer... samples) {
    this.samples = List.of(samples);
  }

  private Printed curve(String network, double... numbers) {
    curves.put(network, Arrays.stream(numbers).boxed().toList());
    return this;
  }

  private Printed level(String network, double number) {
    levels.put(network, number);
    return this;
  }

  /// `deterministic, 3 bits`
  static String bits(int bits) {
    return "deterministic, %s bit%s".formatted(bits, bits == 1 ? "" : "s");
  }

  /// The T.
  List<Integer> samples() {
    return samples;
  }

  /// Beside ours: of the same subjects, dashed.
  List<Series.Line> lines() {
    return curves.entrySet().stream()
        .map(curve ->
            Series.line(
                    curve.getKey() + ", paper",
                    IntStream.range(0, samples.size())
                        .mapToObj(i -> Point.of(samples.get(i), curve.getValue().get(i)))
                        .toList())
                .of(curve.getKey())
                .in(Series.Stroke.DASHED))
        .toList();
  }

  /// Deterministic networks beside ours.
  List<Series.Reference> references() {
    return levels.entrySet().stream()
        .map(level ->
            Series.reference(level.getKey() + ", paper", level.getValue())
                .of(level.getKey())
                .in(Series.Stroke.DASHED))
        .toList();
  }

  List<Series> series() {
    return Stream.<Series>concat(lines().stream(), references().stream()).toList();
  }

  /// One of our numbers beside the paper's.
  ///
  /// @param samples T; empty for deterministic networks
  /// @param printed empty where the paper prints none
  record Pair(String network, OptionalInt samples, Estimate ours, OptionalDouble printed) {}

  /// Our curve beside the paper's of that name.
  Stream<Pair> beside(String network, Curve ours) {
    return ours.values().entrySet().stream()
        .map(point ->
            new Pair(
                network,
                OptionalInt.of(point.getKey()),
                point.getValue(),
                at(network, point.getKey())));
  }

  /// Our deterministic network beside the paper's of that name.
  Pair beside(String network, double ours) {
    Double printed = levels.get(network);
    return new Pair(
        network,
        OptionalInt.empty(),
        Estimate.exact(ours),
        printed == null ? OptionalDouble.empty() : OptionalDouble.of(printed));
  }

  private OptionalDouble at(String network, int count) {
    int place = samples.indexOf(count);
    List<Double> numbers = curves.get(network);
    return place < 0 || numbers == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(numbers.get(place));
  }
}
