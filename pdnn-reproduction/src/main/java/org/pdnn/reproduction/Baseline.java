package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.energy.BitWidths;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Estimate;
import org.pdnn.experiment.EightBits;
import org.pdnn.experiment.RetrofitCurve;
import org.pdnn.experiment.RetrofitResult;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Activation;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.random.Scheme;
import org.pdnn.report.Point;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.training.WeightForm;

/// One way to have fewer bits, as it was measured.
///
/// @param name in charts
/// @param network whose work is charged, with any weights
/// @param weights of the hidden layers
/// @param edgeBits of the first and the last layer of weights
/// @param samples T
/// @param accuracy share of images classified correctly
record Baseline(
    String name,
    Network network,
    Precision weights,
    int edgeBits,
    int samples,
    Estimate accuracy,
    NoiseSeeds seeds) {
  /// What was measured: a point for each T, in the order of the cells.
  static List<Baseline> all(Findings findings) {
    List<Baseline> all = new ArrayList<>();
    for (Fields recipe : findings.recipes()) {
      if (recipe.text("kind").equals(EightBits.KIND.name())) {
        findings.result(EightBits.KIND, recipe).map(found -> of(recipe, found)).ifPresent(all::add);
      } else if (recipe.text("kind").equals(RetrofitCurve.KIND.name())
          && !recipe.object("retrofit").has("neuron")) {
        findings
            .result(RetrofitCurve.KIND, recipe)
            .ifPresent(found -> all.addAll(of(recipe, found)));
      }
    }
    return all.stream().distinct().toList();
  }

  private static Baseline of(Fields recipe, EightBits.Result found) {
    Neuron neuron = new Neuron.Deterministic(Activation.SIGMOID, 8);
    Network network = network(recipe, found.input(), found.classes(), neuron);
    return new Baseline(
        "8-bit integers",
        network,
        Precision.parse("8"),
        8,
        1,
        Estimate.exact(found.accuracy()),
        new NoiseSeeds(1));
  }

  private static List<Baseline> of(Fields recipe, RetrofitResult found) {
    Fields model = recipe.object("model");
    Fields retrofit = recipe.object("retrofit");
    Neuron neuron = Neuron.parse(model.text("neuron"));
    boolean binary =
        model.has("weights") && model.text("weights").equals(WeightForm.BINARY.toString());
    boolean rounded = retrofit.has("weights");
    Precision weights = Precision.parse(binary ? "1" : rounded ? retrofit.text("weights") : "32");
    int bits = bits(weights);
    int edge = rounded && !retrofit.truth("edges") ? Lowering.EDGE.bits() : bits;
    Network network = network(recipe, found.input(), found.classes(), neuron);
    NoiseSeeds seeds = new Run(recipe).seeds();
    return found.points().stream()
        .map(point ->
            new Baseline(
                name(neuron, bits, model.integer("samples")),
                network,
                weights,
                edge,
                point.samples(),
                seeds.interval(point.accuracy()),
                seeds))
        .toList();
  }

  private static String name(Neuron neuron, int weightBits, int trainedWith) {
    String activations =
        switch (neuron) {
          case Neuron.PBit _ -> "p-bits, s = " + trainedWith;
          case Neuron.Noisy _ -> "noisy " + neuron.bits() + "-bit activations";
          case Neuron.Deterministic _ -> neuron.bits() + "-bit activations";
        };
    return "%s-bit weights, %s".formatted(weightBits, activations);
  }

  private static Network network(Fields recipe, List<Integer> input, int classes, Neuron neuron) {
    Shape shape = Shape.of(input.stream().mapToInt(Integer::intValue).toArray());
    return Preset.network(recipe.object("model").text("network"), shape, classes, neuron);
  }

  private static int bits(Precision weights) {
    return weights.weights().map(WeightFormat::bits).orElse(BitWidths.FULL.weight());
  }

  /// Bits of the hidden layers' weights; only networks of equal ones are compared.
  int weightBits() {
    return bits(weights);
  }

  /// Of one image, by the convention strict with independent samples. Pixels have eight bits for
  /// all, and one-bit weights lie in the first and the last layer, too, where they were learnt.
  Joules energy(Technology technology) {
    Pricing pixels =
        new Pricing(
            technology, Convention.STRICT.withWidths(BitWidths.FULL.withInput(InputGrid.BITS)));
    Convention charged = pixels.charged(Scheme.INDEPENDENT, LastHidden.BITS, weights);
    return new EnergyModel(technology, charged.withWidths(charged.widths().withEdge(edgeBits)))
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
