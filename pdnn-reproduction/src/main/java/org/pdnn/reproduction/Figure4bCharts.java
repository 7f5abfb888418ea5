package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pdnn.evaluation.Estimate;
import org.pdnn.experiment.GeneratedDistances;
import org.pdnn.experiment.RealFeatures;
import org.pdnn.experiment.Reconstructions;
import org.pdnn.report.Axis;
import org.pdnn.report.Column;
import org.pdnn.report.Figure;
import org.pdnn.report.Rows;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;

/// What figure 4b shows, the paper's curves beside ours.
final class Figure4bCharts {
  private static final String INCEPTION = "FID";

  private final Findings findings;
  private final Reproduction page;
  private final List<Decoded> distances;
  private final List<Decoded> errors;
  private final List<Decoded> byTraining;

  /// What the distances are of.
  private final Fields real;

  Figure4bCharts(Figure4b experiment, Findings findings, Reproduction page) {
    this.findings = findings;
    this.page = page;
    this.distances = Decoded.all(findings, GeneratedDistances.KIND);
    this.errors = Decoded.all(findings, Reconstructions.KIND);
    this.byTraining = experiment.found(distances.stream().filter(Decoded::byTraining).toList());
    this.real = byTraining.getFirst().run().recipe().object("real");
  }

  void draw() {
    Decoded.remark(findings, page);
    remark();
    new Figure4bOrderings(distance(), 1, "distance").of(distances).forEach(page::order);
    new Figure4bOrderings("error", 1e3, "1e-3 squared error").of(errors).forEach(page::order);
    page.add(ours());
    if (page.besideThePaper() && !sameMeasure()) {
      page.add(
          Charts.againstSamples(
              "fig4b-paper",
              "FID against samples, the paper's",
              "As printed; 1000 epochs, Inception. Lower is nearer to real images.",
              Axis.log10(INCEPTION, ""),
              Printed.DISTANCES.series()));
    }
    reconstructions().ifPresent(page::add);
    variants().ifPresent(page::add);
    page.add(table());
    page.add(Charts.trainings("fig4b-training", findings));
  }

  /// `FID` or `FD-VGG5`.
  private String distance() {
    return real.text("distance");
  }

  /// Whether ours is the paper's measure, so that both may stand in one chart.
  private boolean sameMeasure() {
    return distance().equals(INCEPTION);
  }

  private void remark() {
    Decoded first = byTraining.getFirst();
    int sets = first.at(first.samples().getFirst()).length;
    page.remark(
        "%s is the Fréchet distance of %s sets of %s images from the training images; %s"
            .formatted(
                distance(),
                sets,
                real.integer("together"),
                sets < Estimate.FEWEST_REPETITIONS
                    ? "too few sets for intervals and orderings."
                    : "its intervals, and those of the orderings, which are paired by latent"
                        + " variables, are over the sets."));
    if (!sameMeasure()) {
      page.remark(
          "FD-VGG5 is of the last hidden neurons of our own classifier, not of Inception's: it can"
              + " order decoders, and its size says nothing beside the paper's FID. Auto-encoders"
              + " trained so briefly draw blurred images, and the grain of one or two passes looks"
              + " sharp to these features, so that more samples need not come nearer; the error of"
              + " reconstructions is not deceived by grain.");
    }
  }

  private static Optional<Decoded> first(List<Decoded> curves, Predicate<Run> fits) {
    return curves.stream().filter(curve -> fits.test(curve.run())).findFirst();
  }

  private Optional<Decoded> deterministic(List<Decoded> curves, int bits) {
    String neuron = bits == 32 ? "tanh" : "tanh:%sbit".formatted(bits);
    return first(curves, run -> run.neuron().equals(neuron));
  }

  /// By s, averaged layer by layer, and deterministic.
  private List<Series> series(List<Decoded> curves) {
    List<Series> series = new ArrayList<>();
    curves.stream().filter(Decoded::byTraining).forEach(curve -> series.add(curve.line()));
    first(curves, Run::byLayer)
        .ifPresent(curve -> series.add(curve.means().line(Printed.LAYER_BY_LAYER)));
    for (int bits : List.of(32, 1)) {
      deterministic(curves, bits)
          .ifPresent(curve -> series.add(curve.means().reference(Printed.bits(bits))));
    }
    return series;
  }

  private Figure ours() {
    List<Series> series = series(distances);
    boolean beside = page.besideThePaper() && sameMeasure();
    if (beside) {
      series.addAll(Printed.DISTANCES.series());
    }
    findings.of(RealFeatures.KIND).stream()
        .flatMap(found -> found.result().real().stream())
        .mapToDouble(Double::doubleValue)
        .average()
        .ifPresent(mean -> series.add(Series.reference("other real images", mean)));
    return Charts.againstSamples(
        "fig4b-distance",
        "%s against samples".formatted(distance()),
        "Auto-encoders trained with s samples averaged in the loss, one colour per s; independent"
            + " passes. Lower is nearer to real images."
            + (beside ? " Solid: ours. Dashed: the paper's as printed, after 1000 epochs." : ""),
        Axis.log10(distance(), ""),
        series);
  }

  /// What no grain can flatter: how well held-out images are made again.
  private Optional<Figure> reconstructions() {
    return errors.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Charts.againstSamples(
                "fig4b-error",
                "Error of reconstructions against samples",
                "Mean squared error of held-out images, made again from the means of their latent"
                    + " variables; values are 0 to 1.",
                Axis.log10("Mean squared error", ""),
                series(errors)));
  }

  /// p-bits put into the trained network, and p-bits in the last layer too.
  private Optional<Figure> variants() {
    List<Series> series = new ArrayList<>();
    variant(series, "frozen, last layer analog", run -> run.frozen() && !run.lastIsRandom());
    variant(series, "frozen, all p-bits", run -> run.frozen() && run.lastIsRandom());
    variant(series, "all p-bits trained", run -> !run.frozen() && run.lastIsRandom());
    if (series.isEmpty()) {
      return Optional.empty();
    }
    byTraining.forEach(curve -> series.add(curve.line()));
    return Optional.of(
        Charts.againstSamples(
            "fig4b-variants",
            "p-bits put in, and p-bits in the last layer",
            "Frozen: the weights of the deterministic auto-encoder, nothing retrained; averaged at"
                + " the end.",
            Axis.log10(distance(), ""),
            series));
  }

  private void variant(List<Series> series, String name, Predicate<Run> fits) {
    first(distances, run -> fits.test(run) && !run.byLayer())
        .ifPresent(curve -> series.add(curve.means().line(name)));
  }

  private Table table() {
    Printed paper = Printed.DISTANCES;
    Rows<Printed.Pair> rows =
        new Rows<>(
                Stream.of(
                        byTraining.stream()
                            .flatMap(curve -> paper.beside(curve.run().name(), curve.means())),
                        first(distances, Run::byLayer).stream()
                            .flatMap(curve -> paper.beside(Printed.LAYER_BY_LAYER, curve.means())),
                        Stream.of(32, 1)
                            .flatMap(bits ->
                                deterministic(distances, bits).stream()
                                    .map(curve ->
                                        paper.beside(
                                            Printed.bits(bits), curve.means().first().value()))))
                    .flatMap(pairs -> pairs)
                    .toList())
            .add("network", "Network", Printed.Pair::network)
            .add("samples", "T", Printed.Pair::samples)
            .add(Column.of("distance", distance()).as("%.4g"), Printed.Pair::ours);
    if (page.besideThePaper()) {
      rows.add(Column.of("paper", "FID, paper").as("%.0f"), Printed.Pair::printed);
    }
    return rows.table(
        "fig4b-distances", distance() + page.ifBesideThePaper(" beside the paper's FID"));
  }
}
