package org.pdnn.cli.energy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pdnn.energy.EnergyUnit;
import org.pdnn.energy.Joules;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Section;
import org.pdnn.report.Series;
import org.pdnn.report.Series.Stroke;

/// The charts of `pdnn energy`, drawn from its JSON in one unit. Phases of a language model have a
/// chart each, the prompt first.
final class EnergyFigures {
  private static final String SUFFIX = "Nanojoules";
  private static final String TOTAL = "total";
  private static final List<String> TERMS =
      List.of(TOTAL, "weights", "activations", "cache", "synapse", "neuron", "overhead");

  /// Energies further apart than this stand on a log axis.
  private static final double FAR = 20;

  /// What a curve runs over: its key, and the axis to draw it on.
  private record Swept(String key, Axis axis) {}

  private static final Swept SAMPLES = new Swept("samples", Axis.log2("Samples T", ""));

  private static final List<Swept> SWEPT =
      List.of(
          new Swept("memoryPicojoulesPerBit", Axis.linear("Memory of the weights", "pJ/bit")),
          new Swept("weightBits", Axis.linear("Bits of a weight", "")),
          new Swept("fanIn", Axis.log2("Fan-in", "")),
          SAMPLES);

  private final boolean layers;
  private final boolean language;
  private final Map<String, List<JsonNode>> phases = new LinkedHashMap<>();
  private final EnergyUnit unit;
  private final List<Section> figures = new ArrayList<>();

  private EnergyFigures(JsonNode json) {
    layers = json.has("layers");
    JsonNode rows = json.path(layers ? "layers" : "curve");
    language = rows.path(0).has("phase");
    rows.forEach(
        row -> phases.computeIfAbsent(row.path("phase").asText(), _ -> new ArrayList<>()).add(row));
    unit =
        language
            ? EnergyUnit.MILLIJOULE
            : EnergyUnit.of(
                rows().map(row -> energy(row, TOTAL)).max(Joules::compareTo).orElse(Joules.ZERO));
  }

  static List<Section> of(JsonNode json) {
    EnergyFigures figures = new EnergyFigures(json);
    if (figures.layers) {
      figures.byLayer(json.path("samples").asInt());
    } else if (figures.language
        && figures.phases.values().stream().allMatch(one -> one.size() == 1)) {
      figures.byPhase();
    } else {
      figures.curves();
    }
    return figures.figures;
  }

  private Stream<JsonNode> rows() {
    return phases.values().stream().flatMap(List::stream);
  }

  /// Of a token, for a language model.
  private static Joules energy(JsonNode row, String term) {
    double nanojoules = row.path(term + SUFFIX).asDouble();
    return Joules.ofNanojoules(nanojoules).times(1.0 / row.path("tokens").asInt(1));
  }

  private void byLayer(int samples) {
    phases.forEach((phase, rows) ->
        draw(
            "energy-by-layer",
            "Energy by layer",
            phase,
            "At T = %s, without zeros. Hollow markers: the total. Layers: %s."
                .formatted(
                    samples,
                    rows.stream()
                        .map(row -> row.path("layer").asText() + " " + row.path("name").asText())
                        .collect(Collectors.joining(", "))),
            Axis.linear("Layer", ""),
            rows,
            markers(terms(rows, row -> row.path("layer").asDouble()))));
  }

  private void byPhase() {
    List<JsonNode> rows = rows().toList();
    draw(
        "energy",
        "Energy of a token",
        "",
        "By what it is spent on, without zeros. Hollow markers: the total.",
        Axis.of("Phase", List.copyOf(phases.keySet())),
        rows,
        markers(terms(rows, row -> rows.indexOf(row) + 1)));
  }

  private void curves() {
    JsonNode first = rows().findFirst().orElseThrow();
    Swept swept = SWEPT.stream().filter(one -> first.has(one.key())).findFirst().orElseThrow();
    Function<JsonNode, Number> x = row -> row.path(swept.key()).asDouble();
    phases.forEach((phase, rows) -> {
      List<Series> energy = terms(rows, x);
      if (swept.equals(SAMPLES)) {
        twin(rows.getFirst()).ifPresent(energy::add);
      }
      draw(
          "energy",
          language ? "Energy of a token" : "Energy of one inference",
          phase,
          "By what it is spent on. Weights are read once for all samples.",
          swept.axis(),
          rows,
          energy);
    });
    gain(swept);
    Stream.of("latencyMilliseconds", "rounds")
        .filter(first::has)
        .findFirst()
        .ifPresent(this::latency);
  }

  /// Where it differs from 1.
  private void gain(Swept swept) {
    if (rows().allMatch(row -> row.path("gain").asDouble() == 1)) {
      return;
    }
    List<Series> gain = new ArrayList<>();
    phases.forEach((phase, rows) -> {
      List<Point> points =
          rows.stream()
              .map(row -> Point.of(row.path(swept.key()).asDouble(), row.path("gain").asDouble()))
              .toList();
      gain.add(Series.line(phase.isEmpty() ? "gain" : phase, points));
    });
    gain.add(Series.reference("even", 1));
    figures.add(
        new Figure(
            "gain",
            "Gain",
            "How many times as much the 32-bit deterministic twin takes. Below 1 the samples cost"
                + " more.",
            swept.axis(),
            Axis.linear("Gain", ""),
            gain));
  }

  private void latency(String key) {
    boolean timed = !key.equals("rounds");
    List<Point> points =
        rows()
            .map(row -> Point.of(row.path(SAMPLES.key()).asDouble(), row.path(key).asDouble()))
            .toList();
    figures.add(
        new Figure(
            "latency",
            "Latency",
            "Samplers side by side run whole passes; the energy is that of one.",
            SAMPLES.axis(),
            Axis.linear(timed ? "Latency" : "Rounds", timed ? "ms" : ""),
            List.of(Series.markers("latency", points))));
  }

  private Optional<Series> twin(JsonNode first) {
    Joules energy = energy(first, TOTAL).times(first.path("gain").asDouble());
    return energy.equals(Joules.ZERO)
        ? Optional.empty()
        : Optional.of(Series.reference("32-bit deterministic twin", unit.count(energy)));
  }

  /// A figure of energies, unless all of them are 0.
  private void draw(
      String id,
      String title,
      String phase,
      String caption,
      Axis x,
      List<JsonNode> rows,
      List<Series> energies) {
    if (energies.isEmpty()) {
      return;
    }
    DoubleSummaryStatistics values =
        rows.stream()
            .flatMapToDouble(
                row -> TERMS.stream().mapToDouble(term -> energy(row, term).picojoules()))
            .filter(value -> value > 0)
            .summaryStatistics();
    String written = unit.symbol() + (language ? "/token" : "");
    boolean far = values.getMax() > FAR * values.getMin();
    figures.add(
        new Figure(
            phase.isEmpty() ? id : id + "-" + phase,
            phase.isEmpty() ? title : title + ", " + phase,
            caption,
            x,
            far ? Axis.log10("Energy", written) : Axis.linear("Energy", written),
            energies));
  }

  /// The same points without lines. The total is hollow, so that it and a term that takes nearly
  /// all are both seen.
  private static List<Series> markers(List<Series> series) {
    return series.stream()
        .flatMap(one ->
            one instanceof Series.Line line
                ? Stream.of(
                    Series.markers(line.name(), line.points())
                        .in(line.name().equals(TOTAL) ? Stroke.DASHED : Stroke.SOLID))
                : Stream.of(one))
        .toList();
  }

  /// A line for each term; what is 0 has no place on a log axis.
  private List<Series> terms(List<JsonNode> rows, Function<JsonNode, Number> x) {
    List<Series> series = new ArrayList<>();
    for (String term : TERMS) {
      List<Point> points =
          rows.stream()
              .filter(row -> energy(row, term).compareTo(Joules.ZERO) > 0)
              .map(row -> Point.of(x.apply(row).doubleValue(), unit.count(energy(row, term))))
              .toList();
      if (!points.isEmpty()) {
        series.add(Series.line(term, points));
      }
    }
    return series;
  }
}
