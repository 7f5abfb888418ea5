package org.pdnn.cli.bench;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.pdnn.benchmark.EngineProfile;
import org.pdnn.benchmark.EngineResult;
import org.pdnn.benchmark.MachineLimit;
import org.pdnn.benchmark.MeasuredEnergy;
import org.pdnn.benchmark.MeasuredEnergy.PerInput;
import org.pdnn.benchmark.Quartiles;
import org.pdnn.benchmark.Task;
import org.pdnn.names.Counted;
import org.pdnn.onnx.runtime.OnnxSession;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Interval;
import org.pdnn.report.Rows;
import org.pdnn.sums.SumsChoice;
import org.pdnn.training.torch.Libtorch;

/// What `pdnn bench inference` prints: the time of each engine, and its ratio to the peers.
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
  BenchInferenceDocument {
    samples = List.copyOf(samples);
    results = List.copyOf(results);
  }

  private record Row(EngineResult result, Optional<PerInput> energy) {
    EngineProfile profile() {
      return result.profile();
    }
  }

  /// @param network name or file of the network
  /// @param weights hash of the model file, or `untrained`
  /// @param inputs where the batch is from
  Document of(String network, String weights, String inputs) {
    Document document =
        new Document("Engines running " + network)
            .sentence(
                "%s, %.0f MACs per input and pass, batch %d, %d rounds"
                    .formatted(network, task.macs(1), task.batch(), rounds))
            .fact("network", network)
            .fact("macsPerInput", (long) task.macs(1))
            .fact(
                "limit",
                Map.of(
                    "fp32GigaMacsPerSecond",
                    limit.fp32GigaMacsPerSecond(),
                    "bf16GigaMacsPerSecond",
                    limit.bf16GigaMacsPerSecond(),
                    "int8GigaMacsPerSecond",
                    limit.int8GigaMacsPerSecond()));
    Rows<Row> rows = rows();
    energy.ifPresent(measured -> {
      document.fact("idle", idle(measured));
      add(rows, "NetNanojoulesPerInput", "net", "nJ/input", "%.0f", PerInput::netNanojoules);
      add(rows, "GrossNanojoulesPerInput", "gross", "nJ/input", "%.0f", PerInput::grossNanojoules);
    });
    document.add(rows.table("engines", "Engines"));
    bestFp32Peer()
        .map(peer -> peer.profile().name())
        .ifPresent(peer ->
            document.fact("bestFp32Peer", peer).sentence("The best fp32 peer is " + peer + "."));
    document.sentence(limits());
    energy.ifPresent(measured -> document.sentence(idleSentence(measured)));
    document
        .provenance("seed", task.seed())
        .provenance("batch", task.batch())
        .provenance("threads", task.threads())
        .provenance("rounds", rounds)
        .provenance("samples", samples)
        .provenance("weights", weights)
        .provenance("inputs", inputs)
        .provenance("onnxruntime", OnnxSession.version())
        .provenance("libtorch", Libtorch.version())
        .provenance("sums", SumsChoice.chosen().name());
    return BenchCommand.machine(document);
  }

  private Optional<EngineResult> bestFp32Peer() {
    return results.stream()
        .filter(result -> result.profile().isFp32Peer())
        .min(Comparator.comparingDouble(result -> result.microsecondsPerInput().median()));
  }

  private Rows<Row> rows() {
    Rows<Row> rows =
        new Rows<>(
            IntStream.range(0, results.size())
                .mapToObj(i -> new Row(results.get(i), energy.map(all -> all.perInput().get(i))))
                .toList());
    rows.add("name", "engine", row -> row.profile().name())
        .add(Column.kept("dataType"), row -> row.profile().dataType())
        .add(Column.kept("deterministic"), row -> row.profile().deterministic())
        .add("samples", "T", row -> row.profile().samples());
    addQuartiles(
        rows,
        "MicrosecondsPerInput",
        "median",
        "us/input",
        "%.1f",
        row -> Optional.of(row.result.microsecondsPerInput()));
    return rows.add(Column.of("meanSamples", "mean T").as("%.1f"), row -> row.result.meanSamples())
        .add(
            Column.of("ratioToBestFp32Peer", "ratio to best fp32 peer").as("%.2f"),
            row -> row.result.ratioToBestFp32Peer())
        .add(
            Column.of("gigaMacsPerSecond", "GMAC/s").as("%.1f"),
            row -> row.result.gigaMacsPerSecond())
        .add(
            Column.percent("shareOfLimit", "share of limit").as("%.0f"),
            row -> row.result.shareOfLimit())
        .add(Column.percent("agreement", "same class").as("%.0f"), row -> row.result.agreement());
  }

  private static void add(
      Rows<Row> rows,
      String quantity,
      String heading,
      String unit,
      String format,
      Function<PerInput, Quartiles> part) {
    addQuartiles(rows, quantity, heading, unit, format, row -> row.energy.map(part));
  }

  /// Files hold median and quartiles under three keys.
  private static void addQuartiles(
      Rows<Row> rows,
      String quantity,
      String heading,
      String unit,
      String format,
      Function<Row, Optional<Quartiles>> value) {
    rows.add(
            Column.of("median" + quantity, heading).in(unit).as(format),
            row -> value.apply(row).map(Quartiles::median))
        .add(Column.kept("lowerQuartile" + quantity), row -> value.apply(row).map(Quartiles::lower))
        .add(Column.kept("upperQuartile" + quantity), row -> value.apply(row).map(Quartiles::upper))
        .add(
            Column.shown("quartiles").as(format),
            row -> value.apply(row).map(all -> new Interval(all.lower(), all.upper())));
  }

  private String limits() {
    return String.format(
        Locale.ROOT,
        "Limit of this machine, %s: %.0f GMAC/s in fp32, %.0f in bf16, %.0f in int8; sums by %s.",
        Counted.of(task.threads(), "thread"),
        limit.fp32GigaMacsPerSecond(),
        limit.bf16GigaMacsPerSecond(),
        limit.int8GigaMacsPerSecond(),
        SumsChoice.chosen().name());
  }

  private static Map<String, Object> idle(MeasuredEnergy measured) {
    Quartiles power = measured.idleMilliwatts();
    Map<String, Object> idle = new LinkedHashMap<>();
    idle.put("medianMilliwatts", power.median());
    idle.put("lowerQuartileMilliwatts", power.lower());
    idle.put("upperQuartileMilliwatts", power.upper());
    idle.put("counters", measured.counters());
    return idle;
  }

  private static String idleSentence(MeasuredEnergy measured) {
    Quartiles power = measured.idleMilliwatts();
    return String.format(
        Locale.ROOT,
        "Idle power %.0f mW (quartiles %.0f to %.0f), all programs, counted by %s.",
        power.median(),
        power.lower(),
        power.upper(),
        String.join(", ", measured.counters()));
  }
}
