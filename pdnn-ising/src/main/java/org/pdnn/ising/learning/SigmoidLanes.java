package org.pdnn.ising.learning;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Probabilities of p-bits, a vector at a time, with the bits of [Rbm#probability]: by the
/// operations of [org.pdnn.network.Exponential], of which the compiler makes no vectors.
final class SigmoidLanes {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  private static final double LIMIT = 700;
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN2_HIGH = 0x1.62e42feep-1;
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
  private static final double ROUND = 0x1.8p52;

  private SigmoidLanes() {}

  /// Replaces inputs by probabilities.
  static void apply(float[] values) {
    int end = FLOATS.loopBound(values.length);
    for (int at = 0; at < end; at += FLOATS.length()) {
      DoubleVector x =
          (DoubleVector)
              FloatVector.fromArray(FLOATS, values, at)
                  .convertShape(VectorOperators.F2D, DOUBLES, 0);
      DoubleVector one = DoubleVector.broadcast(DOUBLES, 1);
      ((FloatVector) one.div(exp(x.neg()).add(1)).convertShape(VectorOperators.D2F, FLOATS, 0))
          .intoArray(values, at);
    }
    for (int at = end; at < values.length; at++) {
      values[at] = Rbm.probability(values[at]);
    }
  }

  private static DoubleVector exp(DoubleVector x) {
    DoubleVector bounded = x.max(-LIMIT).min(LIMIT);
    // The low bits of what is rounded to whole numbers are k.
    DoubleVector rounded = bounded.mul(LOG2_E).add(ROUND);
    DoubleVector k = rounded.sub(ROUND);
    DoubleVector r = bounded.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
    DoubleVector p = DoubleVector.broadcast(DOUBLES, 1.0 / 6227020800.0);
    p = p.mul(r).add(1.0 / 479001600.0);
    p = p.mul(r).add(1.0 / 39916800.0);
    p = p.mul(r).add(1.0 / 3628800.0);
    p = p.mul(r).add(1.0 / 362880.0);
    p = p.mul(r).add(1.0 / 40320.0);
    p = p.mul(r).add(1.0 / 5040.0);
    p = p.mul(r).add(1.0 / 720.0);
    p = p.mul(r).add(1.0 / 120.0);
    p = p.mul(r).add(1.0 / 24.0);
    p = p.mul(r).add(1.0 / 6.0);
    p = p.mul(r).add(0.5);
    p = p.mul(r).add(1);
    p = p.mul(r).add(1);
    return p.mul(
        rounded
            .reinterpretAsLongs()
            .add(1023)
            .lanewise(VectorOperators.LSHL, 52)
            .reinterpretAsDoubles());
  }
}
