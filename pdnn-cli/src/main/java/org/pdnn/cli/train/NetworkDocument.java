package org.pdnn.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.pdnn.cli.display.TrainingDisplay.Epoch;
import org.pdnn.cli.train.CourseFigure.Curve;
import org.pdnn.network.Network;
import org.pdnn.report.Document;
import org.pdnn.report.Point;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.StepResult;

/// What `pdnn train` says of a network.
final class NetworkDocument {
  private NetworkDocument() {}

  /// The document, without what only the command knows.
  ///
  /// @param result of the held-out images after the last epoch
  /// @param epochs that were trained here
  static Document of(
      Path file,
      String sha256,
      Network trained,
      Hyperparameters choices,
      StepResult result,
      List<Epoch> epochs) {
    Document document =
        new Document("Training")
            .fact("model", file.toString())
            .fact("modelSha256", sha256)
            .fact("parameters", trained.parameters());
    String validated = "";
    if (result.images() > 0) {
      document.fact("validationAccuracy", result.accuracy()).fact("validationLoss", result.loss());
      validated =
          "; validation accuracy %.2f %% at T = %d"
              .formatted(100 * result.accuracy(), trained.random() ? choices.samples() : 1);
    }
    document.headline("%s: %,d parameters%s".formatted(file, trained.parameters(), validated));
    draw(document, "loss", "Loss", "nats", epochs, StepResult::loss);
    draw(document, "accuracy", "Accuracy", "%", epochs, each -> 100 * each.accuracy());
    return document
        .provenance("seed", choices.seed())
        .provenance("samples", choices.samples())
        .provenance("epochs", choices.epochs())
        .provenance("batch", choices.batch())
        .provenance("learningRate", choices.learningRate())
        .provenance("schedule", choices.schedule())
        .provenance("scheme", choices.scheme())
        .provenance("arithmetic", choices.arithmetic())
        .provenance("weightForm", choices.weights());
  }

  private static void draw(
      Document document,
      String id,
      String title,
      String unit,
      List<Epoch> epochs,
      ToDoubleFunction<StepResult> value) {
    CourseFigure.add(
        document,
        id,
        title,
        unit,
        epochs,
        List.of(
            new Curve<>("images learnt from", each -> point(each, each.learnt(), value)),
            new Curve<>("held-out images", each -> point(each, each.heldOut(), value))));
  }

  private static Stream<Point> point(
      Epoch epoch, StepResult result, ToDoubleFunction<StepResult> value) {
    return result.images() == 0
        ? Stream.of()
        : Stream.of(Point.of(epoch.number(), value.applyAsDouble(result)));
  }
}
