package org.pdnn.tradeoff;

import java.util.Optional;
import org.pdnn.evaluation.Estimate;

/// The answer to "samples or bits?".
///
/// @param samples the cheapest p-DNN with the required accuracy; empty if none has it, or there is
///   no answer
/// @param bits the cheapest deterministic network with the required accuracy
/// @param difference accuracy of `samples` less that of `bits` with its 95 % interval, if there are
///   both
/// @param open of an even answer that is not for its prices: the configuration that other images or
///   other noise may lift to the required accuracy, or push below it
/// @param reason what decides it or forbids to decide, a phrase
public record Verdict(
    Answer answer,
    Optional<Configuration> samples,
    Optional<Configuration> bits,
    Optional<Estimate> difference,
    Optional<Configuration> open,
    String reason) {
  /// Which side reaches the required accuracy for less energy.
  public enum Answer {
    /// More samples of one-bit activations.
    SAMPLES("samples"),
    /// More bits of deterministic activations.
    BITS("bits"),
    /// Either, as far as was measured.
    EVEN("even"),
    NO_ANSWER("no answer");

    private final String words;

    Answer(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  static Verdict none(String reason) {
    return new Verdict(
        Answer.NO_ANSWER,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        reason);
  }
}
