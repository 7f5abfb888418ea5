package org.pdnn.server.passes;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.pdnn.energy.Joules;
import org.pdnn.names.Limits;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.StopRule;

/// Inputs of a model, and when each of them has had passes enough. Each has at least one.
///
/// @param inputs as the network reads them, not to be changed afterwards
/// @param samples T, the most
/// @param limit what ends the passes at T: that many were asked for, or no more are affordable
/// @param seed of the random words
/// @param rule that may end an input earlier
/// @param deadline by [System#nanoTime]
/// @param followed whether answers are wanted after 1, 2, 4, ... passes too
public record Question(
    SampledModel model,
    List<float[]> inputs,
    Scheme scheme,
    int samples,
    StopCause limit,
    long seed,
    Optional<StopRule> rule,
    OptionalLong deadline,
    boolean followed) {

  /// What a client may say beside its inputs.
  ///
  /// @param samples T, the most
  /// @param confidence after which an input ends
  /// @param energy that an input may cost at most, if one pass does not cost more
  /// @param deadline by [System#nanoTime]
  public record Terms(
      int samples,
      Scheme scheme,
      long seed,
      OptionalDouble confidence,
      Optional<Joules> energy,
      OptionalLong deadline) {
    public Terms {
      Limits.between("samples", 1, Run.MOST_SAMPLES, samples);
    }
  }

  public Question {
    inputs = List.copyOf(inputs);
  }

  /// A question on a client's terms.
  ///
  /// @throws IllegalArgumentException if the model cannot be sampled on these terms
  public static Question of(
      SampledModel model, List<float[]> inputs, Terms terms, boolean followed) {
    Scheme scheme = terms.scheme();
    boolean early = terms.confidence().isPresent() || terms.deadline().isPresent() || followed;
    if (early && model.random() && !scheme.anytime()) {
      throw new IllegalArgumentException(
          "%s samples end at T or not at all; use another scheme, or no deadline and no confidence"
              .formatted(scheme));
    }
    int asked = model.random() ? terms.samples() : 1;
    int samples = terms.energy().map(most -> model.affordable(scheme, most, asked)).orElse(asked);
    Optional<StopRule> rule =
        terms.confidence().isPresent() && model.random()
            ? Optional.of(model.rule(terms.confidence().getAsDouble(), samples, scheme))
            : Optional.empty();
    return new Question(
        model,
        inputs,
        scheme,
        samples,
        samples < asked ? StopCause.JOULES : StopCause.SAMPLES,
        terms.seed(),
        rule,
        terms.deadline(),
        followed);
  }

  /// What its inputs go through the network with.
  Batch.Key key() {
    return new Batch.Key(model, model.shared(samples, scheme), seed);
  }
}
