package org.pdnn.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.pdnn.names.Limits;
import org.pdnn.network.Network;
import org.pdnn.random.Normal;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.Workers;

/// Accuracy at any number of samples, predicted from the logits of a few passes.
///
/// The mean of many passes' logits is nearly normal: its mean is that of one pass, its covariance
/// that of one pass over N_eq. The accuracy is the mean over inputs of the probability that the
/// label's logit is the greatest, here by addressed draws from that distribution, the same for
/// every N_eq.
///
/// The mean is itself only known from M passes, worth W independent ones. It has the covariance of
/// one pass over W already, so the draws add the rest, 1 / N_eq - 1 / W; both together are exact in
/// expectation. Beyond W nothing is left to add: there the accuracy is continued as a straight line
/// in 1 / N_eq through its values at W and W / 2, since what noise costs is linear in its variance
/// where it is small (docs/theory.md).
public final class AccuracyPrediction {
  /// Draws an input.
  public static final int DRAWS = 256;

  private final double worth;
  private final double[] margins;

  private final Drawn[] inputs;

  /// One input's mean logits, and deviations of one pass from them by draw and class.
  private static final class Drawn {
    private final double[] mean;
    private final double[][] deviations;
    private final int label;

    Drawn(double[] mean, double[][] deviations, int label) {
      this.mean = mean;
      this.deviations = deviations;
      this.label = label;
    }

    /// How often the label has the greatest logit, the deviations scaled; of equal ones the first
    /// class wins.
    int right(double scale) {
      int right = 0;
      double[] logits = new double[mean.length];
      for (double[] deviation : deviations) {
        for (int i = 0; i < logits.length; i++) {
          logits[i] = mean[i] + scale * deviation[i];
        }
        right += Outputs.argmax(logits) == label ? 1 : 0;
      }
      return right;
    }
  }

  private AccuracyPrediction(double worth, double[] margins, Drawn[] inputs) {
    this.worth = worth;
    this.margins = margins;
    this.inputs = inputs;
  }

  /// Runs a few passes of every input.
  ///
  /// @param run M passes, averaged at the end, at least 2
  /// @param worth how many independent ones of their own kind these passes are worth: M if
  ///   independent, else N_eq(M) / N_eq(1) as an [Evaluation] measures it
  /// @param seed of the passes and of the draws
  public static AccuracyPrediction measure(
      Network network,
      Precision precision,
      LabelledInputs inputs,
      Run run,
      double worth,
      long seed,
      int threads) {
    if (run.samples() < 2 || run.averaging() != Averaging.END || !network.random()) {
      throw new IllegalArgumentException(
          "a prediction needs at least 2 random passes averaged at the end, got %s"
              .formatted(run.samples()));
    }
    if (!(worth > 1)) {
      throw new IllegalArgumentException("passes must be worth more than 1, got " + worth);
    }
    Limits.atLeast("inputs", 1, inputs.count());
    Sampler sampler = precision.sampler(network, run);
    RandomWords words = new Philox(seed);
    RandomWords draws = Philox.forPurpose(seed, "prediction");
    double[] margins = new double[inputs.count()];
    Drawn[] drawn = new Drawn[inputs.count()];
    Workers.forEach(
        inputs.count(),
        threads,
        () -> {
          Sampler own = sampler.fork();
          float[] input = new float[network.input().size()];
          return index -> {
            inputs.read(index, input);
            LogitMoments moments = LogitMoments.of(own.passes(input, index, words), worth);
            int label = LabelledInputs.label(inputs, index, moments.mean().length);
            margins[index] = moments.margin(label);
            drawn[index] = draw(moments, label, index, draws);
          };
        });
    return new AccuracyPrediction(worth, margins, drawn);
  }

  private static Drawn draw(LogitMoments moments, int label, long index, RandomWords draws) {
    double[][] root = moments.root();
    int classes = root.length;
    double[][] deviations = new double[DRAWS][classes];
    int[] words = new int[classes];
    for (int draw = 0; draw < DRAWS; draw++) {
      draws.fill(index, 0, draw, words);
      double[] normal = Arrays.stream(words).mapToDouble(Normal::quantile).toArray();
      for (int i = 0; i < classes; i++) {
        for (int k = 0; k <= i; k++) {
          deviations[draw][i] += root[i][k] * normal[k];
        }
      }
    }
    return new Drawn(moments.mean(), deviations, label);
  }

  /// The predicted share of inputs whose class is the true one.
  ///
  /// @param equivalentPasses N_eq of the passes averaged, in passes of the kind that was measured;
  ///   infinity for the limit
  public double at(double equivalentPasses) {
    if (!(equivalentPasses > 0)) {
      throw new IllegalArgumentException(
          "equivalent passes must be above 0, got " + equivalentPasses);
    }
    double rest = 1 / equivalentPasses - 1 / worth;
    if (rest >= 0) {
      return accuracy(rest);
    }
    double atWorth = accuracy(0);
    return Math.clamp(atWorth + (accuracy(1 / worth) - atWorth) * rest * worth, 0.0, 1.0);
  }

  private double accuracy(double variance) {
    double scale = Math.sqrt(variance);
    long right = IntStream.range(0, inputs.length).mapToLong(i -> inputs[i].right(scale)).sum();
    return (double) right / DRAWS / inputs.length;
  }

  /// Share of inputs whose label leads its strongest rival by more than so many deviations of one
  /// pass, as far as the mean of the measured passes tells.
  public double shareAbove(double margin) {
    return (double) Arrays.stream(margins).filter(value -> value > margin).count() / margins.length;
  }
}
