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

/// What the paper says of samples and bits, and what lies beside it, over training runs: once with
/// weights of 32 bits as in the paper, once with those of 8.
///
/// @param most the greatest s
/// @param least the least
record EqualWidthsOrderings(OverRuns measured, int most, int least) {
  private static final String FIGURE = "fig. 4a";
  private static final List<Precision> WIDTHS = List.of(Precision.REAL, Precision.parse("8"));

  /// The p-bits of the paper, and those that share words and hand on an expectation.
  private static final List<LastHidden> WAYS = List.of(LastHidden.BITS, LastHidden.EXPECTATION);

  List<Ordering> all() {
    List<Ordering> all = new ArrayList<>();
    for (Precision width : WIDTHS) {
      for (LastHidden way : WAYS) {
        compare(FIGURE, pbits(false, most, 2, way, width), bits(1, width), 0).ifPresent(all::add);
        compare(FIGURE, pbits(false, most, 10, way, width), bits(3, width), 1).ifPresent(all::add);
        compare("text", pbits(false, most, 1, way, width), bits(32, width), 1).ifPresent(all::add);
        compare("text", pbits(false, most, 10, way, width), bits(32, width), 1).ifPresent(all::add);
      }
      for (int samples : most > least ? new int[] {1, 2, 10} : new int[0]) {
        LastHidden way = LastHidden.BITS;
        compare(
                FIGURE,
                pbits(false, most, samples, way, width),
                pbits(false, least, samples, way, width),
                0)
            .ifPresent(all::add);
      }
      for (LastHidden way : WAYS) {
        compare(
                Ordering.BEYOND,
                pbits(true, most, 10, way, width),
                pbits(false, most, 10, way, width),
                1)
            .ifPresent(all::add);
      }
    }
    return all;
  }

  private Optional<Setting> pbits(
      boolean poolFirst, int s, int samples, LastHidden way, Precision width) {
    String name = ContestantRun.pbits(poolFirst, s);
    return of(name, width).filter(one -> one.samples() == samples && one.last() == way).findFirst();
  }

  private Optional<Setting> bits(int bits, Precision width) {
    return of(ContestantRun.bits(bits), width).findFirst();
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
                margin == 0 ? "above" : "at most a point below",
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
