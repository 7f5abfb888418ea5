package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.pdnn.data.DataSet;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.CurveByClass;
import org.pdnn.experiment.MeasuredCurve;
import org.pdnn.experiment.SampledCurve;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.network.Activation;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;
import org.pdnn.random.Imperfection;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// Samples or bits, on equal terms: p-DNNs and deterministic networks with weights and inputs of
/// the same bits, trained for as many epochs from starts that were searched alike, over several
/// training runs.
public final class EqualWidths extends Experiment {
  static final String POOL_FIRST = "vgg5:pool-first";
  private static final List<String> ORDERS = List.of("vgg5", POOL_FIRST);

  /// What a budget allows.
  ///
  /// @param runs training seeds
  /// @param trained the s
  /// @param bits of activations that are trained for
  /// @param widths bits of weights
  /// @param samples the T
  /// @param realSamples the T in real numbers
  private record Scale(
      int runs,
      List<Integer> trained,
      List<Integer> bits,
      List<Precision> widths,
      List<Integer> samples,
      List<Integer> realSamples) {
    static Scale of(Budget budget) {
      return switch (budget) {
        case TINY ->
            new Scale(3, List.of(1), List.of(1), widths("8"), List.of(1, 2), List.of(1, 2));
        case QUICK -> of(2, 5);
        case STANDARD -> of(3, 5);
        case PAPER -> of(3, 45);
      };
    }

    private static Scale of(int runs, int most) {
      return new Scale(
          runs,
          List.of(1, most),
          List.of(1, 2, 3),
          widths("8", "4"),
          List.of(1, 2, 3, 4, 5, 8, 10, 16, 32),
          List.of(1, 2, 3, 5, 10));
    }

    private static List<Precision> widths(String... notations) {
      return Stream.of(notations).map(Precision::parse).toList();
    }
  }

  public EqualWidths() {
    super("equal-widths", "", "Samples or bits at equal widths", "cifar10");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    Scale scale = Scale.of(budget);
    ClassifierPlan base = ClassifierPlan.of(budget, data, seed);
    return LongStream.range(seed, seed + scale.runs())
        .mapToObj(one -> new Run(scale, base, ClassifierPlan.of(budget, data, one)))
        .flatMap(run -> run.cells().stream())
        .toList();
  }

  @Override
  void draw(Findings findings, Reproduction page) {
    OverRuns measured = OverRuns.of(findings);
    EqualWidthsCharts charts = new EqualWidthsCharts(measured);
    page.remark(
        "In each training run a deterministic network is trained from scratch. All that are"
            + " compared, itself included, follow it for as many further epochs, each kind of"
            + " neuron from the best of nine starts, found on training images of the first run.",
        "Deterministic neurons stand after the max pools, where they compute the same for less."
            + " Networks of 8-bit activations are those of 32 bits with activations rounded.",
        "Weights are rounded after training, 8 bits in the first and the last layer, inputs to 8"
            + " bits, on both sides by the same quantiser; accuracies are measured so. Networks of"
            + " 32-bit weights are not priced.",
        "Energies are those of the convention strict.",
        String.format(
            Locale.ROOT,
            "Intervals are of Student over %s training runs, all measured on the same images with"
                + " one noise seed each: they cover other trainings and other noise, not other"
                + " images. Each interval is of its own: of twenty that hold nothing, one is"
                + " expected to exclude 0.",
            measured.runs().size()));
    measured.widths().forEach(width -> page.add(charts.front(width)));
    page.add(charts.answers())
        .add(charts.numbers())
        .add(EqualWidthsCharts.starts(findings))
        .add(
            Charts.trainings(
                "equal-widths-trainings",
                findings.of(TrainedNetwork.KIND).stream().map(Found::recipe).toList()));
    List<Integer> trained = ContestantRun.trained(findings).stream().sorted().distinct().toList();
    new EqualWidthsOrderings(measured, trained.getLast(), trained.getFirst())
        .all()
        .forEach(page::order);
  }

  /// What is trained from one seed and measured.
  ///
  /// @param base the first training run, on which starts are searched for all
  private record Run(Scale scale, ClassifierPlan base, ClassifierPlan networks) {
    List<Cell<?>> cells() {
      List<Cell<?>> cells = new ArrayList<>();
      TrainedNetwork twin = networks.following(first(networks));
      cells.addAll(deterministic(twin, twin.neuron()));
      cells.addAll(deterministic(twin, neuron(8)));
      for (int bits : scale.bits()) {
        TrainedNetwork few = following(POOL_FIRST, neuron(bits), 1);
        cells.addAll(deterministic(few, few.neuron()));
      }
      for (int s : scale.trained()) {
        for (String order : ORDERS) {
          cells.addAll(probabilistic(following(order, ClassifierPlan.PBIT, s)));
        }
      }
      return cells;
    }

    private static Neuron neuron(int bits) {
      return new Neuron.Deterministic(Activation.SIGMOID, bits);
    }

    private static TrainedNetwork first(ClassifierPlan networks) {
      return networks.first(POOL_FIRST);
    }

    private TrainedNetwork following(String order, Neuron neuron, int s) {
      return networks.following(first(networks), base.search(first(base), order, neuron), s);
    }

    private List<Cell<?>> deterministic(TrainedNetwork model, Neuron neuron) {
      List<Cell<?>> cells = new ArrayList<>();
      for (Precision width : scale.widths()) {
        cells.add(curve(model, neuron, Evaluation.once(), width));
      }
      cells.add(new MeasuredCurve(model, neuron, networks.test(), Evaluation.once()));
      return cells;
    }

    private List<Cell<?>> probabilistic(TrainedNetwork model) {
      List<Cell<?>> cells = new ArrayList<>();
      for (Precision width : scale.widths()) {
        Evaluation independent = evaluation(scale.samples());
        cells.add(curve(model, model.neuron(), independent, width));
        cells.add(curve(model, model.neuron(), shared(independent), width));
      }
      Evaluation independent = evaluation(scale.realSamples());
      cells.add(MeasuredCurve.of(model, networks.test(), independent));
      cells.add(MeasuredCurve.of(model, networks.test(), shared(independent)));
      return cells;
    }

    private Evaluation evaluation(List<Integer> samples) {
      return Evaluation.independent(samples, networks.seed(), 1);
    }

    private static Evaluation shared(Evaluation independent) {
      return independent.with(Scheme.SCRAMBLED, LastHidden.EXPECTATION);
    }

    private CurveByClass curve(
        TrainedNetwork model, Neuron neuron, Evaluation evaluation, Precision width) {
      return new CurveByClass(
          new SampledCurve(
              model,
              neuron,
              SampledCurve.Place.SAME,
              networks.test(),
              evaluation,
              width,
              new Imperfection.None()));
    }
  }
}
