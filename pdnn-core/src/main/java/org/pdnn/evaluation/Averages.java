package org.pdnn.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.LastHidden;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;

/// The T-averages of a network's outputs for labelled inputs, by number of samples and noise seed,
/// filled in by a caller that computes many inputs at once.
public final class Averages {
  private final Evaluation evaluation;
  private final int[] labels;
  private final boolean random;

  /// By point, seed, input and class.
  private final float[][][][] outputs;

  /// Places to be filled in.
  ///
  /// @param evaluation what is measured
  /// @param classes outputs of the network
  /// @param random whether the network is; if not, it has one point and one seed
  public Averages(Evaluation evaluation, int[] labels, int classes, boolean random) {
    this.evaluation = evaluation;
    this.labels = labels.clone();
    this.random = random;
    int points = random ? evaluation.samples().size() : 1;
    int seeds = random ? evaluation.seeds() : 1;
    this.outputs = new float[points][seeds][labels.length][classes];
  }

  /// Fills in the averages of some inputs.
  ///
  /// @param point index among the evaluation's numbers of samples
  /// @param rows outputs of the inputs from `first` on, one input after the other
  /// @throws IllegalStateException if one is not finite
  public void put(int point, int seed, int first, float[] rows) {
    int classes = outputs[point][seed][first].length;
    for (int i = 0; i < rows.length; i++) {
      if (!Float.isFinite(rows[i])) {
        throw new IllegalStateException(
            "input %s gives the output %s; the network's weights are too large"
                .formatted(first + i / classes, rows[i]));
      }
      outputs[point][seed][first + i / classes][i % classes] = rows[i];
    }
  }

  /// How many numbers of samples there are.
  public int points() {
    return outputs.length;
  }

  /// How many noise seeds there are.
  public int seeds() {
    return outputs[0].length;
  }

  /// Which inputs were classified correctly at one number of samples.
  public Correctness correctness(int point) {
    return Correctness.of(outputs[point], labels);
  }

  /// Which inputs were classified correctly with T samples.
  ///
  /// @throws IllegalArgumentException if T was not among the evaluation's numbers of samples
  public Correctness at(int samples) {
    int point = evaluation.samples().indexOf(samples);
    if (point < 0 || point >= outputs.length) {
      throw new IllegalArgumentException(
          "%s samples were not measured, only %s".formatted(samples, evaluation.samples()));
    }
    return correctness(point);
  }

  /// The curve, as [Evaluation#measure] gives it. N_eq takes the variance of one pass from the
  /// single sample, and is absent if that was not measured or was no pass of bits.
  ///
  /// @param twin the outputs of the deterministic twin for the same inputs
  public Curve curve(Averages twin) {
    CurvePoint deterministic = CurvePoint.deterministic(twin.tally(0, 0, twin));
    if (!random) {
      return new Curve(List.of(deterministic), deterministic);
    }
    List<CurvePoint> points = new ArrayList<>();
    for (int point = 0; point < outputs.length; point++) {
      List<Tally> tallies = new ArrayList<>();
      for (int seed = 0; seed < outputs[point].length; seed++) {
        tallies.add(tally(point, seed, twin));
      }
      points.add(
          CurvePoint.of(
              evaluation.samples().get(point),
              Optional.of(evaluation.scheme()),
              tallies,
              worth(point)));
    }
    return new Curve(points, deterministic);
  }

  private Tally tally(int point, int seed, Averages twin) {
    Tally tally = new Tally();
    for (int i = 0; i < labels.length; i++) {
      double[] average = widened(outputs[point][seed][i]);
      tally.add(
          evaluation.outputs().probabilities(average),
          Outputs.argmax(average),
          labels[i],
          chosen(twin.outputs[0][0][i]));
    }
    return tally;
  }

  private Optional<Estimate> worth(int point) {
    int one = evaluation.samples().indexOf(1);
    boolean bits = evaluation.averaging() == Averaging.END && evaluation.last() == LastHidden.BITS;
    if (one < 0 || evaluation.seeds() < 2 || !bits) {
      return Optional.empty();
    }
    return EquivalentSamples.estimate(variances(one), variances(point));
  }

  /// Variance over the noise seeds by input, summed over the outputs.
  private double[] variances(int point) {
    double[] variances = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      double[][][] bySeed = new double[outputs[point].length][1][];
      for (int seed = 0; seed < bySeed.length; seed++) {
        bySeed[seed][0] = widened(outputs[point][seed][i]);
      }
      variances[i] = EquivalentSamples.ofAverage(bySeed, 1);
    }
    return variances;
  }

  private static double[] widened(float[] values) {
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }

  /// Index of the greatest value; of equal ones, the lowest index.
  static int chosen(float[] values) {
    return Outputs.argmax(widened(values));
  }
}
