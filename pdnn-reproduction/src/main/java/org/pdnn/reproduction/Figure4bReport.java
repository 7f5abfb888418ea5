package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pdnn.evaluation.Estimate;
import org.pdnn.report.Axis;
import org.pdnn.report.Cell;
import org.pdnn.report.Column;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.reproduction.Generated.Curve;
import org.pdnn.reproduction.Generated.Run;
import org.pdnn.sweep.Findings;

/// Figure 4b drawn from findings, the paper's curves beside ours.
final class Figure4bReport extends ExperimentReport {
  private static final Axis SAMPLES = Axis.log2("Samples T", "").withTicks(1, 2, 10, 32, 100);

  private static final String BY_LAYERS = "frozen, averaged by layers";

  private final Generated generated;

  private final List<Curve> byTraining;

  Figure4bReport(Figure4b experiment, Findings findings) {
    super(experiment, "figure 4b", findings);
    this.generated = new Generated(findings);
    this.byTraining = all(Run::byTraining);
    if (byTraining.isEmpty()) {
      throw new IllegalArgumentException("the findings hold nothing of figure 4b");
    }
  }

  private List<Curve> all(Predicate<Run> fits) {
    return generated.distances().stream().filter(curve -> fits.test(curve.run())).toList();
  }

  private Optional<Curve> first(Predicate<Run> fits) {
    return all(fits).stream().findFirst();
  }

  private Optional<Curve> deterministic(int bits) {
    return first(run -> run.hidden().equals(bits == 32 ? "tanh" : "tanh:%sbit".formatted(bits)));
  }

  private Optional<Curve> layerWise() {
    return first(Run::byLayer);
  }

  /// `FID` or `FD-VGG5`.
  private String distance() {
    return byTraining.getFirst().run().recipe().object("real").text("distance");
  }

  @Override
  public List<Ordering> orderings() {
    var distances = new Figure4bOrderings(distance(), "distance").of(generated.distances());
    var errors = new Figure4bOrderings("error", "squared error").of(generated.reconstructions());
    return Stream.concat(
            distances.stream(), errors.stream().map(error -> error.in(1e3, "1e-3 squared error")))
        .toList();
  }

  @Override
  List<String> notes() {
    List<String> remarks = new ArrayList<>(generated.remarks(besideThePaper()));
    Curve first = byTraining.getFirst();
    int sets = first.at(first.samples().getFirst()).length;
    remarks.add(
        "%s is the Fréchet distance of %s sets of %s images from the training images; %s"
            .formatted(
                distance(),
                sets,
                first.run().recipe().object("real").integer("together"),
                sets < Estimate.FEWEST_REPETITIONS
                    ? "too few sets for intervals and orderings."
                    : "its intervals, and those of the orderings, which are paired by latent"
                        + " variables, are over the sets."));
    if (!distance().equals("FID")) {
      remarks.add(
          "FD-VGG5 is of the last hidden neurons of our own classifier, not of Inception's: it can"
              + " order decoders, and its size says nothing beside the paper's FID. Auto-encoders"
              + " trained so briefly draw blurred images, and the grain of one or two passes looks"
              + " sharp to these features, so that more samples need not come nearer; the error of"
              + " reconstructions is not deceived by grain.");
    }
    return remarks;
  }

  @Override
  public List<Exhibit> items() {
    List<Exhibit> items = new ArrayList<>(List.of(ours()));
    if (besideThePaper() && !sameMeasure()) {
      items.add(
          new Figure(
              "fig4b-paper",
              "FID against samples, the paper's",
              "As printed; 1000 epochs, Inception. Lower is nearer to real images.",
              SAMPLES,
              Axis.log10("FID", ""),
              paper()));
    }
    errors().ifPresent(items::add);
    variants().ifPresent(items::add);
    items.add(table());
    items.add(generated.training("fig4b-training"));
    return items;
  }

  private Axis axis() {
    return Axis.log10(distance(), "");
  }

  private Figure ours() {
    List<Series> series = new ArrayList<>();
    byTraining.forEach(curve -> series.add(curve.series()));
    layerWise().ifPresent(curve -> series.add(curve.series(BY_LAYERS)));
    for (int bits : List.of(32, 1)) {
      deterministic(bits)
          .ifPresent(curve -> series.add(Series.reference(Printed.bits(bits), curve.once())));
    }
    if (besideThePaper() && sameMeasure()) {
      series.addAll(paper());
    }
    double real = generated.real().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    if (real > 0) {
      series.add(Series.reference("other real images", real));
    }
    return new Figure(
        "fig4b-distance",
        "%s against samples".formatted(distance()),
        "Auto-encoders trained with s passes of the decoder a step, one colour per s; independent"
            + " passes. Lower is nearer to real images."
            + (besideThePaper() && sameMeasure()
                ? " Solid: ours. Dashed: the paper's as printed, after 1000 epochs."
                : ""),
        SAMPLES,
        axis(),
        series);
  }

  private static List<Series> paper() {
    List<Series> series = new ArrayList<>(Printed.DISTANCES.curves());
    series.add(Printed.DISTANCES.curve(BY_LAYERS, Printed.LAYER_WISE_DISTANCES));
    series.addAll(Printed.DISTANCES.references());
    return series;
  }

  /// Whether ours is the paper's measure, so that both may stand in one chart.
  private boolean sameMeasure() {
    return distance().equals("FID");
  }

  /// What no grain can flatter: how well held-out images are made again.
  private Optional<Figure> errors() {
    List<Series> series = new ArrayList<>();
    for (Curve curve : generated.reconstructions()) {
      Run run = curve.run();
      if (run.byTraining()) {
        series.add(curve.series());
      } else if (run.byLayer()) {
        series.add(curve.series(BY_LAYERS));
      } else if (!run.random()) {
        series.add(
            Series.reference(Printed.bits(run.hidden().equals("tanh") ? 32 : 1), curve.once()));
      }
    }
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "fig4b-error",
                "Error of reconstructions against samples",
                "Mean squared error of held-out images, made again from the means of their latent"
                    + " variables; values are 0 to 1.",
                SAMPLES,
                Axis.log10("Mean squared error", ""),
                series));
  }

  /// p-bits put into the trained network, and p-bits in the last layer too.
  private Optional<Figure> variants() {
    List<Series> series = new ArrayList<>();
    first(run -> run.frozen() && !run.byLayer() && !run.lastIsRandom())
        .ifPresent(curve -> series.add(curve.series("frozen, last layer analog")));
    first(run -> run.frozen() && run.lastIsRandom())
        .ifPresent(curve -> series.add(curve.series("frozen, all p-bits")));
    first(run -> !run.frozen() && run.lastIsRandom())
        .ifPresent(curve -> series.add(curve.series("all p-bits trained")));
    if (series.isEmpty()) {
      return Optional.empty();
    }
    byTraining.forEach(curve -> series.add(curve.series()));
    return Optional.of(
        new Figure(
            "fig4b-variants",
            "p-bits put in, and p-bits in the last layer",
            "Frozen: the weights of the deterministic auto-encoder, nothing retrained; averaged at"
                + " the end.",
            SAMPLES,
            axis(),
            series));
  }

  private Table table() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Curve curve : byTraining) {
      rows.addAll(
          rows(
              curve.run().name(),
              curve,
              Printed.DISTANCES
                  .byTrainingSamples()
                  .getOrDefault(curve.run().trainedSamples(), List.of())));
    }
    layerWise()
        .ifPresent(curve -> rows.addAll(rows(BY_LAYERS, curve, Printed.LAYER_WISE_DISTANCES)));
    for (int bits : List.of(32, 1)) {
      deterministic(bits)
          .ifPresent(curve ->
              rows.add(
                  row(
                      Printed.bits(bits),
                      "",
                      curve.once(),
                      Optional.ofNullable(Printed.DISTANCES.deterministic().get(bits)))));
    }
    List<String> heads = List.of("Network", "T", distance() + ", ours", "FID, paper");
    int shown = besideThePaper() ? heads.size() : 3;
    return new Table(
        "fig4b-distances",
        besideThePaper() ? "%s beside the paper's FID".formatted(distance()) : distance(),
        "",
        heads.subList(0, shown).stream().map(word -> Column.named(word, "")).toList(),
        rows.stream().map(row -> row.subList(0, shown)).toList());
  }

  private static List<List<Cell>> rows(String network, Curve curve, List<Double> printed) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Point point : curve.points()) {
      int samples = (int) point.x();
      rows.add(
          row(network, String.valueOf(samples), point.y(), Printed.DISTANCES.at(printed, samples)));
    }
    return rows;
  }

  private static List<Cell> row(
      String network, String samples, double ours, Optional<Double> printed) {
    return List.of(
        Cell.text(network),
        Cell.text(samples),
        Cell.number(ours, "%.4g"),
        printed.map(value -> Cell.number(value, "%.0f")).orElse(Cell.text("–")));
  }
}
