package org.pdnn.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.benchmark.EngineResult;
import org.pdnn.benchmark.MachineLimit;
import org.pdnn.benchmark.MeasuredEnergy;
import org.pdnn.benchmark.Task;
import org.pdnn.cli.option.EnergyColumns;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.TextTable;
import org.pdnn.evaluation.Environment;
import org.pdnn.onnx.runtime.OnnxSession;
import org.pdnn.training.torch.Libtorch;

/// What `pdnn bench inference` prints: who took how long, and compared with whom.
///
/// @param samples T of the engines that sample
/// @param energy measured, if that was asked for
record BenchInferenceDocument(
    Task task,
    List<Integer> samples,
    int rounds,
    MachineLimit limit,
    List<EngineResult> results,
    Optional<MeasuredEnergy> energy) {
  private static final List<String> HEADINGS =
      List.of(
          "engine",
          "T",
          "median us/input",
          "quartiles",
          "ratio to best fp32 peer",
          "GMAC/s",
          "share of limit",
          "same class");

  BenchInferenceDocument {
    samples = List.copyOf(samples);
    results = List.copyOf(results);
  }

  /// @param network name or file of the network
  /// @param weights hash of the model file, or `untrained`
  /// @param inputs where the batch is from
  OutputOptions.Document of(String network, String weights, String inputs) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("network", network).put("macsPerInput", task.macs(1));
    json.putObject("limit")
        .put("fp32GigaMacsPerSecond", limit.fp32GigaMacsPerSecond())
        .put("int8GigaMacsPerSecond", limit.int8GigaMacsPerSecond());
    bestFp32Peer().ifPresent(peer -> json.put("bestFp32Peer", peer.profile().name()));
    ArrayNode rows = json.putArray("engines");
    results.forEach(result -> add(rows.addObject(), result));
    energy.ifPresent(measured -> EnergyColumns.add(json, rows, measured));
    Environment here = Environment.here();
    ObjectNode provenance =
        json.putObject("provenance")
            .put("seed", task.seed())
            .put("batch", task.batch())
            .put("threads", task.threads())
            .put("rounds", rounds)
            .put("weights", weights)
            .put("inputs", inputs)
            .put("onnxruntime", OnnxSession.version())
            .put("libtorch", Libtorch.version())
            .put("version", here.version())
            .put("jdk", here.jdk())
            .put("cpu", here.cpu())
            .put("processors", here.processors())
            .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    samples.forEach(provenance.putArray("samples")::add);
    return new OutputOptions.Document(table(network), json);
  }

  private Optional<EngineResult> bestFp32Peer() {
    return results.stream()
        .filter(result -> result.profile().isFp32Peer())
        .min(Comparator.comparingDouble(result -> result.microsecondsPerInput().median()));
  }

  private static void add(ObjectNode row, EngineResult result) {
    row.put("name", result.profile().name())
        .put("dataType", result.profile().dataType().toString())
        .put("deterministic", result.profile().deterministic())
        .put("samples", result.profile().samples())
        .put("medianMicrosecondsPerInput", result.microsecondsPerInput().median())
        .put("lowerQuartileMicrosecondsPerInput", result.microsecondsPerInput().lower())
        .put("upperQuartileMicrosecondsPerInput", result.microsecondsPerInput().upper())
        .put("gigaMacsPerSecond", result.gigaMacsPerSecond())
        .put("shareOfLimit", result.shareOfLimit());
    result.ratioToBestFp32Peer().ifPresent(ratio -> row.put("ratioToBestFp32Peer", ratio));
    result.agreement().ifPresent(share -> row.put("agreement", share));
  }

  private TextTable table(String network) {
    List<String> headings = new ArrayList<>(HEADINGS);
    energy.ifPresent(measured -> headings.addAll(EnergyColumns.HEADINGS));
    TextTable table = new TextTable(headings.toArray(String[]::new));
    for (int i = 0; i < results.size(); i++) {
      List<String> cells = new ArrayList<>(cells(results.get(i)));
      if (energy.isPresent()) {
        cells.addAll(EnergyColumns.cells(energy.get().perInput().get(i)));
      }
      table.row(cells.toArray());
    }
    String peer =
        bestFp32Peer()
            .map(best -> "The best fp32 peer is %s. ".formatted(best.profile().name()))
            .orElse("");
    String claims =
        "Limit of this machine, %d thread%s: %.0f GMAC/s in fp32, %.0f GMAC/s in int8."
            .formatted(
                task.threads(),
                task.threads() == 1 ? "" : "s",
                limit.fp32GigaMacsPerSecond(),
                limit.int8GigaMacsPerSecond());
    return table
        .before(
            "%s, %d MACs an input and pass, batch %d, %d rounds"
                .formatted(network, task.macs(1), task.batch(), rounds))
        .after(peer + claims + energy.map(EnergyColumns::claims).orElse(""));
  }

  private static List<String> cells(EngineResult result) {
    return List.of(
        result.profile().name(),
        String.valueOf(result.profile().samples()),
        number("%.1f", result.microsecondsPerInput().median()),
        number("%.1f", result.microsecondsPerInput().lower())
            + " to "
            + number("%.1f", result.microsecondsPerInput().upper()),
        result.ratioToBestFp32Peer().isPresent()
            ? number("%.2f", result.ratioToBestFp32Peer().getAsDouble())
            : "-",
        number("%.1f", result.gigaMacsPerSecond()),
        number("%.0f %%", 100 * result.shareOfLimit()),
        result.agreement().isPresent()
            ? number("%.0f %%", 100 * result.agreement().getAsDouble())
            : "-");
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
