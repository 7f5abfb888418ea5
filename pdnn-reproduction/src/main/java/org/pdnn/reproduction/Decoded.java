package org.pdnn.reproduction;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pdnn.evaluation.Estimate;
import org.pdnn.experiment.GeneratedDistances;
import org.pdnn.experiment.GeneratedImages;
import org.pdnn.experiment.SetCurve;
import org.pdnn.experiment.SetCurve.SetPoint;
import org.pdnn.report.Picture;
import org.pdnn.report.Pictures;
import org.pdnn.report.Series;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;
import org.pdnn.sweep.Kind;

/// A trained decoder measured on sets of images against T.
record Decoded(Run run, List<SetPoint> sets) {
  /// All of a kind, in the order of the cells.
  static List<Decoded> all(Findings findings, Kind<SetCurve> kind) {
    return findings.of(kind).stream()
        .map(found -> new Decoded(new Run(found.recipe()), found.result().curve()))
        .toList();
  }

  /// Whether it was trained with p-bits in hidden layers, the last layer analog, and is averaged at
  /// the end: what curves by s are made of.
  boolean byTraining() {
    return run.hiddenIsRandom() && !run.frozen() && !run.byLayer() && !run.lastIsRandom();
  }

  List<Integer> samples() {
    return sets.stream().map(SetPoint::samples).toList();
  }

  /// The values of the sets at T; none if T was not measured.
  double[] at(int samples) {
    return sets.stream()
        .filter(point -> point.samples() == samples)
        .flatMap(point -> point.values().stream())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /// Means over the sets of images. Of few sets an interval may reach below 0, which no distance
  /// does: it says nothing then.
  Curve means() {
    Curve curve = new Curve(new TreeMap<>(), 1);
    for (int count : samples()) {
      double[] values = at(count);
      Estimate mean = Estimate.over(values);
      boolean interval = values.length >= Estimate.FEWEST_REPETITIONS && mean.low() > 0;
      curve.values().put(count, interval ? mean : Estimate.exact(mean.value()));
    }
    return curve;
  }

  /// By its s.
  Series.Line line() {
    return means().line(run.name());
  }

  /// Grids of images with their T below.
  static Pictures pictures(
      String id, String title, String caption, Found<GeneratedImages.Result> found) {
    boolean random = new Run(found.recipe()).random();
    return new Pictures(
        id,
        title,
        caption,
        found.result().grids().stream()
            .map(grid -> Picture.jpeg(grid.jpeg(), random ? "T = " + grid.samples() : "one pass"))
            .toList());
  }

  /// What a reader should know of the training of auto-encoders for faces.
  static void remark(Findings findings, Reproduction page) {
    Optional<Fields> trained =
        Stream.concat(
                findings.of(GeneratedImages.KIND).stream(),
                findings.of(GeneratedDistances.KIND).stream())
            .map(found -> found.recipe().object("model"))
            .filter(model -> model.object("first").has("kind"))
            .findFirst();
    trained.ifPresent(model ->
        page.remark(
            String.format(
                Locale.ROOT,
                "Trained on %,d images of %s%s.",
                model.integer("images"),
                model.text("data"),
                page.ifBesideThePaper("; the paper's on 162,770 for 1000 epochs")),
            "Unlike the paper's, p-bits and neurons of one bit start from the weights of the"
                + " deterministic 32-bit auto-encoder, and the latent variables of each are turned"
                + " to their principal axes over the training images, with variance 1."));
  }
}
