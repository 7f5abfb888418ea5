package org.pdnn.cli.tradeoff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.energy.Joules;
import org.pdnn.evaluation.Estimate;
import org.pdnn.names.Counted;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.report.Axis;
import org.pdnn.report.Column;
import org.pdnn.report.Figure;
import org.pdnn.report.Interval;
import org.pdnn.report.Point;
import org.pdnn.report.Rows;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.tradeoff.Configuration;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Tradeoff;

/// A trade-off in words, numbers and a chart: the front first, then what it dominates.
///
/// @param seeds the fewest noise seeds that any accuracy is the mean over
/// @param names short names of models
public record TradeoffDocument(Tradeoff tradeoff, int seeds, ModelNames names) {
  Table table() {
    List<Configuration> front = tradeoff.front();
    return new Rows<>(ordered())
        .add(
            Column.shown("front"),
            one -> front.contains(one) ? Optional.of(front.indexOf(one) + 1) : Optional.empty())
        .add(Column.kept("front"), front::contains)
        .add(Column.kept("overlapsNext"), this::overlapsNext)
        .add(Column.of("totalNanojoules", "energy").in("nJ").as("%.2f"), one -> nanojoules(one))
        .add(Column.percent("accuracy", "accuracy"), Configuration::accuracy)
        .add(
            Column.shown(Estimate.boundsName(seeds)).times(100).as("%.2f"),
            one -> new Interval(one.accuracy().low(), one.accuracy().high()))
        .add("samples", "T", one -> one.setting().samples())
        .add("scheme", "scheme", one -> Scheme.nameOf(one.setting().scheme()))
        .add("neuron", "neuron", one -> one.setting().neuron())
        .add(Column.kept("activationBits"), one -> one.setting().neuron().bits())
        .add("weights", "weights", one -> one.setting().weights())
        .add("last", "last", one -> one.setting().last())
        .add(Column.kept("outputs"), one -> one.setting().outputs())
        .add(Column.kept("model"), one -> names.file(one.setting()))
        .add(Column.shown("model"), one -> names.model(one.setting()))
        .table("configurations", "All numbers");
  }

  /// Whether noise may have put a point of the front before the next one.
  private Optional<Boolean> overlapsNext(Configuration one) {
    List<Configuration> front = tradeoff.front();
    int place = front.indexOf(one);
    return place < 0
        ? Optional.empty()
        : Optional.of(place + 1 < front.size() && one.overlaps(front.get(place + 1)));
  }

  /// The front first.
  private List<Configuration> ordered() {
    return Stream.concat(tradeoff.front().stream(), tradeoff.dominated().stream()).toList();
  }

  private static double nanojoules(Configuration one) {
    return one.energy().nanojoules();
  }

  /// Which neighbours on the front noise may have put in order.
  String overlaps() {
    String bounds = seeds < Estimate.FEWEST_REPETITIONS ? "ranges" : "intervals";
    List<Configuration> front = tradeoff.front();
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < front.size(); i++) {
      if (overlapsNext(front.get(i)).orElse(false)) {
        pairs.add("%s and %s".formatted(i + 1, i + 2));
      }
    }
    return pairs.isEmpty()
        ? "No %s of neighbours on the front overlap.".formatted(bounds)
        : "The %s of these neighbours on the front overlap: %s."
            .formatted(bounds, String.join(", ", pairs));
  }

  /// The most accurate that costs less.
  String under(Joules limit, Optional<Configuration> best) {
    return "Under %s: %s."
        .formatted(
            limit,
            best.map(names::reach)
                .orElseGet(
                    () -> "nothing; of all the cheapest, " + names.reach(tradeoff.front().getFirst())));
  }

  /// The cheapest that is at least so accurate.
  String atLeast(double accuracy, Optional<Configuration> cheapest) {
    return String.format(
        Locale.ROOT,
        "At least %.4g %%: %s.",
        100 * accuracy,
        cheapest
            .map(names::reach)
            .orElseGet(
                () -> "nothing; of all the most accurate, " + names.reach(tradeoff.front().getLast())));
  }

  /// Accuracy against energy, with the front.
  public Figure figure() {
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
            names.model(setting),
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
        ? Series.markers(name, points).of(names.model(setting)).in(stroke)
        : Series.line(name, points).of(names.model(setting)).in(stroke);
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
    String bits = Counted.of(setting.neuron().bits(), "bit");
    return Point.of(nanojoules(one), 100 * one.accuracy().value())
        .labelled(setting.scheme().isPresent() ? "T=" + setting.samples() : bits);
  }

  private Point point(Configuration one) {
    Point point = Point.of(nanojoules(one), 100 * one.accuracy().value());
    return seeds < Estimate.FEWEST_REPETITIONS
        ? point
        : point.between(100 * one.accuracy().low(), 100 * one.accuracy().high());
  }
}
