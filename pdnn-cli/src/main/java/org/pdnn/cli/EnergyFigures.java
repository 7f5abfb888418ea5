package org.pdnn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Section;
import org.pdnn.report.Series;

/// The charts of `pdnn energy`, drawn from its JSON.
final class EnergyFigures {
  private static final String UNIT = "nJ";
  private static final String SUFFIX = "Nanojoules";
  private static final String TOTAL = "total";
  private static final List<String> TERMS =
      List.of(TOTAL, "weights", "activations", "cache", "synapse", "neuron", "overhead");

  /// What a curve runs over: its key, and the axis to draw it on.
  private record Swept(String key, Axis axis) {}

  private static final Swept SAMPLES = new Swept("samples", Axis.log2("Samples T", ""));

  private static final List<Swept> SWEPT =
      List.of(
          new Swept("memoryPicojoulesPerBit", Axis.linear("Memory of the weights", "pJ/bit")),
          new Swept("weightBits", Axis.linear("Bits of a weight", "")),
          new Swept("fanIn", Axis.log2("Fan-in", "")),
          SAMPLES);

  private final JsonNode json;

  private EnergyFigures(JsonNode json) {
    this.json = json;
  }

  static List<Section> of(JsonNode json) {
    EnergyFigures figures = new EnergyFigures(json);
    return json.has("layers") ? List.of(figures.layers()) : figures.curve();
  }

  private Figure layers() {
    List<Series> series = terms(json.path("layers"), "layer");
    return new Figure(
        "energy-by-layer",
        "Energy by layer",
        "What the layers of the table take at T = %d. Zeros are left out."
            .formatted(json.path("samples").asInt()),
        Axis.linear("Layer", ""),
        Axis.log10("Energy", UNIT),
        markers(series));
  }

  private List<Section> curve() {
    JsonNode curve = json.path("curve");
    Swept swept =
        SWEPT.stream().filter(one -> curve.path(0).has(one.key())).findFirst().orElseThrow();
    List<Series> energy = terms(curve, swept.key());
    if (swept.equals(SAMPLES)) {
      energy.add(twin(curve.path(0)));
    }
    List<Section> figures = new ArrayList<>();
    figures.add(
        new Figure(
            "energy",
            "Energy of one inference",
            "By what it is spent on. Weights are read once for all samples.",
            swept.axis(),
            Axis.log10("Energy", UNIT),
            energy));
    List<Series> gain = values(curve, swept.key(), "gain", "gain");
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
    Stream.of("latencyMilliseconds", "rounds")
        .filter(curve.path(0)::has)
        .findFirst()
        .ifPresent(latency -> figures.add(latency(curve, latency)));
    return figures;
  }

  private static Figure latency(JsonNode curve, String key) {
    boolean timed = !key.equals("rounds");
    return new Figure(
        "latency",
        "Latency",
        "Samplers side by side run whole passes; the energy is that of one.",
        SAMPLES.axis(),
        Axis.linear(timed ? "Latency" : "Rounds", timed ? "ms" : ""),
        markers(values(curve, SAMPLES.key(), key, "latency")));
  }

  /// The same points without lines.
  private static List<Series> markers(List<Series> series) {
    List<Series> markers = new ArrayList<>();
    for (Series one : series) {
      if (one instanceof Series.Line line) {
        markers.add(Series.markers(line.name(), line.points()));
      }
    }
    return markers;
  }

  private static Series twin(JsonNode first) {
    double energy = first.path(TOTAL + SUFFIX).asDouble() * first.path("gain").asDouble();
    return Series.reference("32-bit deterministic twin", energy);
  }

  private static List<Series> terms(JsonNode curve, String x) {
    List<Series> series = new ArrayList<>();
    for (String term : TERMS) {
      series.addAll(values(curve, x, term + SUFFIX, term));
    }
    return series;
  }

  /// One line, or one for each phase of a language model; what is 0 has no place on a log axis.
  private static List<Series> values(JsonNode curve, String x, String key, String name) {
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    for (JsonNode point : curve) {
      String phase = point.has("phase") ? point.path("phase").asText() + ", " : "";
      if (point.path(key).asDouble() > 0) {
        lines
            .computeIfAbsent(phase + name, _ -> new ArrayList<>())
            .add(Point.of(point.path(x).asDouble(), point.path(key).asDouble()));
      }
    }
    List<Series> series = new ArrayList<>();
    lines.forEach((line, points) -> series.add(Series.line(line, points)));
    return series;
  }
}
