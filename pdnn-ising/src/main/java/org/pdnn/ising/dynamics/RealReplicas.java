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
        sums = sums.add(signed(couplings[k], state[neighbours[k]] >>> lanes));
      }
      for (int k = firstTriple; k < lastTriple; k++) {
        sums = sums.add(signed(triples[k], ~(state[seconds[k]] ^ state[thirds[k]]) >>> lanes));
      }
      sums.intoArray(inputs, lanes);
    }
  }

  /// A number where a bit is 1, and minus the number where it is 0.
  private static DoubleVector signed(double value, long bits) {
    return DoubleVector.broadcast(DOUBLES, -value).blend(value, VectorMask.fromLong(DOUBLES, bits));
  }

  /// As [IsingModel#energy] adds them up: spins in ascending order, each with those after it.
  @Override
  void energies(double[] energies) {
    for (int lanes = 0; lanes < COUNT; lanes += DOUBLES.length()) {
      DoubleVector energy = DoubleVector.zero(DOUBLES);
      for (int spin = 0; spin < state.length; spin++) {
        int position = rows.positions[spin];
        VectorMask<Double> up = VectorMask.fromLong(DOUBLES, state[position] >>> lanes);
        DoubleVector term = term(spin, position, lanes);
        energy = energy.sub(term.neg().blend(term, up));
      }
      energy.intoArray(energies, lanes);
    }
  }

  /// A spin's field, and its couplings with the spins after it.
  private DoubleVector term(int spin, int position, int lanes) {
    DoubleVector term = DoubleVector.broadcast(DOUBLES, rows.fields[position]);
    for (int k = rows.starts[position]; k < rows.starts[position + 1]; k++) {
      if (order().spin(rows.neighbours[k]) > spin) {
        term = term.add(signed(rows.couplings[k], state[rows.neighbours[k]] >>> lanes));
      }
    }
    for (int k = rows.tripleStarts[position]; k < rows.tripleStarts[position + 1]; k++) {
      int second = rows.seconds[k];
      if (order().spin(second) > spin) {
        long equal = ~(state[second] ^ state[rows.thirds[k]]);
        term = term.add(signed(rows.tripleCouplings[k], equal >>> lanes));
      }
    }
    return term;
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
