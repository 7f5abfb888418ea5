package org.pdnn.ising.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [org.pdnn.network.Exponential] a vector at a time, by the same operations and so with the same
/// bits; of its own code the compiler makes no vectors.
public final class ExponentialLanes {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  private static final double LIMIT = 700;
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN2_HIGH = 0x1.62e42feep-1;
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
  private static final double ROUND = 0x1.8p52;

  private ExponentialLanes() {}

  /// The exponentials of a vector of the machine's width.
  public static DoubleVector exp(DoubleVector x) {
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
