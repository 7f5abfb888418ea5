package org.pdnn.ising.learning;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.ising.lanes.ExponentialLanes;

/// Probabilities of p-bits, a vector at a time, with the bits of [Rbm#probability].
final class SigmoidLanes {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

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
      ((FloatVector)
              one.div(ExponentialLanes.exp(x.neg()).add(1))
                  .convertShape(VectorOperators.D2F, FLOATS, 0))
          .intoArray(values, at);
    }
    for (int at = end; at < values.length; at++) {
      values[at] = Rbm.probability(values[at]);
    }
  }
}
