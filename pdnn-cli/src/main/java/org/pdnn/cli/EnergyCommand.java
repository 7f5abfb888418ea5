package org.pdnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.Joules;
import org.pdnn.energy.LastLayer;
import org.pdnn.energy.LayerEnergy;
import org.pdnn.energy.MemoryPoint;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Environment;
import org.pdnn.names.Nearest;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn energy`: what a network's inference costs, before anyone builds it.
@Command(
    name = "energy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Predict the energy of one inference against the number of samples (eq. 4).",
    footer = {
      "",
      "Examples:",
      "  pdnn energy paper:vgg5",
      "  pdnn energy paper:vgg5 --technology hbm2-sram65 --convention strict --samples 1..32",
      "  pdnn energy p5.safetensors --samples 10 --layers",
      "  pdnn energy paper:vgg5 --samples 10 --sweep-memory 0..5:0.5 --format csv"
    })
final class EnergyCommand implements Callable<Integer> {
  private static final String PAPER_VGG5 = "paper:vgg5";
  private static final Shape CIFAR = Shape.of(3, 32, 32);

  @Parameters(paramLabel = "MODEL", description = "A model file, or paper:vgg5.")
  private String model = PAPER_VGG5;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--technology",
      paramLabel = "NAME|FILE",
      defaultValue = "sram65",
      description = "sram65, hbm2-sram65, fpga-bram, or a file of constants (default: sram65).")
  private String technology = "sram65";

  @Option(
      names = "--samples",
      paramLabel = "T,...",
      defaultValue = "1,2,4,8,16,32",
      converter = SampleCounts.class,
      description = "Numbers of samples (default: ${DEFAULT-VALUE}).")
  private SampleCounts.Counts samples = new SampleCounts.Counts(List.of(1));

  @Option(
      names = "--convention",
      paramLabel = "paper|strict",
      defaultValue = "paper",
      description =
          "What is counted: as in the paper's fig. 6b, or what the algorithm does"
              + " (default: paper).")
  private String convention = "paper";

  @Option(
      names = "--last",
      paramLabel = "bits|expectation",
      defaultValue = "bits",
      description = "What the last hidden layer hands on; expectation needs --convention strict.")
  private LastLayer last = LastLayer.BITS;

  @Option(names = "--layers", description = "Show each layer instead of each T (first T only).")
  private boolean layers;

  @Option(
      names = "--sweep-memory",
      paramLabel = "FROM..TO:STEP",
      description = "Sweep the energy of reading a weight, in pJ per bit, at the first T.")
  private @Nullable String sweep;

  @Option(names = "--seed", defaultValue = "1", description = "Noted; nothing here is random.")
  private long seed = 1;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Network network = network();
    EnergyModel energy =
        new EnergyModel(technology(technology), Convention.named(convention), last);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model);
    TextTable table;
    if (sweep != null) {
      table = sweep(energy, network, json);
    } else if (layers) {
      table = layers(energy, network, json);
    } else {
      table = curve(energy, network, json);
    }
    ObjectNode provenance = json.putObject("provenance");
    provenance
        .put("seed", seed)
        .put("technology", technology)
        .put("convention", convention)
        .put("version", Environment.here().version());
    energy.convention().assumptions().forEach(provenance.putArray("assumptions")::add);
    table.after(
        "Convention %s:\n  %s"
            .formatted(convention, String.join("\n  ", energy.convention().assumptions())));
    output.print(spec.commandLine().getOut(), new OutputOptions.Document(table, json));
    return 0;
  }

  private Network network() throws IOException {
    if (model.equals(PAPER_VGG5)) {
      return Preset.network("vgg5", CIFAR, 10, Neuron.parse("pbit:sigmoid"));
    }
    if (!model.endsWith(".safetensors") && !Files.exists(Path.of(model))) {
      throw new IllegalArgumentException(
          "'%s' is neither a model file nor a preset%s; use paper:vgg5 or a .safetensors file"
              .formatted(model, Nearest.suggestion(model, List.of(PAPER_VGG5))));
    }
    return Model.read(Path.of(model)).network();
  }

  /// A shipped technology by its name, or a user's from a file.
  static Technology technology(String name) throws IOException {
    Path file = Path.of(name);
    return name.endsWith(".json") || Files.exists(file)
        ? Technology.read(file)
        : Technology.named(name);
  }

  private TextTable curve(EnergyModel energy, Network network, ObjectNode json) {
    TextTable table =
        new TextTable(
            "T", "weights nJ", "activations nJ", "synapse nJ", "neuron nJ", "total nJ", "gain");
    ArrayNode curve = json.putArray("curve");
    for (int count : samples.values()) {
      EnergyPoint point = energy.points(network, count, count).getFirst();
      ObjectNode node = curve.addObject().put("samples", point.samples());
      terms(node, point.energy()).put("gain", point.gain());
      table.row(cells(String.valueOf(point.samples()), point.energy(), point.gain()));
    }
    return table;
  }

  private TextTable layers(EnergyModel energy, Network network, ObjectNode json) {
    int count = samples.values().getFirst();
    TextTable table =
        new TextTable(
            "layer", "weights nJ", "activations nJ", "synapse nJ", "neuron nJ", "total nJ");
    json.put("samples", count);
    ArrayNode all = json.putArray("layers");
    for (LayerEnergy layer : energy.breakdown(network).layers()) {
      EnergyTerms terms = layer.at(count);
      terms(all.addObject().put("layer", layer.index()).put("name", layer.name()), terms);
      Object[] cells = cells(layer.index() + " " + layer.name(), terms, 0);
      table.row(Arrays.copyOf(cells, cells.length - 1));
    }
    return table;
  }

  private TextTable sweep(EnergyModel energy, Network network, ObjectNode json) {
    int count = samples.values().getFirst();
    double[] range = range(sweep);
    TextTable table =
        new TextTable(
            "pJ/bit",
            "weights nJ",
            "activations nJ",
            "synapse nJ",
            "neuron nJ",
            "total nJ",
            "gain");
    ArrayNode curve = json.putArray("curve");
    for (MemoryPoint point :
        energy.sweepWeightMemory(
            network,
            count,
            Joules.ofPicojoules(range[0]),
            Joules.ofPicojoules(range[1]),
            Joules.ofPicojoules(range[2]))) {
      double perBit = point.perBit().picojoules();
      ObjectNode node =
          curve.addObject().put("memoryPicojoulesPerBit", perBit).put("samples", count);
      terms(node, point.point().energy()).put("gain", point.point().gain());
      table.row(
          cells(
              String.format(Locale.ROOT, "%.4g", perBit),
              point.point().energy(),
              point.point().gain()));
    }
    return table;
  }

  private static double[] range(@Nullable String text) {
    String[] parts = String.valueOf(text).split("\\.\\.|:", -1);
    try {
      if (parts.length == 3) {
        return new double[] {
          Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2])
        };
      }
    } catch (NumberFormatException e) {
      // Told below, with what would be right.
    }
    throw new IllegalArgumentException(
        "--sweep-memory must be FROM..TO:STEP as in 0..5:0.5, got '%s'".formatted(text));
  }

  private static ObjectNode terms(ObjectNode node, EnergyTerms terms) {
    return node.put("weightsNanojoules", terms.weights().nanojoules())
        .put("activationsNanojoules", terms.activations().nanojoules())
        .put("synapseNanojoules", terms.synapse().nanojoules())
        .put("neuronNanojoules", terms.neuron().nanojoules())
        .put("totalNanojoules", terms.total().nanojoules());
  }

  private static Object[] cells(String first, EnergyTerms terms, double gain) {
    return new Object[] {
      first,
      nanojoules(terms.weights()),
      nanojoules(terms.activations()),
      nanojoules(terms.synapse()),
      nanojoules(terms.neuron()),
      nanojoules(terms.total()),
      String.format(Locale.ROOT, "%.3f", gain)
    };
  }

  private static String nanojoules(Joules energy) {
    return String.format(Locale.ROOT, "%.2f", energy.nanojoules());
  }
}
