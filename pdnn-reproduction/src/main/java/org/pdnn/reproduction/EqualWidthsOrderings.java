package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.evaluation.Estimate;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Precision;
import org.pdnn.tradeoff.Setting;

/// What must be more accurate than what in [EqualWidths], over training runs: once with weights of
/// 32 bits as in the paper, once with those of 8.
///
/// @param most the greatest s
/// @param least the least
record EqualWidthsOrderings(Variants variants, OverRuns measured, int most, int least) {
  private static final String FIGURE = "fig. 4a";
  private static final List<Precision> WIDTHS = List.of(Precision.REAL, Precision.parse("8"));

  /// The p-bits of the paper, and those that share words and hand on an expectation.
  private static final List<LastHidden> WAYS = List.of(LastHidden.BITS, LastHidden.EXPECTATION);

  List<Ordering> all() {
    return WIDTHS.stream()
        .flatMap(width -> variants.residual() ? residual(width) : paper(width))
        .flatMap(Optional::stream)
        .toList();
  }

  /// What the paper says of samples and bits, and what lies beside it.
  private Stream<Optional<Ordering>> paper(Precision width) {
    List<Optional<Ordering>> all = new ArrayList<>();
    for (LastHidden way : WAYS) {
      all.add(compare(FIGURE, pbits(0, most, 2, way, width), bits(1, width), 0));
      all.add(compare(FIGURE, pbits(0, most, 10, way, width), bits(3, width), 1));
      all.add(compare("text", pbits(0, most, 1, way, width), bits(32, width), 1));
      all.add(compare("text", pbits(0, most, 10, way, width), bits(32, width), 1));
    }
    all.addAll(trainedWithMore(FIGURE, width));
    for (LastHidden way : WAYS) {
      all.add(
          compare(
              Ordering.BEYOND, pbits(1, most, 10, way, width), pbits(0, most, 10, way, width), 1));
    }
    return all.stream();
  }

  /// What holds of p-bits in blocks with sums, and where they stand best.
  private Stream<Optional<Ordering>> residual(Precision width) {
    List<Optional<Ordering>> all = new ArrayList<>();
    for (LastHidden way : WAYS) {
      all.add(compare(Ordering.BEYOND, pbits(0, most, 10, way, width), bits(32, width), 4));
      all.add(compare(Ordering.BEYOND, pbits(0, most, 10, way, width), bits(3, width), 1));
      all.add(compare(Ordering.BEYOND, pbits(0, most, 4, way, width), bits(1, width), 0));
      for (int other = 1; other < variants.placements().size(); other++) {
        all.add(
            compare(
                Ordering.BEYOND,
                pbits(other, most, 10, way, width),
                pbits(0, most, 10, way, width),
                0));
      }
    }
    all.addAll(trainedWithMore(Ordering.BEYOND, width));
    return all.stream();
  }

  private List<Optional<Ordering>> trainedWithMore(String place, Precision width) {
    return most == least
        ? List.of()
        : Stream.of(1, 2, 10)
            .map(samples ->
                compare(
                    place,
                    pbits(0, most, samples, LastHidden.BITS, width),
                    pbits(0, least, samples, LastHidden.BITS, width),
                    0))
            .toList();
  }

  /// @param placement of the variants
  private Optional<Setting> pbits(
      int placement, int s, int samples, LastHidden way, Precision width) {
    String name = variants.pbits(placement, s);
    return of(name, width).filter(one -> one.samples() == samples && one.last() == way).findFirst();
  }

  private Optional<Setting> bits(int bits, Precision width) {
    return of(variants.bits(bits), width).findFirst();
  }

  private Stream<Setting> of(String name, Precision width) {
    return measured.settings().stream()
        .filter(one -> one.model().equals(name) && one.weights().equals(width));
  }

  /// @param margin points by which the one may be less accurate
  private Optional<Ordering> compare(
      String place, Optional<Setting> one, Optional<Setting> other, int margin) {
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    String statement =
        "%s %s %s, %s-bit weights"
            .formatted(
                words(one.get()),
                switch (margin) {
                  case 0 -> "above";
                  case 1 -> "at most a point below";
                  default -> "at most %s points below".formatted(margin);
                },
                words(other.get()),
                one.get().weights());
    return measured
        .difference(one.get(), other.get())
        .map(found -> new Ordering(place, statement, points(found, margin), Ordering.POINTS));
  }

  private static Estimate points(Estimate share, int margin) {
    return new Estimate(
        100 * share.value() + margin, 100 * share.low() + margin, 100 * share.high() + margin);
  }

  private static String words(Setting setting) {
    return setting.scheme().isEmpty()
        ? setting.model()
        : String.format(
            Locale.ROOT,
            "%s, T = %s%s",
            setting.model(),
            setting.samples(),
            setting.scheme().get() == Scheme.SCRAMBLED ? ", scrambled with expectation" : "");
  }
}
