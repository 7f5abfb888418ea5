package org.pdnn.ising.dynamics;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.lanes.ExponentialLanes;
import org.pdnn.random.RandomWords;

/// Replicas of any model: inputs in 64-bit numbers, added in the order of the definition, and
/// probabilities by its operations.
final class RealReplicas extends Replicas {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> HALF_INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

  private final ReplicaWords words;
  private final Rows rows;

  /// 2 beta of each replica.
  private final double[] slopes = new double[COUNT];

  private final double[] inputs = new double[COUNT];

  RealReplicas(IsingModel model, UpdateOrder order, RandomWords words, long first) {
    super(model, order, words, first);
    this.words = new ReplicaWords(words, first);
    this.rows = new Rows(model, order);
  }

  @Override
  void sweep(double[] betas, int[] rows, int sweep) {
    Arrays.setAll(slopes, replica -> 2 * betas[rows[replica]]);
    for (int position = 0; position < state.length; position += ReplicaWords.POSITIONS) {
      int[] drawn = words.draw(position, sweep);
      int end = Math.min(position + ReplicaWords.POSITIONS, state.length);
      for (int each = position; each < end; each++) {
        accumulate(each);
        state[each] = drawn(drawn, (each - position) * COUNT);
      }
    }
  }

  /// The inputs of a position's replicas.
  private void accumulate(int position) {
    int[] neighbours = rows.neighbours;
    double[] couplings = rows.couplings;
    int from = rows.starts[position];
    int to = rows.starts[position + 1];
    int[] seconds = rows.seconds;
    int[] thirds = rows.thirds;
    double[] triples = rows.tripleCouplings;
    int firstTriple = rows.tripleStarts[position];
    int lastTriple = rows.tripleStarts[position + 1];
    for (int lanes = 0; lanes < COUNT; lanes += DOUBLES.length()) {
      DoubleVector sums = DoubleVector.broadcast(DOUBLES, rows.fields[position]);
      for (int k = from; k < to; k++) {
        VectorMask<Double> up = VectorMask.fromLong(DOUBLES, state[neighbours[k]] >>> lanes);
        sums = sums.add(DoubleVector.broadcast(DOUBLES, -couplings[k]).blend(couplings[k], up));
      }
      for (int k = firstTriple; k < lastTriple; k++) {
        VectorMask<Double> equal =
            VectorMask.fromLong(DOUBLES, ~(state[seconds[k]] ^ state[thirds[k]]) >>> lanes);
        sums = sums.add(DoubleVector.broadcast(DOUBLES, -triples[k]).blend(triples[k], equal));
      }
      sums.intoArray(inputs, lanes);
    }
  }

  /// The spins of all replicas, by their inputs: [HeatBath#bound] and [HeatBath#up].
  private long drawn(int[] drawn, int at) {
    long up = 0;
    for (int lanes = 0; lanes < COUNT; lanes += DOUBLES.length()) {
      DoubleVector twice =
          DoubleVector.fromArray(DOUBLES, slopes, lanes)
              .mul(DoubleVector.fromArray(DOUBLES, inputs, lanes));
      DoubleVector probabilities =
          DoubleVector.broadcast(DOUBLES, HeatBath.ONE)
              .div(ExponentialLanes.exp(twice.neg()).add(1))
              .add(HeatBath.ROUND)
              .sub(HeatBath.ROUND);
      DoubleVector numbers =
          (DoubleVector)
              IntVector.fromArray(HALF_INTS, drawn, at + lanes)
                  .lanewise(VectorOperators.LSHR, 1)
                  .convertShape(VectorOperators.I2D, DOUBLES, 0);
      up |= numbers.compare(VectorOperators.LT, probabilities).toLong() << lanes;
    }
    return up;
  }
}
