package org.pdnn.ising.dynamics;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.ising.IsingModel;
import org.pdnn.random.RandomWords;

/// Replicas of a model of small whole numbers: inputs in bytes, one for each replica, and their
/// probabilities from a table.
///
/// With m = 2b - 1 an input is (h - sum of J) + sum of 2J b: the selective accumulation of a p-bit.
/// The word of a neighbour is the mask under which 2J is added to all replicas at once; of a triple
/// it is where both others are equal.
final class ByteReplicas extends Replicas {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(INTS.vectorBitSize()));

  private final Steps steps;
  private final ReplicaWords words;
  private final Rows rows;

  /// J of each neighbour, in units.
  private final byte[] couplings;

  /// K of each triple, in units.
  private final byte[] triples;

  /// h - sum of J - sum of K, in units.
  private final byte[] bases;

  /// Entries for each beta: inputs from -most to most.
  private final int span;

  private double[] betas = {};
  private int[] bounds = {};

  /// Where the inputs of 0 of each replica's beta stand in the table.
  private final int[] offsets = new int[COUNT];

  private final int[] indices = new int[COUNT];

  ByteReplicas(IsingModel model, UpdateOrder order, Steps steps, RandomWords words, long first) {
    super(model, order, words, first);
    this.steps = steps;
    this.words = new ReplicaWords(words, first);
    this.span = 2 * steps.most() + 1;
    this.rows = new Rows(model, order);
    this.couplings = steps.of(rows.couplings);
    this.triples = steps.of(rows.tripleCouplings);
    this.bases = steps.of(rows.fields);
    for (int position = 0; position < bases.length; position++) {
      for (int k = rows.starts[position]; k < rows.starts[position + 1]; k++) {
        bases[position] -= couplings[k];
      }
      for (int k = rows.tripleStarts[position]; k < rows.tripleStarts[position + 1]; k++) {
        bases[position] -= triples[k];
      }
    }
  }

  @Override
  void sweep(double[] betas, int[] rows, int sweep) {
    tabulate(betas);
    for (int replica = 0; replica < COUNT; replica++) {
      offsets[replica] = rows[replica] * span + steps.most();
    }
    for (int position = 0; position < state.length; position += ReplicaWords.POSITIONS) {
      int[] drawn = words.draw(position, sweep);
      int end = Math.min(position + ReplicaWords.POSITIONS, state.length);
      for (int each = position; each < end; each++) {
        state[each] = update(each, drawn, (each - position) * COUNT);
      }
    }
  }

  private void tabulate(double[] now) {
    if (!Arrays.equals(betas, now)) {
      betas = now.clone();
      bounds = new int[span * betas.length];
      for (int row = 0; row < betas.length; row++) {
        for (int input = 0; input < span; input++) {
          bounds[row * span + input] =
              HeatBath.bound(2 * betas[row] * ((input - steps.most()) * steps.unit()));
        }
      }
    }
  }

  /// The spin of all replicas, drawn anew.
  private long update(int position, int[] drawn, int at) {
    int[] neighbours = rows.neighbours;
    int from = rows.starts[position];
    int to = rows.starts[position + 1];
    int[] seconds = rows.seconds;
    int[] thirds = rows.thirds;
    int firstTriple = rows.tripleStarts[position];
    int lastTriple = rows.tripleStarts[position + 1];
    long up = 0;
    for (int part = 0; part < COUNT; part += BYTES.length()) {
      ByteVector inputs = ByteVector.broadcast(BYTES, bases[position]);
      for (int k = from; k < to; k++) {
        VectorMask<Byte> mask = VectorMask.fromLong(BYTES, state[neighbours[k]] >>> part);
        inputs = inputs.add((byte) (2 * couplings[k]), mask);
      }
      for (int k = firstTriple; k < lastTriple; k++) {
        long equal = ~(state[seconds[k]] ^ state[thirds[k]]);
        inputs = inputs.add((byte) (2 * triples[k]), VectorMask.fromLong(BYTES, equal >>> part));
      }
      for (int lanes = 0; lanes < BYTES.length(); lanes += INTS.length()) {
        ((IntVector) inputs.convertShape(VectorOperators.B2I, INTS, lanes / INTS.length()))
            .add(IntVector.fromArray(INTS, offsets, part + lanes))
            .intoArray(indices, 0);
        up |=
            IntVector.fromArray(INTS, drawn, at + part + lanes)
                    .lanewise(VectorOperators.LSHR, 1)
                    .compare(VectorOperators.LE, IntVector.fromArray(INTS, bounds, 0, indices, 0))
                    .toLong()
                << (part + lanes);
      }
    }
    return up;
  }

  /// Of each pair and triple the first position adds it, with what comes after it.
  @Override
  void energies(double[] energies) {
    int[] sums = new int[COUNT];
    for (int position = 0; position < state.length; position++) {
      addTerms(position, sums);
    }
    for (int replica = 0; replica < COUNT; replica++) {
      energies[replica] = 0 - steps.unit() * sums[replica];
    }
  }

  private void addTerms(int position, int[] sums) {
    long up = state[position];
    byte field = (byte) (rows.fields[position] / steps.unit());
    for (int part = 0; part < COUNT; part += BYTES.length()) {
      ByteVector inputs = ByteVector.broadcast(BYTES, field);
      for (int k = rows.starts[position]; k < rows.starts[position + 1]; k++) {
        if (rows.neighbours[k] > position) {
          long word = state[rows.neighbours[k]];
          inputs =
              inputs
                  .sub(couplings[k])
                  .add((byte) (2 * couplings[k]), VectorMask.fromLong(BYTES, word >>> part));
        }
      }
      for (int k = rows.tripleStarts[position]; k < rows.tripleStarts[position + 1]; k++) {
        if (rows.seconds[k] > position && rows.thirds[k] > position) {
          long equal = ~(state[rows.seconds[k]] ^ state[rows.thirds[k]]);
          inputs =
              inputs
                  .sub(triples[k])
                  .add((byte) (2 * triples[k]), VectorMask.fromLong(BYTES, equal >>> part));
        }
      }
      for (int lanes = 0; lanes < BYTES.length(); lanes += INTS.length()) {
        IntVector terms =
            (IntVector) inputs.convertShape(VectorOperators.B2I, INTS, lanes / INTS.length());
        IntVector.fromArray(INTS, sums, part + lanes)
            .sub(terms)
            .add(terms.add(terms), VectorMask.fromLong(INTS, up >>> (part + lanes)))
            .intoArray(sums, part + lanes);
      }
    }
  }
}
