package org.pdnn.reproduction;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.EightBits;
import org.pdnn.experiment.Retrofit;
import org.pdnn.experiment.RetrofitCurve;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Neuron;
import org.pdnn.report.Axis;
import org.pdnn.report.Column;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Rows;
import org.pdnn.report.Series;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.tradeoff.ParetoFront;

/// Fewer bits elsewhere: networks of one-bit weights (BinaryConnect), of one-bit weights and
/// activations (binarised), and in integers of eight bits, beside p-bits.
public final class Baselines extends Experiment {
  private static final int CALIBRATION = 500;

  private static final List<Technology> TECHNOLOGIES =
      Stream.of("sram65", "hbm2-sram65").map(Technology::named).toList();

  public Baselines() {
    super("baselines", "", "Samples or bits", "cifar10");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    ClassifierPlan networks = ClassifierPlan.of(budget, data, seed);
    Images training = networks.training();
    List<Cell<?>> cells = new ArrayList<>();
    cells.add(curve(networks, networks.twin(), Retrofit.NONE));
    cells.add(curve(networks, networks.twin(), Retrofit.weights(WeightFormat.parse("4g"), false)));
    cells.add(new EightBits(networks.twin(), Budget.some(training, CALIBRATION), networks.test()));
    cells.add(curve(networks, networks.deterministic(1), Retrofit.NONE));
    cells.add(curve(networks, networks.binary(Neuron.parse("sigmoid")), Retrofit.NONE));
    cells.add(curve(networks, networks.binary(Neuron.parse("tanh:1bit")), Retrofit.NONE));
    int s = budget == Budget.STANDARD || budget == Budget.PAPER ? 5 : 2;
    cells.add(curve(networks, networks.pdnn(s), Retrofit.NONE));
    cells.add(curve(networks, networks.binaryPdnn(1), Retrofit.NONE));
    return cells;
  }

  private static RetrofitCurve curve(
      ClassifierPlan networks, TrainedNetwork model, Retrofit retrofit) {
    List<Integer> samples =
        networks.budget() == Budget.TINY ? List.of(1, 2, 4) : List.of(1, 2, 3, 5, 10, 32);
    return new RetrofitCurve(
        model,
        retrofit,
        Retrofit.NONE,
        networks.test(),
        Evaluation.independent(samples, networks.seed(), 2));
  }

  @Override
  void draw(Findings findings, Reproduction page) {
    List<Baseline> measured = found(Baseline.all(findings));
    page.remark(
        "One-bit weights are signs times a fixed scale for each layer, learnt with"
            + " straight-through gradients to clipped real weights (BinaryConnect); with one-bit"
            + " activations the network is binarised, with the gradient of tanh in place of the"
            + " hard tanh.",
        "Deterministic networks of 32-bit and of one-bit weights and binarised ones are trained"
            + " from scratch; p-bits, and one-bit activations of 32-bit weights, follow the one"
            + " with their weights, by fewer epochs.",
        "Four-bit weights are rounded after training, in groups of 64, eight bits in the first and"
            + " last layer; scales are free.",
        "Integers of eight bits are measured in ONNX Runtime, their ranges calibrated with training"
            + " images.",
        "Energies are those of the convention strict with pixels of eight bits; arithmetic on fewer"
            + " bits scales with the width of adders and the area of multipliers.",
        "Only networks whose weights have equal bits are compared; each width has a front of its"
            + " own. No p-bits of 8-bit or 4-bit weights were measured here, so integers of eight"
            + " bits and four-bit weights stand alone in the table.");
    Rows<Baseline> rows =
        new Rows<>(measured)
            .add("network", "network", Baseline::name)
            .add("weightBits", "bits of weights", Baseline::weightBits)
            .add("samples", "T", Baseline::samples)
            .add(Column.percent("accuracy", "accuracy"), Baseline::accuracy);
    for (Technology technology : TECHNOLOGIES) {
      List<Baseline> front = new ArrayList<>();
      for (List<Baseline> comparable : byWeights(measured)) {
        List<Baseline> best = front(comparable, technology);
        if (comparable.stream().map(Baseline::name).distinct().count() > 1) {
          page.add(figure(comparable, best, technology));
          front.addAll(best);
        }
      }
      rows.add(
              Column.of("nanojoules/" + technology.name(), technology.name()).in("nJ").as("%,.0f"),
              one -> one.energy(technology).nanojoules())
          .add(
              "front/" + technology.name(),
              "on the front of its weights, " + technology.name(),
              one -> front.contains(one) ? "front" : "");
    }
    page.add(
        rows.table(
            "baselines-table",
            "Samples beside bits",
            "Energies are of one image. Compare rows whose weights have equal bits."));
  }

  /// What may be compared: networks of equal weights, in the order of their first.
  private static Collection<List<Baseline>> byWeights(List<Baseline> measured) {
    return measured.stream()
        .collect(
            Collectors.groupingBy(Baseline::weightBits, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private static List<Baseline> front(List<Baseline> measured, Technology technology) {
    return ParetoFront.of(
        measured,
        comparing(one -> one.energy(technology)),
        comparingDouble(one -> one.accuracy().value()));
  }

  private static Figure figure(
      List<Baseline> measured, List<Baseline> front, Technology technology) {
    SequencedMap<String, List<Point>> points = new LinkedHashMap<>();
    for (Baseline one : measured) {
      points.computeIfAbsent(one.name(), _ -> new ArrayList<>()).add(one.point(technology));
    }
    List<Series> series = new ArrayList<>();
    points.forEach((title, of) ->
        series.add(of.size() == 1 ? Series.markers(title, of) : Series.line(title, of)));
    series.add(
        new Series.Steps(
            "Pareto front",
            front.stream().map(one -> one.point(technology).labelled("")).toList()));
    int seeds = measured.stream().mapToInt(one -> one.seeds().count()).max().orElse(1);
    int bits = measured.getFirst().weightBits();
    return new Figure(
        "baselines-%s-bit-%s".formatted(bits, technology.name()),
        "Accuracy against energy, %s-bit weights, %s".formatted(bits, technology.name()),
        "One colour per network. The front, in steps, is the best accuracy that an energy buys. "
            + new NoiseSeeds(seeds).words(),
        Axis.log10("Energy per image", "nJ"),
        Charts.ACCURACY,
        series);
  }
}
