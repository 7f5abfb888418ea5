package org.pdnn.evaluation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.pdnn.names.Limits;

/// Which inputs a network classified correctly, under each noise seed: what two networks are
/// compared by on the same inputs.
public final class Correctness {
  private final int inputs;
  private final List<BitSet> bySeed;

  /// @param inputs how many there are, at least 1
  /// @param bySeed the inputs classified correctly under each noise seed; one of a deterministic
  ///   network
  public Correctness(int inputs, List<BitSet> bySeed) {
    Limits.atLeast("inputs", 1, inputs);
    if (bySeed.isEmpty()) {
      throw new IllegalArgumentException("noise seeds must be at least 1, got 0");
    }
    for (BitSet right : bySeed) {
      if (right.length() > inputs) {
        throw new IllegalArgumentException(
            "input %s was answered, but there are %s".formatted(right.length() - 1, inputs));
      }
    }
    this.inputs = inputs;
    this.bySeed = bySeed.stream().map(right -> (BitSet) right.clone()).toList();
  }

  /// The answers to labelled inputs.
  ///
  /// @param outputs by seed and input: averages whose greatest value names the class
  public static Correctness of(float[][][] outputs, int[] labels) {
    return new Correctness(
        labels.length,
        Arrays.stream(outputs)
            .map(rows -> {
              BitSet right = new BitSet(labels.length);
              for (int i = 0; i < labels.length; i++) {
                right.set(i, Averages.chosen(rows[i]) == labels[i]);
              }
              return right;
            })
            .toList());
  }

  public int inputs() {
    return inputs;
  }

  /// How many noise seeds there are.
  public int seeds() {
    return bySeed.size();
  }

  /// The inputs classified correctly under each noise seed.
  public List<BitSet> bySeed() {
    return bySeed.stream().map(right -> (BitSet) right.clone()).toList();
  }

  /// Under how many noise seeds an input was classified correctly.
  public int right(int input) {
    int count = 0;
    for (BitSet right : bySeed) {
      count += right.get(input) ? 1 : 0;
    }
    return count;
  }

  /// Share of inputs classified correctly under one noise seed.
  public double accuracy(int seed) {
    return (double) bySeed.get(seed).cardinality() / inputs;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Correctness that && inputs == that.inputs && bySeed.equals(that.bySeed);
  }

  @Override
  public int hashCode() {
    return 31 * inputs + bySeed.hashCode();
  }

  /// Accuracy with the 95 % interval over noise seeds on these inputs.
  public Estimate accuracy() {
    double[] values = new double[seeds()];
    Arrays.setAll(values, this::accuracy);
    return Estimate.over(values).within(0, 1);
  }
}
