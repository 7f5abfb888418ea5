package org.pdnn.reproduction;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.pdnn.data.DataSet;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.Retrofit;
import org.pdnn.experiment.RetrofitCurve;
import org.pdnn.experiment.TrainedNetwork;
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

/// Samples or bits where weights have one bit: p-bits beside activations of 32 bits (BinaryConnect)
/// and of one (binarised).
public final class OneBitWeights extends Experiment {
  private static final List<Technology> TECHNOLOGIES =
      Stream.of("sram65", "hbm2-sram65").map(Technology::named).toList();

  public OneBitWeights() {
    super("one-bit-weights", "", "Samples or bits with one-bit weights", "cifar10");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    ClassifierPlan networks = ClassifierPlan.of(budget, data, seed);
    List<Integer> samples = budget == Budget.TINY ? List.of(1, 2, 4) : List.of(1, 2, 3, 5, 10, 32);
    Evaluation evaluation = Evaluation.independent(samples, seed, 2);
    List<Cell<?>> cells = new ArrayList<>();
    for (TrainedNetwork model :
        List.of(
            networks.binary(Neuron.parse("sigmoid")),
            networks.binary(Neuron.parse("tanh:1bit")),
            networks.binaryPdnn(1))) {
      cells.add(
          new RetrofitCurve(model, Retrofit.NONE, Retrofit.NONE, networks.test(), evaluation));
    }
    return cells;
  }

  @Override
  void draw(Findings findings, Reproduction page) {
    List<OneBitPoint> measured = found(OneBitPoint.all(findings));
    page.remark(
        "One-bit weights are signs times a fixed scale for each layer, learnt with"
            + " straight-through gradients to clipped real weights (BinaryConnect); with one-bit"
            + " activations the network is binarised, with the gradient of tanh in place of the"
            + " hard tanh.",
        "Deterministic networks are trained from scratch; p-bits follow the one of 32-bit"
            + " activations, by fewer epochs.",
        "Energies are those of the convention strict with pixels of eight bits; arithmetic on fewer"
            + " bits scales with the width of adders and the area of multipliers.");
    Rows<OneBitPoint> rows =
        new Rows<>(measured)
            .add("network", "network", OneBitPoint::name)
            .add("samples", "T", OneBitPoint::samples)
            .add(Column.percent("accuracy", "accuracy"), OneBitPoint::accuracy);
    for (Technology technology : TECHNOLOGIES) {
      List<OneBitPoint> front =
          ParetoFront.of(
              measured,
              comparing(one -> one.energy(technology)),
              comparingDouble(one -> one.accuracy().value()));
      page.add(figure(measured, front, technology));
      rows.add(
              Column.of("nanojoules/" + technology.name(), technology.name()).in("nJ").as("%,.0f"),
              one -> one.energy(technology).nanojoules())
          .add(
              "front/" + technology.name(),
              "on the front, " + technology.name(),
              one -> front.contains(one) ? "front" : "");
    }
    page.add(
        rows.table(
            "one-bit-weights-table",
            "Samples beside bits, one-bit weights",
            "Energies are of one image."));
  }

  private static Figure figure(
      List<OneBitPoint> measured, List<OneBitPoint> front, Technology technology) {
    SequencedMap<String, List<Point>> points = new LinkedHashMap<>();
    for (OneBitPoint one : measured) {
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
    return new Figure(
        "one-bit-weights-" + technology.name(),
        "Accuracy against energy, " + technology.name(),
        "One colour per network. The front, in steps, is the best accuracy that an energy buys. "
            + new NoiseSeeds(seeds).words(),
        Axis.log10("Energy per image", "nJ"),
        Charts.ACCURACY,
        series);
  }
}
