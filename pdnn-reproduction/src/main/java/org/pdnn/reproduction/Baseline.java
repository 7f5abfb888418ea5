package org.pdnn.reproduction;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.pdnn.energy.BitWidths;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.Estimate;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Activation;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.sweep.Entry;
import org.pdnn.training.WeightForm;

/// One way to have fewer bits, as it was measured.
///
/// @param name in charts
/// @param network whose work is charged, with any weights
/// @param weightBits of the hidden layers
/// @param edgeBits of the first and the last layer of weights
/// @param samples T
/// @param accuracy share of images answered rightly
/// @param seeds noise seeds that it is the mean over
record Baseline(
    String name,
    Network network,
    int weightBits,
    int edgeBits,
    int samples,
    Estimate accuracy,
    int seeds) {
  private static final int PIXEL_BITS = 8;

  /// What an entry measured: a point for each T; nothing if it is none of these.
  static Stream<Baseline> of(Entry entry) {
    JsonNode recipe = entry.recipe();
    return switch (recipe.path("kind").asText()) {
      case "eight-bits" -> Stream.of(eightBits(entry));
      case "retrofit" ->
          recipe.path("retrofit").has("neuron") ? Stream.of() : curve(entry).stream();
      default -> Stream.of();
    };
  }

  private static Baseline eightBits(Entry entry) {
    Network network = network(entry, new Neuron.Deterministic(Activation.SIGMOID, 8));
    double accuracy = entry.result().path("accuracy").asDouble();
    return new Baseline("8-bit integers", network, 8, 8, 1, Estimate.exact(accuracy), 1);
  }

  private static List<Baseline> curve(Entry entry) {
    JsonNode recipe = entry.recipe();
    JsonNode model = recipe.path("model");
    Neuron neuron = Neuron.parse(model.path("neuron").asText());
    String form = model.path("weights").asText("real");
    String rounded = recipe.path("retrofit").path("weights").asText();
    boolean binary = form.equals(WeightForm.BINARY.toString());
    int bits = binary ? 1 : rounded.isEmpty() ? 32 : WeightFormat.parse(rounded).bits();
    int edge =
        rounded.isEmpty() || recipe.path("retrofit").path("edges").asBoolean()
            ? bits
            : Lowering.EDGE.bits();
    Network network = network(entry, neuron);
    return Points.all(entry.result()).stream()
        .map(point ->
            new Baseline(
                name(neuron, bits, model.path("samples").asInt()),
                network,
                bits,
                edge,
                point.path("samples").asInt(),
                new Estimate(
                    point.path("accuracy").asDouble(),
                    point.path("accuracyLow").asDouble(),
                    point.path("accuracyHigh").asDouble()),
                recipe.path("seeds").asInt()))
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

  private static Network network(Entry entry, Neuron neuron) {
    int[] input =
        StreamSupport.stream(entry.result().path("input").spliterator(), false)
            .mapToInt(JsonNode::asInt)
            .toArray();
    return Preset.network(
        entry.recipe().path("model").path("network").asText(),
        Shape.of(input),
        entry.result().path("classes").asInt(),
        neuron);
  }

  /// Of one image. Pixels have eight bits for all.
  Joules energy(Technology technology) {
    BitWidths widths =
        BitWidths.FULL.withWeight(weightBits).withEdge(edgeBits).withInput(PIXEL_BITS);
    return new EnergyModel(technology, Convention.STRICT.withWidths(widths))
        .breakdown(Workload.of(network))
        .at(samples)
        .total();
  }

  /// As in `T = 10`; nothing where nothing is random.
  String label() {
    return network.random() ? "T = " + samples : "";
  }
}
