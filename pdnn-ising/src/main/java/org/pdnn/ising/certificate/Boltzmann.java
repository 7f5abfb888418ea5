package org.pdnn.ising.certificate;

import java.util.Arrays;
import java.util.List;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.names.Limits;

/// The Boltzmann distribution of a small model, state by state: p(m) = exp(-beta E(m)) / Z.
///
/// State s has spin i up if bit i of s is 1.
public final class Boltzmann {
  /// The most spins: a million states.
  public static final int MOST_SPINS = 20;

  private final int spins;
  private final double[] probabilities;

  private Boltzmann(int spins, double[] probabilities) {
    this.spins = spins;
    this.probabilities = probabilities;
  }

  /// The distribution of a model.
  ///
  /// @throws IllegalArgumentException if it has more than 20 spins
  public static Boltzmann of(IsingModel model, double beta) {
    Limits.between("spins to enumerate", 1, MOST_SPINS, model.size());
    double[] energies = energies(model);
    double least = Arrays.stream(energies).min().orElseThrow();
    double sum = 0;
    for (int state = 0; state < energies.length; state++) {
      energies[state] = Math.exp(-beta * (energies[state] - least));
      sum += energies[state];
    }
    for (int state = 0; state < energies.length; state++) {
      energies[state] /= sum;
    }
    return new Boltzmann(model.size(), energies);
  }

  /// The energies of all states. Each state of Gray's code is a spin away from the one before.
  private static double[] energies(IsingModel model) {
    double[] energies = new double[1 << model.size()];
    double energy = model.energy(Spins.of(model.size(), spin -> false));
    energies[0] = energy;
    for (int step = 1; step < energies.length; step++) {
      int state = step ^ step >>> 1;
      int flipped = Integer.numberOfTrailingZeros(step);
      double input = model.input(flipped, spin -> (state >>> spin & 1) != 0);
      energy += (state >>> flipped & 1) != 0 ? -2 * input : 2 * input;
      energies[state] = energy;
    }
    return energies;
  }

  /// The probability of a state.
  public double probability(Spins state) {
    return probabilities[index(state)];
  }

  private int index(Spins state) {
    int index = 0;
    for (int spin = 0; spin < spins; spin++) {
      index |= state.up(spin) ? 1 << spin : 0;
    }
    return index;
  }

  /// The total variation between the shares of samples and the distribution: half of the sum of the
  /// differences' magnitudes.
  ///
  /// @param value of these samples
  /// @param floor of as many independent samples of the distribution, on average
  /// @param error the standard deviation of that
  public record TotalVariation(double value, double floor, double error) {
    /// How many standard errors the value lies above the floor.
    public double excess() {
      return (value - floor) / error;
    }
  }

  /// The total variation of samples.
  public TotalVariation variation(List<Spins> samples) {
    int[] counts = new int[probabilities.length];
    for (Spins sample : samples) {
      counts[index(sample)]++;
    }
    int n = samples.size();
    double value = 0;
    double floor = 0;
    double variance = 0;
    for (int state = 0; state < counts.length; state++) {
      double p = probabilities[state];
      double expected = meanDeviation(n, p);
      value += Math.abs(counts[state] - n * p);
      floor += expected;
      variance += n * p * (1 - p) - expected * expected;
    }
    return new TotalVariation(
        value / (2.0 * n), floor / (2.0 * n), Math.sqrt(variance) / (2.0 * n));
  }

  /// The mean magnitude by which a binomial count misses its mean (A. de Moivre, 1730): 2 k C(n, k)
  /// p^k (1 - p)^(n - k + 1) with k = floor(n p) + 1.
  private static double meanDeviation(int n, double p) {
    if (p <= 0 || p >= 1) {
      return 0;
    }
    int k = (int) Math.floor(n * p) + 1;
    if (k > n) {
      return 2 * n * (1 - p) * Math.pow(p, n);
    }
    double logarithm =
        logFactorial(n)
            - logFactorial(k)
            - logFactorial(n - k)
            + k * Math.log(p)
            + (n - k + 1) * Math.log1p(-p);
    return 2 * k * Math.exp(logarithm);
  }

  /// By Stirling's series, whose error is below 1e-10 from 10 on.
  private static double logFactorial(int n) {
    double x = n + 1;
    double below = 0;
    while (x < 10) {
      below += Math.log(x);
      x++;
    }
    return (x - 0.5) * Math.log(x)
        - x
        + 0.5 * Math.log(2 * Math.PI)
        + 1 / (12 * x)
        - 1 / (360 * x * x * x)
        + 1 / (1260 * Math.pow(x, 5))
        - below;
  }
}
