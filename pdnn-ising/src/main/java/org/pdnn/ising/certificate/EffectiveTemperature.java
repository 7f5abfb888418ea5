package org.pdnn.ising.certificate;

import java.util.List;
import java.util.Optional;
import org.pdnn.evaluation.Estimate;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;

/// The temperature that samples show: the beta and the bias a for which each spin, given the
/// others, is likeliest, P(m_i = +1) = 1 / (1 + exp(-2 (beta I_i + a))) (maximum pseudolikelihood;
/// J. Besag, The Statistician 24, 1975). Samples of the model have its beta, and no bias.
///
/// Samples are independent of each other, their spins are not: the errors are those of the sum of a
/// sample's scores.
///
/// @param beta with its standard error
/// @param bias likewise
public record EffectiveTemperature(Fitted beta, Fitted bias) {
  /// Newton's steps before a fit is given up.
  private static final int STEPS = 50;

  /// Spins that are fitted, of as many samples as have them, but for [Certificate#FEWEST].
  private static final int MOST_SPINS = 1 << 22;

  /// A fitted number.
  ///
  /// @param error its standard error
  public record Fitted(double value, double error) {
    /// How many standard errors it lies from what it should be.
    public double deviation(double expected) {
      return (value - expected) / error;
    }

    /// With an interval of 95 %.
    public Estimate estimate() {
      return new Estimate(value, value - 1.96 * error, value + 1.96 * error);
    }
  }

  /// Fits samples: of many the first, four million spins.
  ///
  /// @return nothing where no fit is likeliest, as every spin follows its input without exception,
  ///   or no input differs from another
  public static Optional<EffectiveTemperature> of(IsingModel model, List<Spins> samples) {
    int most = Math.max(Certificate.FEWEST, MOST_SPINS / model.size());
    List<Spins> fitted = samples.subList(0, Math.min(most, samples.size()));
    double beta = 0;
    double bias = 0;
    for (int step = 0; step < STEPS; step++) {
      Scores scores = Scores.of(model, fitted, beta, bias);
      double determinant = scores.determinant();
      if (!(determinant > 1e-12 * scores.byBeta * scores.byBias)) {
        return Optional.empty();
      }
      double toBeta = (scores.byBias * scores.beta - scores.across * scores.bias) / determinant;
      double toBias = (scores.byBeta * scores.bias - scores.across * scores.beta) / determinant;
      beta += toBeta;
      bias += toBias;
      if (Math.abs(toBeta) < 1e-9 * (1 + Math.abs(beta)) && Math.abs(toBias) < 1e-9) {
        return Optional.of(Scores.of(model, fitted, beta, bias).fitted(beta, bias));
      }
    }
    return Optional.empty();
  }

  /// The derivatives of the log-pseudolikelihood: sums over samples of their first ones, of the
  /// products of these, and the information.
  private static final class Scores {
    private double beta;
    private double bias;
    private double byBeta;
    private double byBias;
    private double across;
    private double betaSquares;
    private double biasSquares;
    private double products;

    static Scores of(IsingModel model, List<Spins> samples, double beta, double bias) {
      Scores scores = new Scores();
      samples.forEach(sample -> scores.add(model, sample, beta, bias));
      return scores;
    }

    private void add(IsingModel model, Spins sample, double atBeta, double atBias) {
      double ofBeta = 0;
      double ofBias = 0;
      for (int spin = 0; spin < model.size(); spin++) {
        double input = model.input(spin, sample::up);
        double mean = Math.tanh(atBeta * input + atBias);
        double score = sample.value(spin) - mean;
        double information = 1 - mean * mean;
        ofBeta += score * input;
        ofBias += score;
        byBeta += information * input * input;
        byBias += information;
        across += information * input;
      }
      beta += ofBeta;
      bias += ofBias;
      betaSquares += ofBeta * ofBeta;
      biasSquares += ofBias * ofBias;
      products += ofBeta * ofBias;
    }

    double determinant() {
      return byBeta * byBias - across * across;
    }

    /// The inverse information, on both sides of the variance of the scores.
    EffectiveTemperature fitted(double beta, double bias) {
      double determinant = determinant();
      double a = byBias / determinant;
      double b = -across / determinant;
      double c = byBeta / determinant;
      return new EffectiveTemperature(
          new Fitted(
              beta, Math.sqrt(a * a * betaSquares + 2 * a * b * products + b * b * biasSquares)),
          new Fitted(
              bias, Math.sqrt(b * b * betaSquares + 2 * b * c * products + c * c * biasSquares)));
    }
  }
}
