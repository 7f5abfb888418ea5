package org.pdnn.convert;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.pdnn.evaluation.Chance;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.Measured;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.names.Counted;

/// Whether the converted network should be used.
///
/// @param advice what to do
/// @param samples the least T measured whose accuracy is within a point of the original's
/// @param reason why, a sentence
public record ConversionVerdict(Advice advice, OptionalInt samples, String reason) {
  /// Accuracy that counts as reached, in shares below the original's.
  public static final double NEAR = 0.01;

  /// What to do with a conversion.
  public enum Advice {
    /// Use it.
    CONVERT("convert"),
    /// Train it on, or more.
    FINE_TUNE("fine-tune"),
    /// Stay with the original.
    LEAVE("leave"),
    /// Look for what is wrong with the original or its data.
    NO_ANSWER("no answer");

    private final String words;

    Advice(String words) {
      this.words = words;
    }

    /// In words, as in `fine-tune`.
    @Override
    public String toString() {
      return words;
    }
  }

  /// Judges a curve.
  ///
  /// @param measured the converted network, T rising
  /// @param original which of the same inputs the network classified correctly as it came
  /// @param chance of these inputs
  /// @param gain E(original) / E(converted) at T samples, both with weights of as many bits
  public static ConversionVerdict of(
      Measured measured, Correctness original, Chance chance, IntToDoubleFunction gain) {
    if (!chance.beaten()) {
      return new ConversionVerdict(Advice.NO_ANSWER, OptionalInt.empty(), chance.sentence());
    }
    List<CurvePoint> points = measured.curve().points();
    List<PairedDifference> losses =
        measured.points().stream().map(point -> PairedDifference.of(original, point)).toList();
    int reached =
        IntStream.range(0, points.size())
            .filter(i -> losses.get(i).overInputs().value() <= NEAR)
            .findFirst()
            .orElse(-1);
    if (reached < 0) {
      return new ConversionVerdict(
          Advice.FINE_TUNE,
          OptionalInt.empty(),
          sentence(points.getLast().samples(), original, losses.getLast()));
    }
    int samples = points.get(reached).samples();
    if (measured.curve().single()) {
      return new ConversionVerdict(
          Advice.LEAVE,
          OptionalInt.of(samples),
          "no neuron became random, so that there are no samples to save energy by");
    }
    double saved = gain.applyAsDouble(samples);
    String loss = sentence(samples, original, losses.get(reached));
    return saved > 1
        ? new ConversionVerdict(
            Advice.CONVERT,
            OptionalInt.of(samples),
            String.format(Locale.ROOT, "%s, for 1/%.2f of its energy", loss, saved))
        : new ConversionVerdict(
            Advice.LEAVE,
            OptionalInt.of(samples),
            String.format(Locale.ROOT, "%s, for %.2f times its energy", loss, 1 / saved));
  }

  /// The answer where a normalisation seems to be missing: what was measured is not the network as
  /// it was trained.
  public static ConversionVerdict unnormalised() {
    return new ConversionVerdict(
        Advice.NO_ANSWER,
        OptionalInt.empty(),
        "the network seems to be trained on normalised pixels, and was measured on others");
  }

  /// As in `8 samples lose 0.40 points of the original's 96.20 % (-0.35 to 1.15, the 95 % interval
  /// of 500 images)`, or `8 samples add 0.40 points to the original's 96.20 % (...)`.
  private static String sentence(int samples, Correctness original, PairedDifference loss) {
    Estimate lost = loss.overInputs();
    if (loss.better() + loss.worse() == 0) {
      return String.format(
          Locale.ROOT,
          "%s right on the same images as the original, %.2f %% of %d",
          Counted.of(samples, "sample", "are"),
          100 * original.accuracy(0),
          loss.inputs());
    }
    boolean gained = lost.value() < 0;
    double low = gained ? -lost.high() : lost.low();
    double high = gained ? -lost.low() : lost.high();
    return String.format(
        Locale.ROOT,
        "%s %.2f points %s the original's %.2f %% (%.2f to %.2f, the 95 %% interval of %d images)",
        Counted.of(samples, "sample", gained ? "add" : "lose"),
        100 * Math.abs(lost.value()),
        gained ? "to" : "of",
        100 * original.accuracy(0),
        100 * low,
        100 * high,
        loss.inputs());
  }
}
