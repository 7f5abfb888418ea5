package org.pdnn.tradeoff;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.pdnn.energy.Joules;
import org.pdnn.evaluation.Chance;
import org.pdnn.evaluation.Estimate;
import org.pdnn.sampling.Precision;

/// Samples or bits? Which side reaches the required accuracy for less energy.
///
/// The required accuracy is that of the deterministic network with the most bits of activation,
/// less `tolerance`, at the same bits of weights and input as all others. A trial reaches it if its
/// accuracy less that of this reference, on the same inputs, is at least -tolerance; surely so if
/// the low end of its interval is, possibly so if the high end is.
///
/// Each side enters with its cheapest trial that reaches the required accuracy. It wins if that is
/// cheaper than the other's by more than [#CLOSE], and if its cheapest trial that surely reaches it
/// is cheaper than the other's cheapest that possibly does. Otherwise they are even.
///
/// @param trials of one set of inputs, all with weights of the same bits
/// @param mostFrequent share of the inputs that are of the most frequent class
/// @param tolerance in shares, 0 to 1
public record Question(List<Trial> trials, double mostFrequent, double tolerance) {
  /// Half a point.
  public static final double TOLERANCE = 0.005;

  /// Prices whose ratio is at most 1.05 are even: the constants of a technology are known no
  /// better.
  public static final double CLOSE = 0.05;

  /// A first layer that takes so much of both energies leaves nothing to compare.
  public static final double FIRST_LAYER = 0.9;

  /// The least bits of activation that a reference has.
  private static final int REFERENCE_BITS = 8;

  private static final Comparator<Configuration> CHEAPEST =
      comparing(Configuration::energy)
          .thenComparing(comparingDouble((Configuration one) -> one.accuracy().value()).reversed());

  public Question {
    trials = List.copyOf(trials);
    List<Precision> weights =
        trials.stream().map(one -> one.setting().weights()).distinct().toList();
    if (weights.size() > 1) {
      throw new IllegalArgumentException(
          "a comparison holds both sides at the same bits of weights, got %s".formatted(weights));
    }
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance must be 0 to 1, got " + tolerance);
    }
    if (!(mostFrequent > 0 && mostFrequent <= 1)) {
      throw new IllegalArgumentException(
          "the share of the most frequent class must be above 0 and at most 1, got "
              + mostFrequent);
    }
  }

  /// The deterministic network with the most bits of activation; of equals the most accurate.
  public Optional<Trial> reference() {
    return trials.stream()
        .filter(one -> !one.random())
        .max(
            comparingInt((Trial one) -> one.setting().neuron().bits())
                .thenComparingDouble(one -> one.accuracy().value()));
  }

  /// The answer at these prices.
  public Verdict verdict(Pricing pricing) {
    Optional<String> refusal = refusal();
    if (refusal.isPresent()) {
      return Verdict.none(refusal.get());
    }
    Trial reference = reference().orElseThrow();
    List<Placed> placed =
        trials.stream().map(one -> new Placed(pricing.of(one), one.minus(reference))).toList();
    Verdict verdict = decided(side(placed, true), side(placed, false));
    return oneBit() || verdict.answer() == Verdict.Answer.BITS
        ? verdict
        : Verdict.none(
            "no deterministic network with activations of one bit was measured, which may be the"
                + " cheapest");
  }

  private boolean oneBit() {
    return trials.stream().anyMatch(one -> !one.random() && one.setting().neuron().bits() == 1);
  }

  /// Why there can be no answer, whatever the prices, a phrase; empty if there may be one.
  public Optional<String> refusal() {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      return missing;
    }
    Trial reference = reference().orElseThrow();
    Chance chance =
        new Chance(
            reference.accuracy().value(), reference.runs().getFirst().inputs(), mostFrequent);
    return chance.beaten() ? Optional.empty() : Optional.of(chance.sentence());
  }

  /// What was not measured, and must be.
  private Optional<String> missing() {
    List<Trial> deterministic = trials.stream().filter(one -> !one.random()).toList();
    if (deterministic.size() == trials.size()) {
      return Optional.of("no p-DNN was measured");
    }
    if (deterministic.isEmpty()) {
      return Optional.of("no deterministic network was measured with weights of as many bits");
    }
    if (reference().orElseThrow().setting().neuron().bits() < REFERENCE_BITS) {
      return Optional.of(
          "no deterministic network with activations of %s bits or more was measured"
              .formatted(REFERENCE_BITS));
    }
    return trials.stream()
        .filter(one -> one.runs().isEmpty())
        .findFirst()
        .map(one ->
            "of %s it was not kept which inputs were classified correctly; measure it again"
                .formatted(one.setting().model()));
  }

  /// A configuration and how its accuracy differs from the reference's.
  private record Placed(Configuration configuration, Estimate difference) {}

  /// The cheapest of a side.
  ///
  /// @param on with the required accuracy
  /// @param surely with the low end of its interval
  /// @param possibly with the high end of its interval
  private record Side(
      Optional<Configuration> on,
      Optional<Configuration> surely,
      Optional<Configuration> possibly) {
    private static double price(Optional<Configuration> one) {
      return one.map(Configuration::energy)
          .map(Joules::picojoules)
          .orElse(Double.POSITIVE_INFINITY);
    }

    boolean closeTo(Side other) {
      double own = price(on);
      double others = price(other.on);
      return Math.max(own, others) <= (1 + CLOSE) * Math.min(own, others);
    }

    boolean beats(Side other) {
      return price(on) < price(other.on)
          && !closeTo(other)
          && price(surely) < price(other.possibly);
    }
  }

  private Side side(List<Placed> all, boolean random) {
    List<Placed> own =
        all.stream().filter(one -> one.configuration().trial().random() == random).toList();
    return new Side(
        cheapest(own, Estimate::value),
        cheapest(own, Estimate::low),
        cheapest(own, Estimate::high));
  }

  /// The cheapest with the required accuracy by its difference, or by an end of its interval.
  private Optional<Configuration> cheapest(List<Placed> all, ToDoubleFunction<Estimate> end) {
    return all.stream()
        .filter(one -> end.applyAsDouble(one.difference()) >= -tolerance)
        .map(Placed::configuration)
        .min(CHEAPEST);
  }

  private Verdict decided(Side samples, Side bits) {
    Optional<Estimate> difference =
        samples.on().flatMap(one -> bits.on().map(other -> one.trial().minus(other.trial())));
    boolean drowned =
        samples.on().isPresent()
            && bits.on().isPresent()
            && samples.on().get().firstLayerShare() >= FIRST_LAYER
            && bits.on().get().firstLayerShare() >= FIRST_LAYER;
    Verdict.Answer answer =
        drowned
            ? Verdict.Answer.NO_ANSWER
            : samples.beats(bits)
                ? Verdict.Answer.SAMPLES
                : bits.beats(samples) ? Verdict.Answer.BITS : Verdict.Answer.EVEN;
    Optional<Configuration> open =
        answer == Verdict.Answer.EVEN && !samples.closeTo(bits)
            ? open(samples, bits)
            : Optional.empty();
    return new Verdict(
        answer, samples.on(), bits.on(), difference, open, reason(answer, samples, bits));
  }

  /// What keeps the side that is cheaper by the estimates from winning: something cheaper of the
  /// other side that may reach the required accuracy, else its own, which may miss it.
  private static Optional<Configuration> open(Side samples, Side bits) {
    boolean cheaper = Side.price(samples.on()) < Side.price(bits.on());
    Side first = cheaper ? samples : bits;
    Side second = cheaper ? bits : samples;
    return Side.price(second.possibly()) < Side.price(first.on()) ? second.possibly() : first.on();
  }

  private String reason(Verdict.Answer answer, Side samples, Side bits) {
    return switch (answer) {
      case NO_ANSWER ->
          String.format(
              Locale.ROOT,
              "the first layer takes %.0f %% of the one energy and %.0f %% of the other, so that"
                  + " neither samples nor bits matter",
              100 * samples.on().orElseThrow().firstLayerShare(),
              100 * bits.on().orElseThrow().firstLayerShare());
      case SAMPLES, BITS -> {
        boolean won = answer == Verdict.Answer.SAMPLES;
        Side winner = won ? samples : bits;
        Side other = won ? bits : samples;
        yield other.on().isEmpty()
            ? won
                ? "no deterministic network reaches the required accuracy"
                : "no number of samples reaches the required accuracy"
            : String.format(
                Locale.ROOT,
                "the energy is %.2f times less",
                other.on().get().energy().dividedBy(winner.on().orElseThrow().energy()));
      }
      case EVEN ->
          samples.closeTo(bits)
              ? String.format(Locale.ROOT, "the energies differ by less than %.0f %%", 100 * CLOSE)
              : "neither is surely cheaper";
    };
  }
}
