package org.pdnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.sampling.LastHidden;
import org.pdnn.tradeoff.Configuration;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Tradeoff;

/// A trade-off in words, as JSON and as a chart: the front first, then what it dominates.
record TradeoffDocument(Tradeoff tradeoff) {

  TextTable table() {
    TextTable table =
        new TextTable(
            "front",
            "nJ",
            "accuracy %",
            "95 %",
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

  private static void row(TextTable table, String place, Configuration one) {
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
        setting.model());
  }

  /// Which neighbours on the front noise may have put in order.
  String overlaps() {
    List<Configuration> front = tradeoff.front();
    List<String> pairs = new ArrayList<>();
    for (int i = 1; i < front.size(); i++) {
      if (front.get(i - 1).overlaps(front.get(i))) {
        pairs.add("%d and %d".formatted(i, i + 1));
      }
    }
    return pairs.isEmpty()
        ? "No intervals of neighbours on the front overlap."
        : "The intervals of these neighbours on the front overlap: %s."
            .formatted(String.join(", ", pairs));
  }

  /// A configuration in a sentence.
  static String sentence(String wish, Configuration one) {
    return "%s: %s %% for %s nJ (%s)."
        .formatted(wish, percent(one.accuracy().value()), nanojoules(one), one.setting());
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
    List<Series> series = new ArrayList<>();
    series.add(
        Series.line(
            "Pareto front", tradeoff.front().stream().map(TradeoffDocument::labelled).toList()));
    Map<String, List<Point>> kinds = new LinkedHashMap<>();
    for (Configuration one : tradeoff.dominated()) {
      kinds.computeIfAbsent(kind(one.setting()), _ -> new ArrayList<>()).add(point(one));
    }
    kinds.forEach((kind, points) -> series.add(Series.markers(kind, points)));
    return new Figure(
        "accuracy-against-energy",
        "Accuracy against energy",
        "Each point is a way to run a network, with its 95 % interval over noise seeds. Up and to"
            + " the left is better; nothing lies up and left of the front.",
        Axis.log10("Energy per inference", "nJ"),
        Axis.linear("Accuracy", "%"),
        series);
  }

  private static String kind(Setting setting) {
    return "%s%s, weights %s%s"
        .formatted(
            setting.neuron(),
            setting.scheme().map(scheme -> " " + scheme).orElse(""),
            setting.weights(),
            setting.last() == LastHidden.EXPECTATION ? ", expectation" : "");
  }

  private static Point labelled(Configuration one) {
    Setting setting = one.setting();
    String bits = setting.neuron().bits() + (setting.neuron().bits() == 1 ? " bit" : " bits");
    return point(one).labelled(setting.scheme().isPresent() ? "T=" + setting.samples() : bits);
  }

  private static Point point(Configuration one) {
    return Point.of(one.energy().nanojoules(), 100 * one.accuracy().value())
        .between(100 * one.accuracy().low(), 100 * one.accuracy().high());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private static String nanojoules(Configuration one) {
    return String.format(Locale.ROOT, "%.2f", one.energy().nanojoules());
  }
}
