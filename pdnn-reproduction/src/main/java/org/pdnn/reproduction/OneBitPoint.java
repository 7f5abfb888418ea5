package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.energy.BitWidths;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Estimate;
import org.pdnn.experiment.RetrofitCurve;
import org.pdnn.experiment.RetrofitResult;
import org.pdnn.integer.InputGrid;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.random.Scheme;
import org.pdnn.report.Point;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.training.WeightForm;

/// A network of one-bit weights at one T, as it was measured.
///
/// @param name in charts
/// @param network whose work is charged, with any weights
/// @param samples T
/// @param accuracy share of images classified correctly
record OneBitPoint(String name, Network network, int samples, Estimate accuracy, NoiseSeeds seeds) {
  /// A point for each T, in the order of the cells.
  static List<OneBitPoint> all(Findings findings) {
    List<OneBitPoint> all = new ArrayList<>();
    for (Found<RetrofitResult> found : findings.of(RetrofitCurve.KIND)) {
      Run run = new Run(found.recipe());
      if (run.model().has("weights")
          && run.model().text("weights").equals(WeightForm.BINARY.toString())) {
        all.addAll(of(run, found.result()));
      }
    }
    return all;
  }

  private static List<OneBitPoint> of(Run run, RetrofitResult found) {
    Neuron neuron = Neuron.parse(run.model().text("neuron"));
    Shape shape = Shape.of(found.input().stream().mapToInt(Integer::intValue).toArray());
    Network network = Preset.network(run.model().text("network"), shape, found.classes(), neuron);
    String name = neuron.random() ? "p-bits, " + run.name() : neuron.bits() + "-bit activations";
    return found.points().stream()
        .map(point ->
            new OneBitPoint(
                name,
                network,
                point.samples(),
                run.seeds().interval(point.accuracy()),
                run.seeds()))
        .toList();
  }

  /// Of one image, by the convention strict with independent samples. Pixels have eight bits;
  /// weights have one bit in the first and the last layer, too, where they were learnt so.
  Joules energy(Technology technology) {
    Pricing pixels =
        new Pricing(
            technology, Convention.STRICT.withWidths(BitWidths.FULL.withInput(InputGrid.BITS)));
    Convention charged = pixels.charged(Scheme.INDEPENDENT, LastHidden.BITS, Precision.parse("1"));
    return new EnergyModel(technology, charged.withWidths(charged.widths().withEdge(1)))
        .energy(network, samples)
        .total();
  }

  /// Accuracy in percent against energy in nJ, with T beside it where anything is random.
  Point point(Technology technology) {
    Point point = Point.of(energy(technology).nanojoules(), 100 * accuracy.value());
    return (seeds.makeAnInterval()
            ? point.between(100 * accuracy.low(), 100 * accuracy.high())
            : point)
        .labelled(network.random() ? "T = " + samples : "");
  }
}
