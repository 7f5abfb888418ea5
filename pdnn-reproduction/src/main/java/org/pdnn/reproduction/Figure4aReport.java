package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.report.Axis;
import org.pdnn.report.Cell;
import org.pdnn.report.Column;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.reproduction.Accuracies.Measured;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;

/// Figure 4a drawn from findings, the paper's curves beside ours.
final class Figure4aReport extends ExperimentReport {
  private static final Axis SAMPLES = Axis.log2("Samples T", "").withTicks(1, 2, 3, 5, 10, 32);
  private static final Axis ACCURACY = Axis.linear("Accuracy", "%");

  private final Accuracies accuracies;

  /// By the passes of a training step, ascending: sigmoid p-bits, independent passes averaged at
  /// the end.
  private final List<Measured> byTraining;

  Figure4aReport(Figure4a experiment, Findings findings) {
    super(experiment, "figure 4a", findings);
    this.accuracies = new Accuracies(findings);
    this.byTraining =
        accuracies
            .all(curve ->
                curve.neuron().equals("pbit:sigmoid")
                    && !curve.frozen()
                    && curve.trainedScheme().equals("independent")
                    && curve.scheme().equals("independent"))
            .stream()
            .sorted(Comparator.comparingInt(curve -> curve.recipe().trainingSamples()))
            .toList();
    if (byTraining.isEmpty()) {
      throw new IllegalArgumentException("the findings hold nothing of figure 4a");
    }
  }

  @Override
  public List<Ordering> orderings() {
    return accuracies.orderings("fig. 4a");
  }

  @Override
  List<String> notes() {
    CurveRecipe first = byTraining.getFirst().recipe();
    Fields model = first.model();
    Fields start = model.object("first");
    List<String> remarks = new ArrayList<>();
    remarks.add(
        String.format(
            Locale.ROOT,
            "Trained on %,d images of %s, measured on %,d others. %s Intervals of the orderings are"
                + " paired, over images and noise.",
            model.integer("images"),
            model.text("data"),
            first.fields().integer("images"),
            byTraining.getFirst().recipe().seeds().words()));
    if (start.text("start").equals("twin")) {
      remarks.add(
          ("Unlike the paper's, p-DNNs and k-bit networks start from the weights of the"
               + " deterministic 32-bit network. Under max pools the greatest of four bits is 1 too"
               + " often, so p-bits there start with pre-activations times %s, less %s.")
              .formatted(start.word("gain"), start.word("lowered")));
    }
    return remarks;
  }

  @Override
  public List<Exhibit> items() {
    List<Exhibit> items = new ArrayList<>(List.of(accuracy()));
    frozen().ifPresent(items::add);
    variants().ifPresent(items::add);
    items.add(table());
    items.add(training());
    return items;
  }

  private Optional<Measured> deterministic(int bits) {
    String neuron = bits == 32 ? "sigmoid" : "sigmoid:%sbit".formatted(bits);
    return accuracies.first(curve -> curve.neuron().equals(neuron));
  }

  private Figure accuracy() {
    List<Series> series = new ArrayList<>();
    byTraining.forEach(curve -> series.add(curve.series(curve.recipe().name())));
    for (int bits : List.of(32, 3, 2, 1)) {
      deterministic(bits)
          .ifPresent(curve -> series.add(Series.reference(Printed.bits(bits), curve.exact())));
    }
    if (besideThePaper()) {
      series.addAll(Printed.ACCURACIES.curves());
      series.addAll(Printed.ACCURACIES.references());
    }
    return new Figure(
        "fig4a-accuracy",
        "Accuracy against samples",
        "Networks trained with s passes a step, one colour per s; independent passes, averaged at"
            + " the end. Horizontal lines: deterministic networks. "
            + (besideThePaper()
                ? "Solid: ours. Dashed: the paper's as printed, after 1000 epochs."
                : byTraining.getFirst().recipe().seeds().words()),
        SAMPLES,
        ACCURACY,
        series);
  }

  /// p-bits in the trained deterministic network, nothing retrained.
  private Optional<Figure> frozen() {
    List<Series> series = new ArrayList<>();
    accuracies
        .first(curve -> curve.frozen() && curve.byLayer())
        .ifPresent(curve -> series.add(curve.series("averaged by layers")));
    if (series.isEmpty()) {
      return Optional.empty();
    }
    if (besideThePaper()) {
      series.add(
          Series.markers(
                  "averaged by layers, paper",
                  Printed.LAYER_WISE_ACCURACIES.entrySet().stream()
                      .map(entry -> Point.of(entry.getKey(), entry.getValue()))
                      .toList())
              .of("averaged by layers")
              .in(Series.Stroke.DASHED));
    }
    Measured last = byTraining.getLast();
    series.add(last.series(last.recipe().name()));
    return Optional.of(
        new Figure(
            "fig4a-layers",
            "Averaging by layers against averaging at the end",
            "The bits of the frozen deterministic network, averaged over T after each layer, beside"
                + " a trained p-DNN averaged at the end."
                + (besideThePaper() ? " Hollow markers: the paper's." : ""),
            SAMPLES,
            ACCURACY,
            series));
  }

  private Optional<Figure> variants() {
    List<Series> series = new ArrayList<>();
    accuracies
        .first(curve -> curve.neuron().equals("pbit:tanh") && !curve.frozen())
        .ifPresent(curve -> {
          series.add(curve.series("tanh, " + curve.recipe().name()));
          byTraining.stream()
              .filter(other -> other.recipe().name().equals(curve.recipe().name()))
              .forEach(other -> series.add(other.series(other.recipe().name())));
        });
    accuracies
        .first(curve -> curve.neuron().equals("tanh"))
        .ifPresent(
            curve -> series.add(Series.reference("deterministic, tanh, 32 bits", curve.exact())));
    for (Measured curve :
        accuracies.all(curve ->
            !curve.frozen()
                && (curve.scheme().equals("scrambled")
                    || curve.trainedScheme().equals("scrambled")))) {
      series.add(shared(curve));
    }
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "fig4a-variants",
                "Tanh in place of sigmoid; scrambled passes",
                "One colour per network; trained scrambled: the s passes of a step share their"
                    + " randomness. Solid: measured with independent passes. Dashed: with scrambled"
                    + " ones. Dotted: scrambled, with expectation in the last hidden layer.",
                SAMPLES,
                ACCURACY,
                series));
  }

  /// A network whose passes share randomness in training, in measuring, or in both.
  private static Series shared(Measured curve) {
    CurveRecipe recipe = curve.recipe();
    boolean trained = recipe.trainedScheme().equals("scrambled");
    String network = recipe.name() + (trained ? ", trained scrambled" : "");
    if (!recipe.scheme().equals("scrambled")) {
      return curve.series(network);
    }
    return curve
        .series(
            network
                + (recipe.expectation() ? ", scrambled with expectation" : ", scrambled passes"))
        .of(network)
        .in(recipe.expectation() ? Series.Stroke.DOTTED : Series.Stroke.DASHED);
  }

  private Table table() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Measured curve : byTraining) {
      CurveRecipe recipe = curve.recipe();
      for (Point point : curve.points()) {
        int samples = (int) point.x();
        rows.add(
            row(
                recipe.name(),
                String.valueOf(samples),
                point.y(),
                Printed.ACCURACIES.at(recipe.trainingSamples(), samples)));
      }
    }
    for (int bits : List.of(32, 3, 2, 1)) {
      deterministic(bits)
          .ifPresent(curve ->
              rows.add(
                  row(
                      Printed.bits(bits),
                      "",
                      curve.exact(),
                      Optional.ofNullable(Printed.ACCURACIES.deterministic().get(bits)))));
    }
    List<Column> columns =
        List.of(
            Column.named("Network", ""),
            Column.named("T", ""),
            Column.named(besideThePaper() ? "Ours" : "Accuracy", "%"),
            Column.named("Paper", "%"),
            Column.named("Difference", "points"));
    int shown = besideThePaper() ? columns.size() : 3;
    return new Table(
        "fig4a-accuracies",
        besideThePaper() ? "Accuracies beside the paper's" : "Accuracies",
        "",
        columns.subList(0, shown),
        rows.stream().map(row -> row.subList(0, shown)).toList());
  }

  private static List<Cell> row(
      String network, String samples, double ours, Optional<Double> printed) {
    return List.of(
        Cell.text(network),
        Cell.text(samples),
        Cell.number(ours, "%.2f"),
        printed.map(value -> Cell.number(value, "%.2f")).orElse(Cell.text("–")),
        printed.map(value -> Cell.number(ours - value, "%+.2f")).orElse(Cell.text("–")));
  }

  /// How each network was trained.
  private Table training() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Measured curve : accuracies.all(curve -> !curve.frozen())) {
      Fields model = curve.recipe().model();
      List<Cell> all =
          new ArrayList<>(
              Stream.of(
                      "neuron",
                      "samples",
                      "scheme",
                      "epochs",
                      "learningRate",
                      "schedule",
                      "batch",
                      "arithmetic")
                  .map(key -> Cell.text(model.word(key)))
                  .toList());
      all.add(Cell.text(model.object("first").text("start")));
      if (!rows.contains(all)) {
        rows.add(all);
      }
    }
    return new Table(
        "fig4a-training",
        "How the networks were trained",
        "Start: first weights drawn (glorot), or those of the deterministic 32-bit network (twin).",
        Stream.of(
                "Neuron",
                "s",
                "Scheme",
                "Epochs",
                "Learning rate",
                "Schedule",
                "Batch",
                "Products",
                "Start")
            .map(word -> Column.named(word, ""))
            .toList(),
        rows);
  }
}
