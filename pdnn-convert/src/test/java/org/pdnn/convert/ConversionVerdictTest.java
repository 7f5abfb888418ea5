package org.pdnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pdnn.convert.ConversionVerdict.Advice;
import org.pdnn.evaluation.Chance;
import org.pdnn.evaluation.Confusion;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.Measured;
import org.pdnn.random.Scheme;

/// Verdicts on 500 images of ten classes, from which images were classified correctly.
class ConversionVerdictTest {
  private static final int IMAGES = 500;

  private static Correctness right(int count) {
    BitSet set = new BitSet();
    set.set(0, count);
    return new Correctness(IMAGES, List.of(set));
  }

  private static CurvePoint point(int samples, int right) {
    Estimate any = Estimate.exact(0.1);
    return new CurvePoint(
        samples,
        Optional.of(Scheme.SCRAMBLED),
        Estimate.exact((double) right / IMAGES),
        any,
        any,
        any,
        Optional.empty(),
        any);
  }

  private static final Confusion NONE =
      new Confusion(LabelledInputs.of(TrainedDigits.IMAGES), new int[0][]);

  /// T = 1, 2, 4, ..., each with so many right answers.
  private static Measured measured(int... right) {
    List<CurvePoint> points =
        IntStream.range(0, right.length).mapToObj(i -> point(1 << i, right[i])).toList();
    return new Measured(
        new Curve(points, point(1, 480)),
        IntStream.of(right).mapToObj(ConversionVerdictTest::right).toList(),
        right(480),
        NONE);
  }

  private static ConversionVerdict verdict(Measured measured, int original, double gainOfOne) {
    Chance chance = new Chance((double) original / IMAGES, IMAGES, 0.1);
    return ConversionVerdict.of(measured, right(original), chance, samples -> gainOfOne / samples);
  }

  @Test
  void theFewestSamplesWithinAPointArePriced() {
    assertEquals(
        new ConversionVerdict(
            Advice.CONVERT,
            OptionalInt.of(4),
            "4 samples lose 1.00 points of the original's 96.00 % (0.13 to 1.87, the 95 % interval"
                + " of 500 images), for 1/2.50 of its energy"),
        verdict(measured(400, 474, 475, 479), 480, 10));
    assertEquals(Advice.LEAVE, verdict(measured(400, 474, 475, 479), 480, 3).advice());
    String gained = verdict(measured(482), 480, 3).reason();
    assertTrue(
        gained.startsWith("1 sample adds 0.40 points to the original's 96.00 % (-0.15 to 0.95,"),
        gained);
  }

  @Test
  void whereNoneIsWithinAPointTheNetworkIsTrainedOn() {
    ConversionVerdict verdict = verdict(measured(400, 470), 480, 10);
    assertEquals(Advice.FINE_TUNE, verdict.advice());
    assertTrue(
        verdict.reason().startsWith("2 samples lose 2.00 points of the original's 96.00 %"),
        verdict.reason());
  }

  /// Of 500 images 65 and more are more than the tenth that are of one class, by the exact binomial
  /// interval.
  @Test
  void aNetworkAtChanceGetsNoAnswer() {
    ConversionVerdict verdict = verdict(measured(64), 64, 10);
    assertEquals(Advice.NO_ANSWER, verdict.advice());
    assertEquals("no answer", verdict.advice().toString());
    assertTrue(verdict.reason().startsWith("12.80 % right on 500 images cannot be told from"));
    assertEquals(Advice.CONVERT, verdict(measured(65), 65, 10).advice());
  }

  @Test
  void withoutRandomNeuronsThereIsNothingToSave() {
    Measured same =
        new Measured(
            new Curve(List.of(point(1, 480)), point(1, 480)),
            List.of(right(480)),
            right(480),
            NONE);
    assertEquals(Advice.LEAVE, verdict(same, 480, 1).advice());
  }
}
