package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.evaluation.Estimate;
import org.pdnn.experiment.GeneratedDistances;
import org.pdnn.experiment.GeneratedImages;
import org.pdnn.experiment.RealFeatures;
import org.pdnn.experiment.Reconstructions;
import org.pdnn.experiment.SetCurve;
import org.pdnn.experiment.SetCurve.SetPoint;
import org.pdnn.experiment.TrainedVae;
import org.pdnn.report.Cell;
import org.pdnn.report.Column;
import org.pdnn.report.Picture;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;
import org.pdnn.sweep.Kind;

/// Images and distances of auto-encoders among findings.
final class Generated {
  private final Findings findings;

  Generated(Findings findings) {
    this.findings = findings;
  }

  /// Grids of images, in the order in which they were found.
  List<Grids> images() {
    return findings.of(GeneratedImages.KIND).stream()
        .map(found -> new Grids(new Run(found.recipe()), found.result().grids()))
        .toList();
  }

  /// Distances against T.
  List<Curve> distances() {
    return curves(GeneratedDistances.KIND);
  }

  /// Errors of reconstructions against T.
  List<Curve> reconstructions() {
    return curves(Reconstructions.KIND);
  }

  private List<Curve> curves(Kind<SetCurve> kind) {
    return findings.of(kind).stream()
        .map(found -> new Curve(new Run(found.recipe()), found.result().curve()))
        .toList();
  }

  /// Distances of sets of real images that are not among the reference.
  List<Double> real() {
    return findings.of(RealFeatures.KIND).stream()
        .flatMap(found -> found.result().real().stream())
        .toList();
  }

  /// A trained decoder, run.
  ///
  /// @param recipe of the cell
  record Run(Fields recipe) {
    Fields model() {
      return recipe.object("model");
    }

    String hidden() {
      return recipe.text("hidden");
    }

    boolean hiddenIsPBit() {
      return hidden().startsWith("pbit:");
    }

    boolean lastIsRandom() {
      return recipe.text("last").startsWith("pbit:");
    }

    boolean random() {
      return hiddenIsPBit() || lastIsRandom();
    }

    /// Whether other neurons stand where the trained ones stood.
    boolean frozen() {
      return !hidden().equals(model().text("hidden"))
          || !recipe.text("last").equals(model().text("last"));
    }

    boolean byLayer() {
      return recipe.text("averaging").equals("layer");
    }

    /// Whether it was trained with p-bits in hidden layers, the last layer analog, and is averaged
    /// at the end: what curves by s are made of.
    boolean byTraining() {
      return hiddenIsPBit() && !frozen() && !byLayer() && !lastIsRandom();
    }

    /// s, the samples averaged in the loss.
    int trainedSamples() {
      return model().integer("samples");
    }

    /// `s = 5`
    String name() {
      return "s = " + trainedSamples();
    }
  }

  /// Images of a decoder.
  record Grids(Run run, List<GeneratedImages.Grid> grids) {
    /// Grids with their T below.
    List<Picture> pictures() {
      return grids.stream()
          .map(grid ->
              Picture.jpeg(grid.jpeg(), run.random() ? "T = " + grid.samples() : "one pass"))
          .toList();
    }
  }

  /// A decoder measured against T.
  record Curve(Run run, List<SetPoint> curve) {
    /// The values of the sets at T; none if T was not measured.
    double[] at(int samples) {
      return curve.stream()
          .filter(point -> point.samples() == samples)
          .flatMap(point -> point.values().stream())
          .mapToDouble(Double::doubleValue)
          .toArray();
    }

    List<Integer> samples() {
      return curve.stream().map(SetPoint::samples).toList();
    }

    /// Mean value against T, with its interval over the sets of images.
    List<Point> points() {
      List<Point> points = new ArrayList<>();
      for (int count : samples()) {
        double[] sets = at(count);
        Estimate estimate = Estimate.over(sets);
        Point point = Point.of(count, estimate.value());
        // Of few sets an interval may reach below 0, which no distance does: it says nothing then.
        boolean shown = sets.length >= Estimate.FEWEST_REPETITIONS && estimate.low() > 0;
        points.add(shown ? point.between(estimate.low(), estimate.high()) : point);
      }
      return points;
    }

    /// Mean value at the first T: all there is of a deterministic decoder.
    double once() {
      return points().getFirst().y();
    }

    Series.Line series(String name) {
      return Series.line(name, points());
    }

    /// By its s.
    Series.Line series() {
      return series(run.name());
    }
  }

  /// How much smaller the one is than the other, paired by set: latent variables or images of a set
  /// are the same for all. Empty if one of them was not measured so, or on too few sets for an
  /// interval.
  static Optional<Ordering> smaller(
      String place, String statement, double[] near, double[] far, String unit) {
    if (near.length < Estimate.FEWEST_REPETITIONS || near.length != far.length) {
      return Optional.empty();
    }
    double[] differences = new double[near.length];
    for (int i = 0; i < near.length; i++) {
      differences[i] = far[i] - near[i];
    }
    Estimate estimate = Estimate.over(differences);
    return Optional.of(
        new Ordering(place, statement, estimate.value(), estimate.low(), estimate.high(), unit));
  }

  /// What a reader should know of the training.
  ///
  /// @param paper whether the paper's training stands beside it
  List<String> remarks(boolean paper) {
    Optional<Fields> trained =
        Stream.concat(images().stream().map(Grids::run), distances().stream().map(Curve::run))
            .map(Run::model)
            .filter(one -> one.object("first").has("kind"))
            .findFirst();
    if (trained.isEmpty()) {
      return List.of();
    }
    Fields model = trained.get();
    return List.of(
        String.format(
            Locale.ROOT,
            "Trained on %,d images of %s%s.",
            model.integer("images"),
            model.text("data"),
            paper ? "; the paper's on 162,770 for 1000 epochs" : ""),
        "Unlike the paper's, p-bits and neurons of one bit start from the weights of the"
            + " deterministic 32-bit auto-encoder, and the latent variables of each are turned to"
            + " their principal axes over the training images, with variance 1.");
  }

  /// How each auto-encoder was trained.
  Table training(String id) {
    List<List<Cell>> rows = findings.of(TrainedVae.KIND).stream().map(Generated::row).toList();
    return new Table(
        id,
        "How the auto-encoders were trained",
        "Reconstruction: binary cross-entropy of the average image; divergence of the latent"
            + " variables; both of held-out images once trained, in nats.",
        Stream.of(
                "Hidden",
                "Last",
                "s",
                "Epochs",
                "Learning rate",
                "Schedule",
                "Products",
                "Start",
                "Reconstruction",
                "Divergence")
            .map(word -> Column.named(word, ""))
            .toList(),
        rows);
  }

  private static List<Cell> row(Found<TrainedVae.Result> trained) {
    Fields recipe = trained.recipe();
    List<Cell> row =
        new ArrayList<>(
            Stream.of(
                    "hidden", "last", "samples", "epochs", "learningRate", "schedule", "arithmetic")
                .map(key -> Cell.text(recipe.word(key)))
                .toList());
    row.add(Cell.text(start(recipe, recipe.object("first"))));
    row.add(Cell.number(trained.result().testReconstruction(), "%.1f"));
    row.add(Cell.number(trained.result().testDivergence(), "%.1f"));
    return row;
  }

  private static String start(Fields recipe, Fields first) {
    if (!first.has("kind")) {
      return first.text("start");
    }
    return first.text("hidden").equals(recipe.text("hidden")) ? "its first part" : "twin";
  }
}
