package org.pdnn.reproduction;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.experiment.TrainedVae;
import org.pdnn.report.Axis;
import org.pdnn.report.Column;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Rows;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// Figures and tables that experiments have in common.
final class Charts {
  static final Axis ACCURACY = Axis.linear("Accuracy", "%");

  private Charts() {}

  /// A figure against T, with a tick at each T that a line has.
  static Figure againstSamples(
      String id, String title, String caption, Axis y, List<? extends Series> series) {
    double[] ticks =
        series.stream()
            .flatMap(one -> one instanceof Series.Line line ? line.points().stream() : Stream.of())
            .mapToDouble(point -> point.x())
            .distinct()
            .sorted()
            .toArray();
    return new Figure(
        id, title, caption, Axis.log2("Samples T", "").withTicks(ticks), y, List.copyOf(series));
  }

  /// Bars side by side, each with its number above it.
  static Series bars(String name, String format, List<Double> values) {
    return Series.bars(
        name,
        IntStream.range(0, values.size())
            .mapToObj(i ->
                Point.of(i + 1.0, values.get(i))
                    .labelled(String.format(Locale.ROOT, format, values.get(i))))
            .toList());
  }

  /// How a network was trained.
  private record Training(
      String neuron,
      int samples,
      String scheme,
      int epochs,
      double learningRate,
      String schedule,
      int batch,
      String arithmetic,
      String start) {
    static Training of(Fields recipe) {
      Fields first = recipe.object("first");
      String neuron = recipe.text(recipe.has("hidden") ? "hidden" : "neuron");
      boolean own = first.has("hidden") && first.text("hidden").equals(neuron);
      return new Training(
          neuron,
          recipe.integer("samples"),
          recipe.text("scheme"),
          recipe.integer("epochs"),
          recipe.real("learningRate"),
          recipe.text("schedule"),
          recipe.integer("batch"),
          recipe.text("arithmetic"),
          own ? "its first part" : first.has("kind") ? "twin" : first.text("start"));
    }

    static <R> Rows<R> rows(List<R> trained, Function<R, Training> training) {
      return new Rows<>(trained)
          .add("neuron", "Neuron", one -> training.apply(one).neuron())
          .add("trainingSamples", "s", one -> training.apply(one).samples())
          .add("scheme", "Scheme", one -> training.apply(one).scheme())
          .add("epochs", "Epochs", one -> training.apply(one).epochs())
          .add("learningRate", "Learning rate", one -> training.apply(one).learningRate())
          .add("schedule", "Schedule", one -> training.apply(one).schedule())
          .add("batch", "Batch", one -> training.apply(one).batch())
          .add("arithmetic", "Products", one -> training.apply(one).arithmetic())
          .add("start", "Start", one -> training.apply(one).start());
    }
  }

  /// How classifiers were trained; equal settings once.
  ///
  /// @param recipes of their trainings
  static Table trainings(String id, List<Fields> recipes) {
    return Training.rows(recipes.stream().map(Training::of).distinct().toList(), one -> one)
        .table(
            id,
            "How the networks were trained",
            "Start: first weights drawn (glorot), or those of the deterministic 32-bit network"
                + " (twin).");
  }

  /// How auto-encoders were trained, and their losses.
  static Table trainings(String id, Findings findings) {
    List<Found<TrainedVae.Result>> trained = findings.of(TrainedVae.KIND);
    return Training.rows(trained, one -> Training.of(one.recipe()))
        .add("last", "Last neuron", one -> one.recipe().text("last"))
        .add(
            Column.of("reconstructionNats", "Reconstruction").in("nats").as("%.1f"),
            one -> one.result().testReconstruction())
        .add(
            Column.of("divergenceNats", "Divergence").in("nats").as("%.1f"),
            one -> one.result().testDivergence())
        .table(
            id,
            "How the auto-encoders were trained",
            "Reconstruction: binary cross-entropy of the average image; divergence of the latent"
                + " variables; both of held-out images once trained.");
  }
}
