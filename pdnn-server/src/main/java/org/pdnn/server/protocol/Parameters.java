package org.pdnn.server.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.pdnn.energy.Joules;
import org.pdnn.names.Choice;
import org.pdnn.names.Limits;
import org.pdnn.names.Nearest;
import org.pdnn.names.Printable;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Outputs;
import org.pdnn.server.passes.Question;

/// The parameters of a request that say how its inputs are sampled.
final class Parameters {
  private static final List<String> NAMES =
      List.of("samples", "scheme", "seed", "deadline_ms", "confidence", "max_joules", "outputs");

  /// As the commands have it: T without and with early stop, and the seed.
  private static final int SAMPLES = 8;

  private static final int SAMPLES_UNTIL_CONFIDENT = 32;
  private static final long SEED = 1;

  /// An hour.
  private static final double LONGEST_MILLIS = 3_600_000;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double PICOJOULES_PER_JOULE = 1e12;

  private final Map<String, Object> given;

  /// @throws RequestException naming an unknown parameter
  Parameters(Map<String, Object> given) throws RequestException {
    this.given = given;
    for (String name : given.keySet()) {
      if (!NAMES.contains(name)) {
        throw RequestException.wrong(
            "unknown parameter %s%s; use %s",
            Printable.quoted(name), Nearest.suggestion(name, NAMES), Choice.listed(NAMES));
      }
    }
  }

  /// What is averaged over the passes.
  Outputs outputs() throws RequestException {
    return Choice.parse(Outputs.class, "outputs", text("outputs").orElse("logits"));
  }

  /// @param arrival from which a deadline counts, by [System#nanoTime]
  /// @param mostSamples that are granted
  Question.Terms terms(long arrival, int mostSamples) throws RequestException {
    OptionalDouble confidence = number("confidence");
    long samples =
        whole("samples").orElse(confidence.isPresent() ? SAMPLES_UNTIL_CONFIDENT : SAMPLES);
    Limits.between("samples", 1, mostSamples, samples);
    if (confidence.isPresent() && outputs() != Outputs.LOGITS) {
      throw RequestException.wrong("confidence tests mean logits; leave outputs out");
    }
    return new Question.Terms(
        (int) samples,
        Scheme.parse(text("scheme").orElse(Scheme.SCRAMBLED.toString())),
        whole("seed").orElse(SEED),
        confidence,
        energy(),
        deadline(arrival));
  }

  private Optional<Joules> energy() throws RequestException {
    OptionalDouble most = number("max_joules");
    if (most.isEmpty()) {
      return Optional.empty();
    }
    double picojoules = most.getAsDouble() * PICOJOULES_PER_JOULE;
    if (!(picojoules > 0) || !Double.isFinite(picojoules)) {
      throw RequestException.wrong("max_joules must be above 0, got %s", most.getAsDouble());
    }
    return Optional.of(Joules.ofPicojoules(picojoules));
  }

  private OptionalLong deadline(long arrival) throws RequestException {
    OptionalDouble millis = number("deadline_ms");
    if (millis.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!(millis.getAsDouble() > 0 && millis.getAsDouble() <= LONGEST_MILLIS)) {
      throw RequestException.wrong(
          "deadline_ms must be above 0 and at most %s, got %s",
          LONGEST_MILLIS, millis.getAsDouble());
    }
    return OptionalLong.of(arrival + (long) (millis.getAsDouble() * NANOS_PER_MILLI));
  }

  private Optional<String> text(String name) throws RequestException {
    return switch (given.get(name)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      case Object other -> throw RequestException.wrong("%s must be a text, got %s", name, other);
    };
  }

  private OptionalLong whole(String name) throws RequestException {
    return switch (given.get(name)) {
      case null -> OptionalLong.empty();
      case Long number -> OptionalLong.of(number);
      case Object other ->
          throw RequestException.wrong(
              "%s must be a whole number, got %s", name, Printable.of(other.toString()));
    };
  }

  private OptionalDouble number(String name) throws RequestException {
    return switch (given.get(name)) {
      case null -> OptionalDouble.empty();
      case Long number -> OptionalDouble.of(number);
      case Double number -> OptionalDouble.of(number);
      case Object other ->
          throw RequestException.wrong(
              "%s must be a number, got %s", name, Printable.of(other.toString()));
    };
  }
}
