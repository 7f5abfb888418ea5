package org.pdnn.ising.learning;

import org.pdnn.names.Limits;

/// What a machine of few hidden bits is exactly, by enumeration of their states: each leaves the
/// visible bits independent, so that their sum is a product.
///
/// @param logPartition log Z
/// @param visible the means of the visible bits
/// @param hidden the means of the hidden bits
/// @param products the means of h_j v_i, at j * visible bits + i
@SuppressWarnings("ArrayRecordComponent") // the caller's own, compared by nobody
public record Exact(double logPartition, double[] visible, double[] hidden, double[] products) {
  /// The most hidden bits: a million states.
  public static final int MOST_HIDDEN = 20;

  /// Enumerates a machine.
  ///
  /// @throws IllegalArgumentException if it has more than 20 hidden bits
  public static Exact of(Rbm rbm) {
    Limits.between("hidden bits to enumerate", 1, MOST_HIDDEN, rbm.hidden());
    Enumeration enumeration = new Enumeration(rbm);
    double most = Double.NEGATIVE_INFINITY;
    for (int step = 0; step < 1 << rbm.hidden(); step++) {
      most = Math.max(most, enumeration.go(step));
    }
    double sum = 0;
    double[] visible = new double[rbm.visible()];
    double[] hidden = new double[rbm.hidden()];
    double[] products = new double[rbm.weight().size()];
    enumeration = new Enumeration(rbm);
    for (int step = 0; step < 1 << rbm.hidden(); step++) {
      double p = Math.exp(enumeration.go(step) - most);
      sum += p;
      for (int i = 0; i < visible.length; i++) {
        double mean = p / (1 + Math.exp(-enumeration.inputs[i]));
        visible[i] += mean;
        for (int left = enumeration.state; left != 0; left &= left - 1) {
          products[Integer.numberOfTrailingZeros(left) * visible.length + i] += mean;
        }
      }
      for (int left = enumeration.state; left != 0; left &= left - 1) {
        hidden[Integer.numberOfTrailingZeros(left)] += p;
      }
    }
    for (double[] sums : new double[][] {visible, hidden, products}) {
      for (int k = 0; k < sums.length; k++) {
        sums[k] /= sum;
      }
    }
    return new Exact(most + Math.log(sum), visible, hidden, products);
  }

  /// The logarithm of Z alone.
  public static double logPartition(Rbm rbm) {
    Limits.between("hidden bits to enumerate", 1, MOST_HIDDEN, rbm.hidden());
    Enumeration enumeration = new Enumeration(rbm);
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int step = 0; step < 1 << rbm.hidden(); step++) {
      double logarithm = enumeration.go(step);
      if (logarithm > most) {
        sum *= Math.exp(most - logarithm);
        most = logarithm;
      }
      sum += Math.exp(logarithm - most);
    }
    return most + Math.log(sum);
  }

  /// The mean log-likelihood of states of the visible bits: log p(v) = -F(v) - log Z.
  public static double logLikelihood(Rbm rbm, float[]... states) {
    return logLikelihood(rbm, Examples.of(states));
  }

  /// The same of examples of bits.
  public static double logLikelihood(Rbm rbm, Examples examples) {
    double sum = 0;
    float[] state = new float[rbm.visible()];
    for (int index = 0; index < examples.count(); index++) {
      examples.read(index, state);
      sum -= rbm.freeEnergy(state);
    }
    return sum / examples.count() - logPartition(rbm);
  }

  /// The hidden states in the order of Gray's code: each differs from the one before in one bit.
  private static final class Enumeration {
    private final Rbm rbm;
    private final double[] inputs;
    private int state;
    private double linear;

    Enumeration(Rbm rbm) {
      this.rbm = rbm;
      this.inputs = new double[rbm.visible()];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = rbm.visibleBias().get(i);
      }
    }

    /// Goes to the state of a step, from that of the step before.
    ///
    /// @return the logarithm of its weight in Z: c h + sum over i of log(1 + exp(I_i))
    double go(int step) {
      if (step > 0) {
        int unit = Integer.numberOfTrailingZeros(step);
        state ^= 1 << unit;
        int sign = (state >>> unit & 1) != 0 ? 1 : -1;
        linear += sign * rbm.hiddenBias().get(unit);
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] += sign * rbm.weight().get(unit * inputs.length + i);
        }
      }
      double logarithm = linear;
      for (double input : inputs) {
        logarithm += Rbm.softplus(input);
      }
      return logarithm;
    }
  }
}
