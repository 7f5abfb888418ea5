package org.pdnn.tradeoff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.Grades;
import org.pdnn.evaluation.Measured;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Precision;

/// A setting that was tried on labelled inputs.
///
/// @param workload the network, whose weights may be any
/// @param accuracy share of inputs classified correctly, with its 95 % interval over noise seeds
/// @param runs which of the inputs were, in each training run, in the order of their seeds; empty
///   if it was not kept
public record Trial(Setting setting, Workload workload, Estimate accuracy, List<Correctness> runs) {
  public Trial {
    runs = List.copyOf(runs);
  }

  /// The setting that a line of results measured.
  ///
  /// @param network that of the line
  /// @throws IllegalArgumentException if it was averaged layer by layer, which has no price
  public static Trial of(ResultFile.Line line, Network network) {
    ResultFile.Origin run = line.provenance();
    if (run.averaging() == Averaging.LAYER) {
      throw new IllegalArgumentException(
          "%s was averaged layer by layer, which no equation prices; leave that result out"
              .formatted(line.model()));
    }
    Optional<Scheme> scheme = network.random() ? line.scheme() : Optional.empty();
    if (network.random() && scheme.isEmpty()) {
      throw new IllegalArgumentException(
          "%s draws random words, but its result is that of a deterministic network; measure it again"
              .formatted(line.model()));
    }
    Workload workload = Workload.of(network);
    Setting setting =
        new Setting(
            line.model(),
            workload.hidden().orElseThrow(),
            line.samples(),
            scheme,
            Precision.named(run.sampler()),
            run.last(),
            run.outputs());
    return new Trial(
        setting,
        workload,
        line.accuracy(),
        line.grades().map(Grades::correctness).stream().toList());
  }

  /// The trials of a network that was measured, one for each T.
  ///
  /// @param model its name
  /// @param weights what it was run in
  public static List<Trial> of(
      String model, Network network, Precision weights, Evaluation evaluation, Measured measured) {
    Workload workload = Workload.of(network);
    return IntStream.range(0, measured.points().size())
        .mapToObj(i -> {
          CurvePoint point = measured.curve().points().get(i);
          Setting setting =
              new Setting(
                  model,
                  fewestBits(network).orElseGet(() -> workload.hidden().orElseThrow()),
                  point.samples(),
                  point.scheme(),
                  weights,
                  evaluation.last(),
                  evaluation.outputs());
          return new Trial(setting, workload, point.accuracy(), List.of(measured.points().get(i)));
        })
        .toList();
  }

  /// The hidden neurons with the fewest bits of a network in which others are unbounded and have
  /// 32.
  private static Optional<Neuron> fewestBits(Network network) {
    return network.random()
        ? Optional.empty()
        : network.hiddenNeurons().stream()
            .map(i -> ((Neurons) network.layers().get(i)).neuron())
            .min(Comparator.comparing(Neuron::bits));
  }

  /// What was measured in several training runs of the same network, as one trial.
  ///
  /// @param runs at least one, of the same inputs; the setting is the first's
  public static Trial joined(List<Trial> runs) {
    Trial first = runs.getFirst();
    if (runs.size() == 1) {
      return first;
    }
    List<Correctness> all = new ArrayList<>();
    runs.forEach(run -> all.addAll(run.runs));
    double[] accuracies = runs.stream().mapToDouble(run -> run.accuracy.value()).toArray();
    return new Trial(first.setting, first.workload, Estimate.over(accuracies), all);
  }

  /// Whether anything is drawn.
  public boolean random() {
    return setting.scheme().isPresent();
  }

  /// The accuracy of this trial less that of another on the same inputs, with its 95 % interval.
  ///
  /// The interval is for other inputs and other noise: that of the mean over inputs of the
  /// differences. If both have at least [Estimate#FEWEST_REPETITIONS] training runs it is for other
  /// runs too: the wider of that interval and Student's over the differences of the runs.
  ///
  /// @throws IllegalArgumentException if one has no runs, or they have other inputs
  public Estimate minus(Trial other) {
    double[] own = shares();
    double[] others = other.shares();
    if (own.length != others.length) {
      throw new IllegalArgumentException(
          "the same inputs must be answered by both, got %s and %s"
              .formatted(own.length, others.length));
    }
    Estimate overInputs =
        Estimate.over(
            IntStream.range(0, own.length).mapToDouble(i -> own[i] - others[i]).toArray());
    if (runs.size() != other.runs.size() || runs.size() < Estimate.FEWEST_REPETITIONS) {
      return overInputs;
    }
    Estimate overRuns =
        Estimate.over(
            IntStream.range(0, runs.size())
                .mapToDouble(run ->
                    runs.get(run).accuracy().value() - other.runs.get(run).accuracy().value())
                .toArray());
    return new Estimate(
        overInputs.value(),
        Math.min(overInputs.low(), overRuns.low()),
        Math.max(overInputs.high(), overRuns.high()));
  }

  /// By input: the share of runs and noise seeds under which it was classified correctly.
  private double[] shares() {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException(
          "%s was measured without keeping which inputs were classified correctly"
              .formatted(setting.model()));
    }
    double[] shares = new double[runs.getFirst().inputs()];
    for (Correctness run : runs) {
      Arrays.setAll(shares, i -> shares[i] + (double) run.right(i) / run.seeds() / runs.size());
    }
    return shares;
  }
}
