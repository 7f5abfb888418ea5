package org.pdnn.cli.tradeoff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.pdnn.cli.option.TextTable;
import org.pdnn.energy.Joules;
import org.pdnn.evaluation.Estimate;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.tradeoff.Configuration;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Tradeoff;

/// A trade-off in words, as JSON and as a chart: the front first, then what it dominates.
///
/// @param seeds the fewest noise seeds that any accuracy is the mean over
/// @param names short names of models
record TradeoffDocument(Tradeoff tradeoff, int seeds, Map<String, String> names) {
  /// Points of accuracy below the best that do not matter to a headline.
  private static final double CLOSE = 0.005;

  static TradeoffDocument of(Tradeoff tradeoff, int seeds) {
    return new TradeoffDocument(
        tradeoff,
        seeds,
        ShortNames.of(
            tradeoff.configurations().stream().map(one -> one.setting().model()).toList()));
  }

  TextTable table() {
    TextTable table =
        new TextTable(
            "front",
            "nJ",
            "accuracy %",
            Estimate.boundsName(seeds),
            "T",
            "scheme",
            "neuron",
            "weights",
            "last",
            "model");
    List<Configuration> front = tradeoff.front();
    for (int i = 0; i < front.size(); i++) {
      row(table, String.valueOf(i + 1), front.get(i));
    }
    tradeoff.dominated().forEach(one -> row(table, "-", one));
    return table;
  }

  private void row(TextTable table, String place, Configuration one) {
    Setting setting = one.setting();
    table.row(
        place,
        nanojoules(one),
        percent(one.accuracy().value()),
        percent(one.accuracy().low()) + ".." + percent(one.accuracy().high()),
        setting.samples(),
        setting.scheme().map(Object::toString).orElse("none"),
        setting.neuron(),
        setting.weights(),
        setting.last(),
        network(setting));
  }

  /// The model without folders and the end of its file's name.
  private String network(Setting setting) {
    return Objects.requireNonNull(names.get(setting.model())).replace(".safetensors", "");
  }

  /// Which neighbours on the front noise may have put in order.
  String overlaps() {
    String bounds = seeds < Estimate.FEWEST_REPETITIONS ? "ranges" : "intervals";
    List<Configuration> front = tradeoff.front();
    List<String> pairs = new ArrayList<>();
    for (int i = 1; i < front.size(); i++) {
      if (front.get(i - 1).overlaps(front.get(i))) {
        pairs.add("%s and %s".formatted(i, i + 1));
      }
    }
    return pairs.isEmpty()
        ? "No %s of neighbours on the front overlap.".formatted(bounds)
        : "The %s of these neighbours on the front overlap: %s."
            .formatted(bounds, String.join(", ", pairs));
  }

  /// Samples or bits: the cheapest of the front that comes close to its most accurate.
  String answer() {
    Configuration best = tradeoff.front().getLast();
    Configuration close = tradeoff.cheapestWithAtLeast(best.accuracy().value() - CLOSE);
    String kind = close.setting().scheme().isPresent() ? "Samples" : "Bits";
    return close.equals(best)
        ? "%s: %s, and nothing cheaper comes within half a point.".formatted(kind, reach(best))
        : "%s: %s, within half a point of the most accurate, %s %% for %s."
            .formatted(kind, reach(close), percent(best.accuracy().value()), energy(best));
  }

  /// The most accurate that costs less.
  String under(Joules limit, Configuration best) {
    return "Under %s: %s.".formatted(limit, reach(best));
  }

  /// The cheapest that is at least so accurate.
  String atLeast(double accuracy, Configuration cheapest) {
    return String.format(Locale.ROOT, "At least %.4g %%: %s.", 100 * accuracy, reach(cheapest));
  }

  /// As in `4 scrambled samples of pdnn-s5 reach 97.12 % for 480 nJ`.
  private String reach(Configuration one) {
    Setting setting = one.setting();
    int samples = setting.samples();
    String run =
        setting
            .scheme()
            .map(scheme ->
                "%s %s %s of %s %s"
                    .formatted(
                        samples,
                        scheme,
                        samples == 1 ? "sample" : "samples",
                        network(setting),
                        samples == 1 ? "reaches" : "reach"))
            .orElseGet(() -> "%s, deterministic, reaches".formatted(network(setting)));
    return "%s %s %% for %s".formatted(run, percent(one.accuracy().value()), energy(one));
  }

  /// All configurations, in the order of the table.
  ArrayNode json() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    List<Configuration> front = tradeoff.front();
    for (int i = 0; i < front.size(); i++) {
      ObjectNode node = json(front.get(i)).put("front", true);
      boolean overlaps = i + 1 < front.size() && front.get(i).overlaps(front.get(i + 1));
      all.add(node.put("overlapsNext", overlaps));
    }
    tradeoff.dominated().forEach(one -> all.add(json(one).put("front", false)));
    return all;
  }

  static ObjectNode json(Configuration one) {
    Setting setting = one.setting();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", setting.model())
        .put("neuron", setting.neuron().toString())
        .put("activationBits", setting.neuron().bits())
        .put("samples", setting.samples())
        .put("scheme", setting.scheme().map(Object::toString).orElse("none"))
        .put("weights", setting.weights().toString())
        .put("last", setting.last().toString())
        .put("outputs", setting.outputs().toString())
        .put("accuracy", one.accuracy().value())
        .put("accuracyLow", one.accuracy().low())
        .put("accuracyHigh", one.accuracy().high())
        .put("totalNanojoules", one.energy().nanojoules());
    return json;
  }

  Figure figure() {
    Map<String, List<Configuration>> curves = new LinkedHashMap<>();
    for (Configuration one : tradeoff.configurations()) {
      curves.computeIfAbsent(curve(one.setting()), _ -> new ArrayList<>()).add(one);
    }
    List<Series> series = new ArrayList<>();
    curves.forEach((name, run) -> series.add(series(name, run)));
    series.add(
        new Series.Steps(
            "Pareto front", tradeoff.front().stream().map(TradeoffDocument::labelled).toList()));
    return new Figure(
        "accuracy-against-energy",
        "Accuracy against energy",
        "Each point is a way to run a network, one colour per network. Solid: scrambled samples."
            + " Dashed: independent samples. Dotted: other schemes. The front, in steps, is the"
            + " best accuracy that an energy buys."
            + (seeds < Estimate.FEWEST_REPETITIONS
                ? ""
                : " Bars and bands are 95 % intervals over noise seeds."),
        Axis.log10("Energy per inference", "nJ"),
        Axis.linear("Accuracy", "%"),
        series);
  }

  /// What points of one curve share: all but T.
  private String curve(Setting setting) {
    return "%s%s, %s weights%s"
        .formatted(
            network(setting),
            setting.scheme().map(scheme -> ", " + scheme).orElse(""),
            setting.weights(),
            setting.last() == LastHidden.EXPECTATION ? ", expectation" : "");
  }

  private Series series(String name, List<Configuration> run) {
    Setting setting = run.getFirst().setting();
    List<Point> points =
        run.stream()
            .sorted(Comparator.comparingInt(one -> one.setting().samples()))
            .map(this::point)
            .toList();
    Series.Stroke stroke =
        setting.scheme().map(TradeoffDocument::stroke).orElse(Series.Stroke.SOLID);
    return points.size() == 1
        ? Series.markers(name, points).of(network(setting)).in(stroke)
        : Series.line(name, points).of(network(setting)).in(stroke);
  }

  private static Series.Stroke stroke(Scheme scheme) {
    return switch (scheme) {
      case SCRAMBLED -> Series.Stroke.SOLID;
      case INDEPENDENT -> Series.Stroke.DASHED;
      case ANTITHETIC, XOR, STRATIFIED -> Series.Stroke.DOTTED;
    };
  }

  private static Point labelled(Configuration one) {
    Setting setting = one.setting();
    String bits = setting.neuron().bits() + (setting.neuron().bits() == 1 ? " bit" : " bits");
    return Point.of(one.energy().nanojoules(), 100 * one.accuracy().value())
        .labelled(setting.scheme().isPresent() ? "T=" + setting.samples() : bits);
  }

  private Point point(Configuration one) {
    Point point = Point.of(one.energy().nanojoules(), 100 * one.accuracy().value());
    return seeds < Estimate.FEWEST_REPETITIONS
        ? point
        : point.between(100 * one.accuracy().low(), 100 * one.accuracy().high());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private static String nanojoules(Configuration one) {
    return String.format(Locale.ROOT, "%.2f", one.energy().nanojoules());
  }

  private static String energy(Configuration one) {
    return String.format(Locale.ROOT, "%,.4g nJ", one.energy().nanojoules());
  }
}
