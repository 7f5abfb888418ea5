package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pdnn.report.Column;
import org.pdnn.report.Figure;
import org.pdnn.report.Rows;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.sweep.Fields;

/// What figure 4a shows, the paper's curves beside ours.
final class Figure4aCharts {
  private static final List<Integer> BITS = List.of(32, 3, 2, 1);

  private final List<Measured> curves;
  private final Reproduction page;

  /// By s, ascending: sigmoid p-bits, independent passes averaged at the end.
  private final List<Measured> byTraining;

  Figure4aCharts(Figure4a experiment, List<Measured> curves, Reproduction page) {
    this.curves = curves;
    this.page = page;
    this.byTraining =
        experiment.found(
            Measured.all(
                    curves,
                    run ->
                        run.neuron().equals("pbit:sigmoid")
                            && !run.frozen()
                            && run.trainedScheme().equals("independent")
                            && run.scheme().equals("independent"))
                .stream()
                .sorted(Comparator.comparingInt(curve -> curve.run().trainingSamples()))
                .toList());
  }

  void draw() {
    Run first = byTraining.getFirst().run();
    Fields model = first.model();
    page.remark(
        String.format(
            Locale.ROOT,
            "Trained on %,d images of %s, measured on %,d others. %s Intervals of the orderings are"
                + " paired, over images and noise.",
            model.integer("images"),
            model.text("data"),
            first.recipe().integer("images"),
            first.seeds().words()));
    Fields start = model.object("first");
    if (start.text("start").equals("twin")) {
      page.remark(
          "Unlike the paper's, p-DNNs and k-bit networks start from the weights of the deterministic"
              + " 32-bit network. Under max pools the greatest of four bits is 1 too often, so p-bits"
              + " there start with pre-activations times "
              + start.word("gain")
              + ", less "
              + start.word("lowered")
              + ".");
    }
    page.add(accuracy());
    first(run -> run.frozen() && run.byLayer()).ifPresent(curve -> page.add(layers(curve)));
    variants().ifPresent(page::add);
    page.add(table());
    page.add(
        Charts.trainings(
            "fig4a-training",
            Measured.all(curves, run -> !run.frozen()).stream()
                .map(curve -> curve.run().model())
                .toList()));
  }

  private Optional<Measured> first(Predicate<Run> fits) {
    return Measured.first(curves, fits);
  }

  private Optional<Measured> deterministic(int bits) {
    String neuron = bits == 32 ? "sigmoid" : "sigmoid:%sbit".formatted(bits);
    return first(run -> run.neuron().equals(neuron));
  }

  private static Series.Line line(Measured curve) {
    return curve.line(curve.run().name());
  }

  private Figure accuracy() {
    List<Series> series = new ArrayList<>();
    byTraining.forEach(curve -> series.add(line(curve)));
    for (int bits : BITS) {
      deterministic(bits).ifPresent(curve -> series.add(curve.reference(Printed.bits(bits))));
    }
    if (page.besideThePaper()) {
      series.addAll(Printed.ACCURACIES.series());
    }
    return Charts.againstSamples(
        "fig4a-accuracy",
        "Accuracy against samples",
        "Networks trained with s samples averaged in the loss, one colour per s; independent"
            + " passes, averaged at the end. Horizontal lines: deterministic networks. "
            + (page.besideThePaper()
                ? "Solid: ours. Dashed: the paper's as printed, after 1000 epochs."
                : byTraining.getFirst().run().seeds().words()),
        Charts.ACCURACY,
        series);
  }

  /// p-bits in the trained deterministic network, nothing retrained.
  private Figure layers(Measured frozen) {
    List<Series> series = new ArrayList<>();
    series.add(frozen.line(Printed.LAYER_BY_LAYER));
    if (page.besideThePaper()) {
      series.addAll(Printed.LAYER_WISE_ACCURACIES.series());
    }
    series.add(line(byTraining.getLast()));
    return Charts.againstSamples(
        "fig4a-layers",
        "Averaging layer by layer against averaging at the end",
        "The bits of the frozen deterministic network, averaged over T after each layer, beside a"
            + " trained p-DNN averaged at the end."
            + page.ifBesideThePaper(" Dashed: the paper's."),
        Charts.ACCURACY,
        series);
  }

  private Optional<Figure> variants() {
    List<Series> series = new ArrayList<>();
    first(run -> run.neuron().equals("pbit:tanh") && !run.frozen())
        .ifPresent(tanh -> {
          series.add(tanh.line("tanh, " + tanh.run().name()));
          Measured.all(byTraining, run -> run.name().equals(tanh.run().name()))
              .forEach(sigmoid -> series.add(line(sigmoid)));
        });
    first(run -> run.neuron().equals("tanh"))
        .ifPresent(twin -> series.add(twin.reference("deterministic, tanh, 32 bits")));
    Measured.all(
            curves,
            run -> !run.frozen() && (run.scrambled() || run.trainedScheme().equals("scrambled")))
        .forEach(curve -> series.add(scrambled(curve)));
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Charts.againstSamples(
                "fig4a-variants",
                "Tanh in place of sigmoid; scrambled passes",
                "One colour per network; trained scrambled: the s samples averaged in the loss"
                    + " share their randomness. Solid: measured with independent passes. Dashed:"
                    + " with scrambled ones. Dotted: scrambled, with expectation in the last hidden"
                    + " layer.",
                Charts.ACCURACY,
                series));
  }

  /// A network whose passes share randomness in training, in measuring, or in both.
  private static Series scrambled(Measured curve) {
    Run run = curve.run();
    String network =
        run.name() + (run.trainedScheme().equals("scrambled") ? ", trained scrambled" : "");
    if (!run.scrambled()) {
      return curve.line(network);
    }
    String way = run.expectation() ? ", scrambled with expectation" : ", scrambled passes";
    return curve
        .line(network + way)
        .of(network)
        .in(run.expectation() ? Series.Stroke.DOTTED : Series.Stroke.DASHED);
  }

  private Table table() {
    Printed paper = Printed.ACCURACIES;
    Rows<Printed.Pair> rows =
        new Rows<>(
                Stream.concat(
                        byTraining.stream()
                            .flatMap(curve -> paper.beside(curve.run().name(), curve.accuracies())),
                        BITS.stream()
                            .flatMap(bits ->
                                deterministic(bits).stream()
                                    .map(curve ->
                                        paper.beside(Printed.bits(bits), curve.deterministic()))))
                    .toList())
            .add("network", "Network", Printed.Pair::network)
            .add("samples", "T", Printed.Pair::samples)
            .add(Column.percent("accuracy", "Accuracy"), Printed.Pair::ours);
    if (page.besideThePaper()) {
      rows.add(Column.percent("paper", "Paper"), Figure4aCharts::printed)
          .add(
              Column.percent("difference", "Difference").in(Ordering.POINTS).as("%+.2f"),
              pair -> printed(pair).stream().map(theirs -> pair.ours().value() - theirs).findAny());
    }
    return rows.table(
        "fig4a-accuracies", "Accuracies" + page.ifBesideThePaper(" beside the paper's"));
  }

  /// As a share.
  private static OptionalDouble printed(Printed.Pair pair) {
    return pair.printed().isPresent()
        ? OptionalDouble.of(pair.printed().getAsDouble() / 100)
        : OptionalDouble.empty();
  }
}
