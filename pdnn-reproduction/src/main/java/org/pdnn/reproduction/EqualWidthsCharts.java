package org.pdnn.reproduction;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Estimate;
import org.pdnn.experiment.StartSearch;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.report.Axis;
import org.pdnn.report.Choice;
import org.pdnn.report.Column;
import org.pdnn.report.Figure;
import org.pdnn.report.Interval;
import org.pdnn.report.Point;
import org.pdnn.report.Rows;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;
import org.pdnn.tradeoff.Configuration;
import org.pdnn.tradeoff.ParetoFront;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Verdict;

/// The figures and tables of [EqualWidths].
///
/// @param experiment its name, which those of figures and tables begin with
record EqualWidthsCharts(String experiment, Variants variants, OverRuns measured) {
  private static final List<Technology> TECHNOLOGIES =
      Technology.NAMES.stream().map(Technology::named).toList();

  /// Shares that a cheaper configuration may lose against 32 bits; the paper's is a point.
  private static final List<Double> TOLERANCES = List.of(Question.TOLERANCE, 0.01);

  /// Accuracy against energy at a width, by technology.
  Choice front(Precision width) {
    Question question = measured.question(width, Question.TOLERANCE);
    return new Choice(
        "%s-%s-bit".formatted(experiment, width),
        "Accuracy against energy, all with %s-bit weights".formatted(width),
        "One colour per network. Solid: scrambled samples with expectation. Dashed: independent"
            + " samples. The front, in steps, is the best accuracy that an energy buys. "
            + Variants.ARITHMETIC
            + " "
            + runs(),
        "Technology",
        TECHNOLOGIES.stream()
            .map(technology ->
                new Choice.Option(
                    technology.name(), figure(question, width, Pricing.strict(technology))))
            .toList());
  }

  private String runs() {
    int runs = measured.runs().size();
    if (runs >= Estimate.FEWEST_REPETITIONS) {
      return "Bands and bars are 95 %% intervals over %s training runs.".formatted(runs);
    }
    return runs == 1 ? "One training run." : "Means of %s training runs.".formatted(runs);
  }

  private Figure figure(Question question, Precision width, Pricing pricing) {
    List<Configuration> all = question.trials().stream().map(pricing::of).toList();
    Map<String, List<Configuration>> curves = new LinkedHashMap<>();
    for (Configuration one : all) {
      curves
          .computeIfAbsent(
              one.setting().model() + one.setting().scheme().map(s -> ", " + s).orElse(""),
              _ -> new ArrayList<>())
          .add(one);
    }
    List<Series> series = new ArrayList<>();
    curves.forEach((name, curve) -> series.add(series(name, curve)));
    List<Configuration> front =
        ParetoFront.of(
            all, comparing(Configuration::energy), comparingDouble(one -> one.accuracy().value()));
    series.add(
        new Series.Steps("Pareto front", front.stream().map(EqualWidthsCharts::place).toList()));
    Verdict verdict = question.verdict(pricing);
    return new Figure(
        "%s-%s-bit-%s".formatted(experiment, width, pricing.technology().name()),
        "Accuracy against energy on " + pricing.technology(),
        "Within half a point of 32-bit activations: %s, as %s."
            .formatted(verdict.answer(), verdict.reason()),
        Axis.log10("Energy per image", "nJ"),
        Charts.ACCURACY,
        series);
  }

  private Series series(String name, List<Configuration> curve) {
    Setting setting = curve.getFirst().setting();
    List<Point> points = curve.stream().map(this::point).toList();
    return setting.scheme().isEmpty()
        ? Series.markers(name, points)
        : Series.line(name, points)
            .of(setting.model())
            .in(
                setting.scheme().get() == Scheme.SCRAMBLED
                    ? Series.Stroke.SOLID
                    : Series.Stroke.DASHED);
  }

  private Point point(Configuration one) {
    Estimate accuracy = one.accuracy();
    Point point =
        measured.runs().size() < Estimate.FEWEST_REPETITIONS
            ? place(one)
            : place(one).between(100 * accuracy.low(), 100 * accuracy.high());
    Setting setting = one.setting();
    return point.labelled(
        setting.scheme().isPresent()
            ? "T = " + setting.samples()
            : setting.neuron().bits() == 1 ? "1 bit" : setting.neuron().bits() + " bits");
  }

  private static Point place(Configuration one) {
    return Point.of(one.energy().nanojoules(), 100 * one.accuracy().value());
  }

  /// A question and its answer at a price.
  private record Answered(Question question, Precision width, Pricing pricing, Verdict verdict) {
    /// How many times as much the deterministic network with the most bits costs.
    Optional<Double> reference() {
      return verdict
          .samples()
          .map(one ->
              pricing.of(question.reference().orElseThrow()).energy().dividedBy(one.energy()));
    }
  }

  /// The verdict by width, tolerance and technology.
  Table answers() {
    List<Answered> rows = new ArrayList<>();
    for (Precision width : measured.widths()) {
      for (double tolerance : TOLERANCES) {
        Question question = measured.question(width, tolerance);
        for (Technology technology : TECHNOLOGIES) {
          Pricing pricing = Pricing.strict(technology);
          rows.add(new Answered(question, width, pricing, question.verdict(pricing)));
        }
      }
    }
    return new Rows<>(rows)
        .add("weights", "weights", Answered::width)
        .add(
            Column.of("tolerance", "within").in("points").times(100).as("%.1f"),
            row -> row.question().tolerance())
        .add("technology", "technology", row -> row.pricing().technology().name())
        .add("answer", "answer", row -> row.verdict().answer())
        .add("samples", "p-DNN", row -> row.verdict().samples().map(one -> words(one.setting())))
        .add(
            Column.of("samplesNanojoules", "its energy").in("nJ").as("%,.0f"),
            row -> row.verdict().samples().map(one -> one.energy().nanojoules()))
        .add("bits", "deterministic", row -> row.verdict().bits().map(one -> one.setting().model()))
        .add(
            Column.of("bitsNanojoules", "its energy").in("nJ").as("%,.0f"),
            row -> row.verdict().bits().map(one -> one.energy().nanojoules()))
        .add(
            Column.of("referenceRatio", "32 bits cost").in("times the p-DNN").as("%.2f"),
            Answered::reference)
        .add(Column.kept("reason"), row -> row.verdict().reason())
        .table(
            experiment + "-answers",
            "The answer by width, tolerance and technology",
            "The cheapest configuration of each side whose accuracy is within the tolerance of the"
                + " deterministic network with 32-bit activations and equal weights. "
                + Variants.ARITHMETIC);
  }

  /// All accuracies.
  Table numbers() {
    Rows<Setting> rows =
        new Rows<>(List.copyOf(measured.settings()))
            .add("network", "network", Setting::model)
            .add("weights", "weights", Setting::weights)
            .add("samples", "T", Setting::samples)
            .add("scheme", "scheme", one -> Scheme.nameOf(one.scheme()))
            .add("last", "last", one -> one.last())
            .add(Column.percent("accuracy", "accuracy"), one -> measured.accuracy(one).value());
    String bounds = Estimate.boundsName(measured.runs().size());
    rows.add(
        Column.shown(bounds).times(100).as("%.2f"),
        one -> {
          Estimate accuracy = measured.accuracy(one);
          return new Interval(accuracy.low(), accuracy.high());
        });
    List<Long> runs = List.copyOf(measured.runs());
    for (int i = 0; i < runs.size(); i++) {
      int run = i;
      rows.add(
          Column.percent("run" + runs.get(i), "seed " + runs.get(i)),
          one -> measured.accuracies(one).get(run));
    }
    return rows.table(
        experiment + "-accuracies",
        "All numbers",
        "Accuracies of the training runs, their mean and its bounds over runs. "
            + Variants.ARITHMETIC);
  }

  /// What the searches of starts came to.
  Table starts(Findings findings) {
    List<Found<StartSearch.Result>> all = findings.of(StartSearch.KIND);
    return new Rows<>(all)
        .add("neuron", "neuron", one -> one.recipe().text("neuron"))
        .add("network", "network", one -> one.recipe().text("network"))
        .add("gain", "gain", one -> one.result().best().gain())
        .add("lowered", "less", one -> one.result().best().lowered())
        .add(Column.percent("accuracy", "accuracy"), one -> one.result().best().accuracy())
        .add(
            Column.percent("asIs", "as it is"),
            one ->
                one.result().tried().stream()
                    .filter(tried -> tried.gain() == 1 && tried.lowered() == 0)
                    .map(StartSearch.Tried::accuracy)
                    .findFirst())
        .table(
            experiment + "-starts",
            "Where each kind of neuron starts",
            "Of nine starts each, trained for one epoch and measured on other training images.");
  }

  private static String words(Setting setting) {
    return String.format(
        Locale.ROOT,
        "%s, T = %s, %s%s",
        setting.model(),
        setting.samples(),
        setting.scheme().map(Scheme::toString).orElse(""),
        setting.last() == LastHidden.EXPECTATION ? " with expectation" : "");
  }
}
