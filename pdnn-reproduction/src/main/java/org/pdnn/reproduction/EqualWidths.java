package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.pdnn.data.DataSet;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.CurveByClass;
import org.pdnn.experiment.FrozenNetwork;
import org.pdnn.experiment.MeasuredCurve;
import org.pdnn.experiment.SampledCurve;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;
import org.pdnn.random.Imperfection;
import org.pdnn.random.Scheme;
import org.pdnn.reproduction.Variants.Placement;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// Samples or bits, on equal terms: p-DNNs and deterministic networks with weights and inputs of
/// the same bits, trained for as many epochs from starts that were searched alike, over several
/// training runs.
public final class EqualWidths extends Experiment {
  private final Variants variants;

  /// What a budget allows.
  ///
  /// @param trained the s
  /// @param bits of activations that are trained for
  /// @param widths bits of weights
  /// @param samples the T
  /// @param realSamples the T in real numbers
  private record Scale(
      List<Integer> trained,
      List<Integer> bits,
      List<Precision> widths,
      List<Integer> samples,
      List<Integer> realSamples) {
    static Scale of(Budget budget, Variants variants) {
      return switch (budget) {
        case TINY ->
            new Scale(
                List.of(1),
                variants.bits().stream().limit(1).toList(),
                widths("8"),
                List.of(1, 2),
                List.of(1, 2));
        case QUICK, STANDARD -> of(5, variants);
        case PAPER -> of(45, variants);
      };
    }

    private static Scale of(int most, Variants variants) {
      return new Scale(
          variants.bits().isEmpty() ? List.of(most) : List.of(1, most),
          variants.bits(),
          widths("8", "4"),
          variants.samples(),
          variants.realSamples());
    }

    private static List<Precision> widths(String... notations) {
      return Stream.of(notations).map(Precision::parse).toList();
    }
  }

  private EqualWidths(String name, String title, Variants variants) {
    super(name, "", title, "cifar10");
    this.variants = variants;
  }

  /// VGG5, with p-bits before its pools and after them.
  public static EqualWidths vgg5() {
    return new EqualWidths("equal-widths", "Samples or bits at equal widths", Variants.VGG5);
  }

  /// ResNet-8, with p-bits after its sums.
  public static EqualWidths resnet8() {
    return new EqualWidths("residual", "Samples or bits in a residual network", Variants.RESNET8);
  }

  /// ResNet-8, with p-bits after its sums, before them and before its convolutions.
  public static EqualWidths resnet8Places() {
    return new EqualWidths(
        "residual-places", "Where p-bits stand in a residual network", Variants.RESNET8_PLACES);
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    Scale scale = Scale.of(budget, variants);
    Course course = variants.course().apply(budget);
    ClassifierPlan base = ClassifierPlan.of(budget, course, data, seed);
    return LongStream.range(seed, seed + course.runs())
        .mapToObj(
            one -> new Run(variants, scale, base, ClassifierPlan.of(budget, course, data, one)))
        .flatMap(run -> run.cells().stream())
        .toList();
  }

  @Override
  void draw(Findings findings, Reproduction page) {
    OverRuns measured = OverRuns.of(name(), SettingRun.all(findings, variants));
    EqualWidthsCharts charts = new EqualWidthsCharts(name(), variants, measured);
    page.remark(
        "In each training run a deterministic network is trained from scratch. All that are"
            + " compared, itself included, follow it for as many further epochs, each kind of"
            + " neuron from the best of nine starts, found on training images of the first run.",
        variants.neurons()
            + " Networks of 8-bit activations are those of 32 bits with activations rounded.",
        "Weights are rounded after training, 8 bits in the first and the last layer, inputs to 8"
            + " bits, on both sides by the same quantiser; accuracies are measured so. Networks of"
            + " 32-bit weights are not priced. "
            + Variants.ARITHMETIC,
        "Energies are those of the convention strict.",
        intervals(measured.runs().size()));
    measured.widths().forEach(width -> page.add(charts.front(width)));
    page.add(charts.answers())
        .add(charts.numbers())
        .add(charts.starts(findings))
        .add(
            Charts.trainings(
                name() + "-trainings",
                findings.of(TrainedNetwork.KIND).stream().map(Found::recipe).toList()));
    List<Integer> trained = SettingRun.trained(findings).stream().sorted().distinct().toList();
    new EqualWidthsOrderings(variants, measured, trained.getLast(), trained.getFirst())
        .all()
        .forEach(page::order);
  }

  private static String intervals(int runs) {
    return runs < Estimate.FEWEST_REPETITIONS
        ? String.format(
            Locale.ROOT,
            "%s measured on the same images with one noise seed each; intervals of differences are"
                + " over images and noise, not over trainings.",
            runs == 1
                ? "There is one training run,"
                : "Means are shown of " + runs + " training runs,")
        : String.format(
            Locale.ROOT,
            "Intervals are of Student over %s training runs, all measured on the same images with"
                + " one noise seed each: they cover other trainings and other noise, not other"
                + " images. Each interval is of its own: of twenty that hold nothing, one is"
                + " expected to exclude 0.",
            runs);
  }

  /// What is trained from one seed and measured.
  ///
  /// @param base the first training run, on which starts are searched for all
  private record Run(Variants variants, Scale scale, ClassifierPlan base, ClassifierPlan networks) {
    List<Cell<?>> cells() {
      List<Cell<?>> cells = new ArrayList<>();
      for (String preset : variants.deterministic()) {
        TrainedNetwork twin = networks.following(networks.first(preset));
        cells.addAll(deterministic(twin, twin.neuron()));
        cells.addAll(deterministic(twin, neuron(8)));
      }
      String few = variants.deterministic().getFirst();
      for (int bits : scale.bits()) {
        TrainedNetwork network = following(few, few, neuron(bits), 1);
        cells.addAll(deterministic(network, network.neuron()));
      }
      for (int s : scale.trained()) {
        for (Placement placement : variants.placements()) {
          cells.addAll(probabilistic(following(placement.first(), placement.preset(), pbit(), s)));
        }
      }
      if (variants.frozen()) {
        cells.addAll(frozen());
      }
      return cells;
    }

    private Neuron neuron(int bits) {
      return new Neuron.Deterministic(networks.course().activation(), bits);
    }

    private Neuron pbit() {
      return new Neuron.PBit(networks.course().activation());
    }

    private TrainedNetwork following(String first, String preset, Neuron neuron, int s) {
      return networks.following(
          networks.first(first), base.search(base.first(first), preset, neuron), s);
    }

    private List<Cell<?>> deterministic(TrainedNetwork model, Neuron neuron) {
      List<Cell<?>> cells = new ArrayList<>();
      for (Precision width : scale.widths()) {
        cells.add(curve(model, Optional.empty(), neuron, Evaluation.once(), width));
      }
      cells.add(real(model, neuron, Evaluation.once()));
      return cells;
    }

    private List<Cell<?>> probabilistic(TrainedNetwork model) {
      List<Cell<?>> cells = new ArrayList<>();
      for (Precision width : scale.widths()) {
        Evaluation independent = evaluation(scale.samples());
        cells.add(curve(model, Optional.empty(), model.neuron(), independent, width));
        cells.add(curve(model, Optional.empty(), model.neuron(), shared(independent), width));
      }
      Evaluation independent = evaluation(scale.realSamples());
      cells.add(real(model, model.neuron(), independent));
      cells.add(real(model, model.neuron(), shared(independent)));
      return cells;
    }

    /// The deterministic network that few bits follow, converted without training.
    private List<Cell<?>> frozen() {
      Precision width = scale.widths().getFirst();
      TrainedNetwork twin = networks.following(networks.first(variants.deterministic().getFirst()));
      Optional<FrozenNetwork> frozen = Optional.of(networks.frozen(twin, width));
      Evaluation independent = evaluation(scale.samples());
      return Stream.of(independent, shared(independent))
          .<Cell<?>>map(by -> curve(twin, frozen, pbit(), by, width))
          .toList();
    }

    private Evaluation evaluation(List<Integer> samples) {
      return Evaluation.independent(samples, networks.seed(), 1);
    }

    private static Evaluation shared(Evaluation independent) {
      return independent.with(Scheme.SCRAMBLED, LastHidden.EXPECTATION);
    }

    private Cell<?> real(TrainedNetwork model, Neuron neuron, Evaluation evaluation) {
      return new MeasuredCurve(model, neuron, networks.test(), evaluation);
    }

    private Cell<?> curve(
        TrainedNetwork model,
        Optional<FrozenNetwork> frozen,
        Neuron neuron,
        Evaluation evaluation,
        Precision width) {
      return new CurveByClass(
          new SampledCurve(
              model,
              frozen,
              neuron,
              SampledCurve.Place.SAME,
              networks.test(),
              evaluation,
              width,
              new Imperfection.None()));
    }
  }
}
