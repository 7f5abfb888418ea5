package org.pdnn.convert;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.CurvePoint;

/// Whether the converted network should be used.
///
/// @param advice what to do
/// @param samples the least T measured whose accuracy is within a point of the original's
/// @param reason why, a sentence
public record Verdict(Advice advice, OptionalInt samples, String reason) {
  /// Accuracy that counts as reached, in shares below the original's.
  public static final double NEAR = 0.01;

  /// What to do with a conversion.
  public enum Advice {
    /// Use it.
    CONVERT,
    /// Train it on, or more.
    FINE_TUNE,
    /// Stay with the original.
    LEAVE;

    /// In words, as in `fine-tune`.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Judges a curve.
  ///
  /// @param curve of the converted network, T rising
  /// @param original accuracy of the network as it came, on the same inputs
  /// @param gain E(original) / E(converted) at T samples
  public static Verdict of(Curve curve, double original, IntToDoubleFunction gain) {
    OptionalInt reached =
        curve.points().stream()
            .filter(point -> point.accuracy().value() >= original - NEAR)
            .mapToInt(CurvePoint::samples)
            .findFirst();
    CurvePoint last = curve.points().getLast();
    if (reached.isEmpty()) {
      return new Verdict(
          Advice.FINE_TUNE,
          reached,
          String.format(
              Locale.ROOT,
              "%d samples reach %.2f %%, %.2f points below the original's %.2f %%",
              last.samples(),
              100 * last.accuracy().value(),
              100 * (original - last.accuracy().value()),
              100 * original));
    }
    int samples = reached.getAsInt();
    double saved = gain.applyAsDouble(samples);
    String within =
        String.format(
            Locale.ROOT,
            "%d sample%s within a point of the original's %.2f %%",
            samples,
            samples == 1 ? " is" : "s are",
            100 * original);
    return saved > 1
        ? new Verdict(
            Advice.CONVERT,
            reached,
            within + String.format(Locale.ROOT, ", for 1/%.2f of its energy", saved))
        : new Verdict(
            Advice.LEAVE,
            reached,
            within
                + String.format(Locale.ROOT, ", but they take %.2f times its energy", 1 / saved));
  }
}
