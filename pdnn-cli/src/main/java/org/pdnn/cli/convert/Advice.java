package org.pdnn.cli.convert;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.cli.tradeoff.ModelNames;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Trial;
import org.pdnn.tradeoff.Verdict;

/// What to do with a conversion, by the answer to "samples or bits?".
///
/// @param verdict the answer
/// @param question what it answers; it has a reference
record Advice(Verdict verdict, Question question, Pricing pricing, ModelNames names) {
  enum Kind {
    /// Use the p-DNN.
    CONVERT("convert"),
    /// Train it on, or more.
    FINE_TUNE("fine-tune"),
    /// Stay with a deterministic network.
    LEAVE("leave"),
    /// Look for what is wrong, or for another question.
    NO_ANSWER("no answer");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  static Advice of(Question question, Pricing pricing, ModelNames names) {
    return new Advice(question.verdict(pricing), question, pricing, names);
  }

  /// Where both sides are even a conversion brings nothing. A p-DNN below the required accuracy is
  /// trained on if some number of its samples would be cheaper than what is.
  Kind kind() {
    return switch (verdict.answer()) {
      case SAMPLES -> Kind.CONVERT;
      case BITS, EVEN -> verdict.samples().isEmpty() && saves() ? Kind.FINE_TUNE : Kind.LEAVE;
      case NO_ANSWER -> Kind.NO_ANSWER;
    };
  }

  /// Whether some number of samples would win if it reached the required accuracy.
  boolean saves() {
    return verdict
        .bits()
        .filter(
            best -> best.energy().dividedBy(pricing.of(cheapest()).energy()) > 1 + Question.CLOSE)
        .isPresent();
  }

  /// Whether other images or other noise may decide what is even.
  boolean undecided() {
    return verdict.answer() == Verdict.Answer.EVEN && !close();
  }

  private boolean close() {
    return verdict
        .samples()
        .flatMap(one -> verdict.bits().map(other -> one.energy().dividedBy(other.energy())))
        .filter(ratio -> Math.max(ratio, 1 / ratio) <= 1 + Question.CLOSE)
        .isPresent();
  }

  private Stream<Trial> sampled() {
    return question.trials().stream().filter(Trial::random);
  }

  /// What to do and why; empty where the answer says so already.
  Optional<String> sentence() {
    return switch (kind()) {
      case NO_ANSWER -> Optional.empty();
      case CONVERT ->
          Optional.of(
              "Advice: convert; use %s.".formatted(run(verdict.samples().orElseThrow().trial())));
      case FINE_TUNE -> Optional.of("Advice: fine-tune; " + missed());
      case LEAVE -> Optional.of("Advice: leave; " + kept());
    };
  }

  private String missed() {
    Trial best =
        sampled().max(Comparator.comparingDouble(one -> one.accuracy().value())).orElseThrow();
    double required = question.reference().orElseThrow().accuracy().value() - question.tolerance();
    return String.format(
        Locale.ROOT,
        "%s would be cheaper, but the most accurate, %s, misses the required accuracy by %.2f points.",
        run(cheapest()),
        run(best),
        100 * (required - best.accuracy().value()));
  }

  private String kept() {
    if (verdict.answer() == Verdict.Answer.EVEN && verdict.samples().isPresent()) {
      return "samples and bits are even, and %s needs no random numbers.".formatted(bits());
    }
    return saves() ? "%s takes less energy.".formatted(bits()) : noneSaves() + ".";
  }

  /// Why no training can help, a phrase.
  String noneSaves() {
    return "no number of samples takes %.0f %% less energy than %s"
        .formatted(100 * Question.CLOSE, bits());
  }

  private String bits() {
    Setting best = verdict.bits().orElseThrow().setting();
    return "%s with %d-bit activations".formatted(names.model(best), best.neuron().bits());
  }

  private Trial cheapest() {
    return sampled().min(Comparator.comparing(one -> pricing.of(one).energy())).orElseThrow();
  }

  private String run(Trial trial) {
    return names.run(trial.setting());
  }
}
