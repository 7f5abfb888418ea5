package org.pdnn.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pdnn.energy.Convention;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Technology;
import org.pdnn.files.JsonFile;
import org.pdnn.integer.Lowering;
import org.pdnn.names.Values;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sweep.Cell;

/// Energies at every combination of network, neuron, scheme, weights, technology, convention,
/// memory of the weights, and T: a file of lists in JSON, all but the networks with a usual value.
///
/// ```
/// {"network": ["vgg5", "mlp:784-64-10"], "neuron": "pbit:sigmoid",
///  "scheme": ["independent", "scrambled"], "weightBits": [8, 4, 1, 32],
///  "technology": "sram65", "convention": "strict",
///  "memoryPicojoulesPerBit": "0..5:0.001", "samples": "1..128"}
/// ```
///
/// @param memory pJ to read a bit of a weight, in the notation of [Values]; empty for what the
///   technologies have
/// @param samples T, in the same notation
public record EnergyGrid(
    List<String> networks,
    List<Neuron> neurons,
    List<Scheme> schemes,
    List<Precision> weights,
    List<Technology> technologies,
    List<Convention> conventions,
    Optional<String> memory,
    String samples) {
  /// Points that one cell computes, about: some tenths of a second.
  private static final int IN_A_CELL = 50_000;

  /// More are taken for a mistake.
  private static final int MOST_POINTS = 1_000_000_000;

  /// Reading 64 bits of DRAM takes some nJ.
  private static final BigDecimal MOST_PICOJOULES = new BigDecimal(1_000_000);

  private static final Map<String, String> USUAL =
      Map.of(
          "neuron", "pbit:sigmoid",
          "scheme", "scrambled",
          "weightBits", "8",
          "technology", "sram65",
          "convention", "strict",
          "samples", "1,2,4,8,16,32");

  private static final String NETWORK = "network";
  private static final String MEMORY = "memoryPicojoulesPerBit";

  public EnergyGrid {
    networks = List.copyOf(networks);
    neurons = List.copyOf(neurons);
    schemes = List.copyOf(schemes);
    weights = List.copyOf(weights);
    technologies = List.copyOf(technologies);
    conventions = List.copyOf(conventions);
    double points =
        (double) networks.size()
            * neurons.size()
            * schemes.size()
            * weights.size()
            * technologies.size()
            * conventions.size()
            * memory.map(EnergyGrid::picojoules).map(List::size).orElse(1)
            * samples(samples).size();
    if (points > MOST_POINTS) {
      throw new IllegalArgumentException(
          "a grid has at most %s points, this one has %s".formatted(MOST_POINTS, (long) points));
    }
  }

  /// Reads a grid from a file, of at most 1 MiB.
  ///
  /// @throws IOException in one sentence with the file and the key that is wrong
  public static EnergyGrid read(Path file) throws IOException {
    return JsonFile.read(file, "grid of energies", EnergyGrid::of);
  }

  /// Reads a grid from a file's bytes.
  ///
  /// @param file what to call them in a complaint
  /// @throws IOException in one sentence with the file and the key that is wrong
  public static EnergyGrid read(byte[] bytes, String file) throws IOException {
    return JsonFile.parse(bytes, file, EnergyGrid::of);
  }

  private static EnergyGrid of(JsonNode json) {
    Set<String> known = new TreeSet<>(USUAL.keySet());
    known.add(NETWORK);
    known.add(MEMORY);
    for (var key : json.properties()) {
      if (!known.contains(key.getKey())) {
        throw new IllegalArgumentException(
            "unknown key '%s'; a grid has %s".formatted(key.getKey(), String.join(", ", known)));
      }
    }
    if (!json.has(NETWORK)) {
      throw new IllegalArgumentException(
          "a grid needs a 'network', as in {\"network\": \"vgg5\", \"samples\": \"1..128\"}");
    }
    return new EnergyGrid(
        words(json, NETWORK),
        words(json, "neuron").stream().map(Neuron::parse).toList(),
        words(json, "scheme").stream().map(Scheme::parse).toList(),
        words(json, "weightBits").stream().map(Precision::parse).toList(),
        words(json, "technology").stream().map(Technology::named).toList(),
        words(json, "convention").stream().map(Convention::named).toList(),
        json.has(MEMORY) ? Optional.of(numbers(json, MEMORY)) : Optional.empty(),
        numbers(json, "samples"));
  }

  private static String numbers(JsonNode json, String key) {
    return String.join(",", words(json, key));
  }

  static List<Integer> samples(String notation) {
    return Values.parse(notation).whole("samples", Run.MOST_SAMPLES);
  }

  static List<Joules> picojoules(String notation) {
    return Values.parse(notation).all().stream()
        .map(value -> {
          if (value.signum() < 0 || value.compareTo(MOST_PICOJOULES) > 0) {
            throw new IllegalArgumentException(
                "'%s' must be 0 to %s, got %s".formatted(MEMORY, MOST_PICOJOULES, value));
          }
          return Joules.ofPicojoules(value.doubleValue());
        })
        .toList();
  }

  /// A text or number, or a list of them.
  private static List<String> words(JsonNode json, String key) {
    JsonNode value = json.get(key);
    if (value == null) {
      return List.of(USUAL.get(key));
    }
    List<JsonNode> all = value.isArray() ? value.valueStream().toList() : List.of(value);
    if (all.isEmpty() || !all.stream().allMatch(one -> one.isTextual() || one.isNumber())) {
      throw new IllegalArgumentException(
          "'%s' must be a text or a number, or a list of some of these".formatted(key));
    }
    return all.stream().map(JsonNode::asText).distinct().toList();
  }

  /// The work, in cells of some ten thousand points.
  ///
  /// @throws IllegalArgumentException if a network cannot be run as the grid says
  public List<Cell<?>> cells() {
    for (String network : networks) {
      neurons.forEach(neuron -> weights.forEach(one -> requireRun(network, neuron, one)));
    }
    int values = memory.map(EnergyGrid::picojoules).map(List::size).orElse(1);
    int some = Math.max(1, IN_A_CELL / samples(samples).size());
    List<Cell<?>> cells = new ArrayList<>();
    settings()
        .forEach(setting -> {
          for (int first = 0; first < values; first += some) {
            int end = Math.min(first + some, values);
            cells.add(new EnergyBlock(setting, memory, first, end, samples));
          }
        });
    return cells;
  }

  private Stream<EnergyBlock.Setting> settings() {
    return networks.stream().flatMap(this::settings);
  }

  private Stream<EnergyBlock.Setting> settings(String network) {
    return neurons.stream()
        .flatMap(neuron ->
            weights.stream()
                .flatMap(precision ->
                    schemes.stream()
                        .flatMap(scheme ->
                            technologies.stream()
                                .flatMap(technology ->
                                    conventions.stream()
                                        .map(convention ->
                                            new EnergyBlock.Setting(
                                                network,
                                                neuron,
                                                precision,
                                                scheme,
                                                technology,
                                                convention))))));
  }

  private static void requireRun(String name, Neuron neuron, Precision weights) {
    Network network = Preset.network(name, neuron);
    if (weights.weights().isEmpty() || !Precision.integers(network)) {
      return;
    }
    try {
      Lowering.of(network, weights.weights().get(), weights.grid());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s of %s with weights %s: %s; use weightBits 32"
              .formatted(name, neuron, weights, e.getMessage()),
          e);
    }
  }
}
