package org.pdnn.cli.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.cli.input.TestImagesOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Share;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.EarlyStop;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.StopPoint;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Rows;
import org.pdnn.report.Table;
import org.pdnn.sampling.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pdnn early-stop`: how many samples a model needs if each image stops once it is settled.
@Command(
    name = "early-stop",
    mixinStandardHelpOptions = true,
    description =
        "Measure how many samples are saved, and at what cost, if each image stops once its class"
            + " is settled.",
    footer = {
      "",
      "An image is settled once its class is, with the stated confidence, that of all T samples."
          + " Mean T is the mean number of samples drawn; changed is the share of images whose"
          + " class is not that of all T.",
      "",
      "Examples:",
      "  pdnn early-stop p5.safetensors",
      "  pdnn early-stop p5.safetensors --confidence 0.5,0.9,0.99 --samples 64",
      "  pdnn predict p5.safetensors --index 7 --until-confident 0.99   one image"
    })
public final class EarlyStopCommand extends SubjectCommand {
  @Mixin private final TestImagesOption images = new TestImagesOption();

  @Heading("Sampling")
  @Option(
      names = "--confidence",
      converter = Share.Confidence.class,
      paramLabel = "C,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "0.9,0.99",
      description = "Confidences at which images stop (default: ${DEFAULT-VALUE}).")
  private List<Double> confidences = List.of();

  @Override
  Images images(DataSet set, long seed) {
    return images.of(set.test(), seed);
  }

  @Override
  Document document(Subject subject) {
    var evaluation = subject.evaluation();
    int longest = evaluation.samples().getLast();
    EarlyStop.requireStoppable(
        new Run(longest, evaluation.scheme(), evaluation.averaging(), evaluation.last()),
        evaluation.outputs(),
        subject.network());
    EarlyStop stop = subject.stopped(confidences);
    List<StopPoint> andNever = new ArrayList<>(stop.points());
    andNever.add(
        new StopPoint(1, Estimate.exact(stop.samples()), stop.accuracy(), Estimate.exact(0)));
    return subject.noted(
        subject
            .document("Stopping early")
            .fact("samples", stop.samples())
            .fact("accuracy", stop.accuracy())
            .add(table(andNever)));
  }

  private static Table table(List<StopPoint> points) {
    return new Rows<>(points)
        .add(
            Column.shown("confidence"),
            stop -> confidence(stop).map(String::valueOf).orElse("none"))
        .add(Column.kept("confidence"), EarlyStopCommand::confidence)
        .add(Column.of("meanSamples", "mean T").as("%.2f"), StopPoint::meanSamples)
        .add(Column.percent("accuracy", "accuracy"), StopPoint::accuracy)
        .add(Column.percent("changed", "changed").as("%.3f"), StopPoint::changed)
        .table("stops", "What stopping early saves and costs");
  }

  /// Nothing for images that never stop.
  private static Optional<Double> confidence(StopPoint stop) {
    return stop.confidence() < 1 ? Optional.of(stop.confidence()) : Optional.empty();
  }
}
