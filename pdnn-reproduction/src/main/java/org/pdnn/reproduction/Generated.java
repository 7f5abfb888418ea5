package org.pdnn.reproduction;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.evaluation.Estimate;
import org.pdnn.report.Cell;
import org.pdnn.report.Picture;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.sweep.Entry;
import org.pdnn.sweep.Findings;

/// Images and distances of auto-encoders among findings.
final class Generated {
  private final Findings findings;

  Generated(Findings findings) {
    this.findings = findings;
  }

  private List<Run> ofKind(String kind) {
    return findings.ofKind(kind).stream()
        .map(entry -> new Run(entry.recipe(), entry.result()))
        .toList();
  }

  /// Grids of images, in the order in which they were found.
  List<Run> images() {
    return ofKind("images");
  }

  /// Distances against T.
  List<Run> distances() {
    return ofKind("distances");
  }

  /// Errors of reconstructions against T.
  List<Run> reconstructions() {
    return ofKind("reconstructions");
  }

  /// Distances of sets of real images that are not among the reference.
  List<Double> real() {
    List<Double> real = new ArrayList<>();
    ofKind("real-features")
        .forEach(run -> run.result().path("real").forEach(value -> real.add(value.asDouble())));
    return real;
  }

  /// A trained decoder, run.
  ///
  /// @param recipe of the cell
  record Run(JsonNode recipe, JsonNode result) {
    JsonNode model() {
      return recipe.path("model");
    }

    String hidden() {
      return recipe.path("hidden").asText();
    }

    boolean hiddenIsPBit() {
      return hidden().startsWith("pbit:");
    }

    boolean lastIsRandom() {
      return recipe.path("last").asText().startsWith("pbit:");
    }

    boolean random() {
      return hiddenIsPBit() || lastIsRandom();
    }

    /// Whether other neurons stand where the trained ones stood.
    boolean frozen() {
      return !hidden().equals(model().path("hidden").asText())
          || !recipe.path("last").asText().equals(model().path("last").asText());
    }

    boolean byLayer() {
      return recipe.path("averaging").asText().equals("layer");
    }

    /// Whether it was trained with p-bits in hidden layers, the last layer analog, and is averaged
    /// at the end: what curves by s are made of.
    boolean byTraining() {
      return hiddenIsPBit() && !frozen() && !byLayer() && !lastIsRandom();
    }

    /// s, passes of a training step.
    int trainedSamples() {
      return model().path("samples").asInt();
    }

    /// `s = 5`
    String name() {
      return "s = " + trainedSamples();
    }

    /// Grids with their T below.
    List<Picture> grids() {
      List<Picture> grids = new ArrayList<>();
      for (JsonNode grid : result.path("grids")) {
        String caption = random() ? "T = " + grid.path("samples").asInt() : "one pass";
        try {
          byte[] jpeg = grid.path("jpeg").binaryValue();
          if (jpeg == null) {
            throw new IllegalArgumentException("the findings hold a grid without its image");
          }
          grids.add(Picture.jpeg(jpeg, caption));
        } catch (IOException e) {
          throw new UncheckedIOException("a grid among the findings is no base64", e);
        }
      }
      return grids;
    }

    /// The distances of the sets at T; none if T was not measured.
    double[] at(int samples) {
      for (JsonNode point : result.path("curve")) {
        if (point.path("samples").asInt() == samples) {
          return values(point);
        }
      }
      return new double[0];
    }

    List<Integer> samples() {
      List<Integer> samples = new ArrayList<>();
      result.path("curve").forEach(point -> samples.add(point.path("samples").asInt()));
      return samples;
    }

    private static double[] values(JsonNode point) {
      List<Double> values = new ArrayList<>();
      point.path("values").forEach(value -> values.add(value.asDouble()));
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// Mean distance against T, with its interval over the sets of images.
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

    /// Mean distance at the first T: all there is of a deterministic decoder.
    double once() {
      return points().getFirst().y();
    }

    Series.Line series(String name) {
      return Series.line(name, points());
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
    JsonNode model =
        Stream.concat(images().stream(), distances().stream())
            .map(Run::model)
            .filter(one -> one.path("first").has("kind"))
            .findFirst()
            .orElse(null);
    if (model == null) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "Trained on %,d images of %s%s.",
            model.path("images").asInt(),
            model.path("data").asText(),
            paper ? "; the paper's on 162,770 for 1000 epochs" : ""),
        "Unlike the paper's, p-bits and neurons of one bit start from the weights of the"
            + " deterministic 32-bit auto-encoder, and the latent variables of each are turned to"
            + " their principal axes over the training images, with variance 1.");
  }

  /// How each auto-encoder was trained.
  Table training(String id) {
    List<List<Cell>> rows = findings.ofKind("auto-encoder").stream().map(Generated::row).toList();
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
            .map(word -> new Table.Column(word, ""))
            .toList(),
        rows);
  }

  private static List<Cell> row(Entry entry) {
    JsonNode recipe = entry.recipe();
    List<Cell> row =
        new ArrayList<>(
            Stream.of(
                    "hidden", "last", "samples", "epochs", "learningRate", "schedule", "arithmetic")
                .map(key -> Cell.text(recipe.path(key).asText()))
                .toList());
    JsonNode first = recipe.path("first");
    row.add(Cell.text(start(recipe, first)));
    row.add(loss(entry.result(), "testReconstruction"));
    row.add(loss(entry.result(), "testDivergence"));
    return row;
  }

  private static String start(JsonNode recipe, JsonNode first) {
    if (!first.has("kind")) {
      return first.path("start").asText();
    }
    return first.path("hidden").equals(recipe.path("hidden")) ? "its first part" : "twin";
  }

  private static Cell loss(JsonNode result, String key) {
    return result.has(key) ? Cell.number(result.path(key).asDouble(), "%.1f") : Cell.text("–");
  }
}
