package org.pdnn.cli.tradeoff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pdnn.evaluation.Estimate;
import org.pdnn.names.Counted;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.tradeoff.Configuration;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Tradeoff;
import org.pdnn.tradeoff.Trial;

/// A question's trials as a chart: curves over T, the front, and the required accuracy.
///
/// @param seeds the fewest noise seeds that any accuracy is the mean over
record AccuracyAgainstEnergy(Question question, ModelNames names, int seeds) {
  /// What holds at all prices.
  String caption() {
    String over =
        question.trials().stream()
            .filter(one -> one.random() && hasInterval(one))
            .map(one -> one.runs().size() > 1 ? "training runs" : "noise seeds")
            .distinct()
            .collect(Collectors.joining(" or "));
    return "Each point is a way to run a network. Solid: scrambled samples."
        + " Dashed: independent samples. Dotted: other schemes. The front, in steps, is the best"
        + " accuracy that an energy buys."
        + (over.isEmpty() ? "" : " Bars and bands are 95 %% intervals over %s.".formatted(over));
  }

  /// @param caption what holds at these prices
  Figure figure(String id, Pricing pricing, String caption) {
    Tradeoff tradeoff = Tradeoff.of(question.trials().stream().map(pricing::of).toList());
    List<Configuration> front = tradeoff.front();
    Map<String, List<Configuration>> curves = new LinkedHashMap<>();
    for (Configuration one : tradeoff.configurations()) {
      curves.computeIfAbsent(curve(one.setting()), _ -> new ArrayList<>()).add(one);
    }
    List<Series> series = new ArrayList<>();
    curves.forEach((name, run) -> series.add(series(name, run, front)));
    series.add(
        new Series.Steps(
            "Pareto front",
            front.stream().map(one -> place(one).labelled(label(one.setting()))).toList()));
    requiredAccuracy().ifPresent(series::add);
    return new Figure(
        id,
        "Accuracy against energy on " + pricing.technology(),
        caption,
        Axis.log10("Energy per inference", "nJ"),
        Axis.linear("Accuracy", "%"),
        series);
  }

  /// What points of one curve share: all but T, or all but the bits.
  private String curve(Setting setting) {
    return subject(setting) + setting.scheme().map(scheme -> ", " + scheme).orElse("");
  }

  /// What has a colour: a network, random or not, and what its last hidden layer hands on.
  private String subject(Setting setting) {
    boolean both =
        question.trials().stream()
            .anyMatch(one -> one.random() && one.setting().model().equals(setting.model()));
    return "%s%s%s"
        .formatted(
            names.model(setting),
            both && setting.scheme().isEmpty() ? ", deterministic" : "",
            setting.last() == LastHidden.EXPECTATION ? ", expectation" : "");
  }

  private Series series(String name, List<Configuration> run, List<Configuration> front) {
    String subject = subject(run.getFirst().setting());
    Optional<Scheme> scheme = run.getFirst().setting().scheme();
    if (scheme.isEmpty()) {
      List<Point> points =
          run.stream()
              .map(one ->
                  front.contains(one) ? point(one) : point(one).labelled(label(one.setting())))
              .toList();
      return Series.markers(name, points).of(subject);
    }
    List<Point> points =
        run.stream()
            .sorted(Comparator.comparingInt(one -> one.setting().samples()))
            .map(this::point)
            .toList();
    Series.Stroke stroke = stroke(scheme.get());
    return points.size() == 1
        ? Series.markers(name, points).of(subject).in(stroke)
        : Series.line(name, points).of(subject).in(stroke);
  }

  private static Series.Stroke stroke(Scheme scheme) {
    return switch (scheme) {
      case SCRAMBLED -> Series.Stroke.SOLID;
      case INDEPENDENT -> Series.Stroke.DASHED;
      case ANTITHETIC, XOR, STRATIFIED -> Series.Stroke.DOTTED;
    };
  }

  private Optional<Series> requiredAccuracy() {
    return question
        .reference()
        .map(reference -> {
          double tolerance = question.tolerance();
          String model = names.model(reference.setting());
          return Series.reference(
                  String.format(Locale.ROOT, "%.2f points below %s", 100 * tolerance, model),
                  100 * (reference.accuracy().value() - tolerance))
              .of(subject(reference.setting()))
              .in(Series.Stroke.DOTTED);
        });
  }

  private static String label(Setting setting) {
    return setting.scheme().isPresent()
        ? "T=" + setting.samples()
        : Counted.of(setting.neuron().bits(), "bit");
  }

  private Point point(Configuration one) {
    Estimate accuracy = one.accuracy();
    return hasInterval(one.trial())
        ? place(one).between(100 * accuracy.low(), 100 * accuracy.high())
        : place(one);
  }

  private static Point place(Configuration one) {
    return Point.of(one.energy().nanojoules(), 100 * one.accuracy().value());
  }

  /// Of two repetitions the bounds are no interval.
  private boolean hasInterval(Trial trial) {
    int repetitions = trial.runs().size() > 1 ? trial.runs().size() : seeds;
    return repetitions >= Estimate.FEWEST_REPETITIONS;
  }
}
