package org.pdnn.circuit.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;

/// The [Threshold] of a p-bit as a circuit: from `i`, 16 bits in two's complement in units of
/// 2^-10, `threshold` a cycle later, 0 to 2^15.
///
/// @param curve which
public record ThresholdTable(Threshold curve) {
  private static final Signal I = new Signal("i", Short.SIZE);
  private static final Signal THRESHOLD = new Signal("threshold", Threshold.BITS + 1);

  private static final int OFFSET_BITS = 8;
  private static final int SEGMENT_BITS = 5;
  private static final int MAGNITUDE_BITS = SEGMENT_BITS + OFFSET_BITS;
  private static final int BASE_BITS = 14;
  private static final int SLOPE_BITS = 8;

  /// What a product of slope and place is divided by, as a shift.
  private static final int SLOPE_SHIFT = 5;

  /// The circuit.
  public Circuit circuit() {
    return new Circuit(
        "threshold_" + curve.name().toLowerCase(Locale.ROOT),
        "P(up) in units of 2^-15 of I in units of 2^-10, as the integer form has it.",
        List.of(I),
        switch (curve) {
          case SIGMOID -> lines(0);
          case TANH -> lines(1);
          case CLIP -> clip();
        },
        List.of(THRESHOLD));
  }

  /// Half of 2^15, and above or below it what the line of the magnitude says.
  ///
  /// @param doubled 1 for the sigmoid of 2 I
  private static List<Part> lines(int doubled) {
    Signal negative = new Signal("negative", 1);
    Signal magnitude = new Signal("magnitude", Short.SIZE);
    Signal certain = new Signal("certain", 1);
    Signal place = new Signal("place", MAGNITUDE_BITS);
    Signal line = new Signal("line", BASE_BITS + SLOPE_BITS);
    Signal offset = new Signal("offset", OFFSET_BITS);
    Signal below = new Signal("below", 1);
    Signal climb = new Signal("climb", SLOPE_BITS + OFFSET_BITS);
    Signal rise = new Signal("rise", Threshold.BITS + 1);
    Expression half = Expression.constant(Threshold.ONE / 2, Threshold.BITS + 1);
    int kept = MAGNITUDE_BITS - doubled;
    Expression beyond = magnitude.bits(Short.SIZE - 1, kept);
    List<Part> parts = new ArrayList<>();
    parts.add(new Wire(negative, I.sign()));
    parts.add(new Wire(magnitude, negative.choose(I.negated(), I)));
    parts.add(new Wire(certain, beyond.equalTo(Expression.constant(0, beyond.width())).not()));
    Expression doubledMagnitude =
        doubled == 0
            ? magnitude.bits(kept - 1, 0)
            : Expression.concat(magnitude.bits(kept - 1, 0), Expression.constant(0, 1));
    parts.add(
        new Wire(
            place,
            certain.choose(
                Expression.constant(Threshold.CERTAIN, MAGNITUDE_BITS), doubledMagnitude)));
    parts.add(
        new Memory(
            "lines",
            line.width(),
            table(),
            Optional.empty(),
            List.of(new Read(line, place.top(SEGMENT_BITS)))));
    parts.add(new Register(offset, 0, place.bits(OFFSET_BITS - 1, 0)));
    parts.add(new Register(below, 0, negative));
    parts.add(new Wire(climb, line.bits(SLOPE_BITS - 1, 0).times(offset)));
    parts.add(
        new Wire(
            rise,
            line.top(BASE_BITS)
                .extended(rise.width())
                .plus(climb.bits(climb.width() - 1, SLOPE_SHIFT).extended(rise.width()))));
    parts.add(new Wire(THRESHOLD, below.choose(half.minus(rise), half.plus(rise))));
    return parts;
  }

  /// Base and slope of each segment, the base above.
  private static List<Long> table() {
    int[] bases = Threshold.bases();
    int[] slopes = Threshold.slopes();
    List<Long> lines = new ArrayList<>();
    for (int segment = 0; segment < Threshold.SEGMENTS; segment++) {
      lines.add((long) bases[segment] << SLOPE_BITS | slopes[segment]);
    }
    return lines;
  }

  private static List<Part> clip() {
    Signal clipped = new Signal("clipped", THRESHOLD.width());
    Expression whole = I.bits(Short.SIZE - 2, Affine.FRACTION_BITS);
    Expression fraction =
        Expression.concat(
            Expression.constant(0, 1),
            I.bits(Affine.FRACTION_BITS - 1, 0),
            Expression.constant(0, Threshold.BITS - Affine.FRACTION_BITS));
    return List.of(
        new Wire(
            clipped,
            I.sign()
                .choose(
                    Expression.constant(0, clipped.width()),
                    whole
                        .equalTo(Expression.constant(0, whole.width()))
                        .choose(fraction, Expression.constant(Threshold.ONE, clipped.width())))),
        new Register(THRESHOLD, 0, clipped));
  }
}
