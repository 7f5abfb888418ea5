package org.pdnn.cli.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.input.TestImagesOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Share;
import org.pdnn.cli.option.Within;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.EarlyStop;
import org.pdnn.evaluation.LongRuns;
import org.pdnn.names.Counted;
import org.pdnn.report.Document;
import org.pdnn.sampling.MarginStop;
import org.pdnn.sampling.SettledTest;
import org.pdnn.sampling.StopRule;
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
      "There are two guarantees. --confidence: each image stops with the class of all T"
          + " samples, except for a share 1 - C of noise seeds. --changed-at-most: a share E of"
          + " all answers may change, on average over images like those that the model held out"
          + " when it was trained; a single image may change more often. The second needs fewer"
          + " samples.",
      "",
      "Mean T is the mean number of samples drawn; changed is the share of answers that are not the"
          + " class of all T.",
      "",
      "Examples:",
      "  pdnn early-stop p5.safetensors",
      "  pdnn early-stop p5.safetensors --confidence 0.5,0.9,0.99 --samples 64",
      "  pdnn early-stop p5.safetensors --hardest 100 --seeds 1000",
      "  pdnn predict p5.safetensors --index 7 --until-confident 0.99   one image",
      "  pdnn early-stop p5.safetensors --changed-at-most 1%% --format json --out e.json",
      "  pdnn predict p5.safetensors --index 7 --until-margin e.json"
    })
public final class EarlyStopCommand extends SubjectCommand {
  @Mixin private final TestImagesOption images = new TestImagesOption();

  @Heading("Data")
  @Option(
      names = "--hardest",
      paramLabel = "N",
      description =
          "Only the N images whose class is the least certain, and how often the worst changes.")
  @Within(least = 1, most = 1 << 24)
  private @Nullable Integer hardest;

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

  @Heading("Sampling")
  @Option(
      names = "--changed-at-most",
      converter = Share.Part.class,
      paramLabel = "E,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "Shares of all answers that stopping may change, as in 0.1%%; each gets a margin, chosen"
              + " on held-out training images, that is kept with 99 %% confidence.")
  private List<Double> shares = List.of();

  @Override
  Images images(DataSet set, long seed) {
    return images.of(set.test(), seed);
  }

  @Override
  Document document(Subject subject) {
    LongRuns all = subject.longRuns();
    Document document = subject.document("Stopping early");
    List<StopRule> rules = new ArrayList<>();
    for (double confidence : confidences) {
      rules.add(new SettledTest(confidence, all.network(), all.run()));
    }
    rules.addAll(margins(subject));
    LongRuns measured = hardest == null ? all : hardest(all, hardest);
    EarlyStop stop = shown(measured, (runs, display) -> runs.stops(rules, display::to));
    document
        .fact("samples", stop.samples())
        .fact("accuracy", stop.accuracy())
        .add(StopTable.of(stop, !shares.isEmpty(), hardest != null));
    return explained(subject, document);
  }

  private static LongRuns hardest(LongRuns all, int count) {
    return shown(all, (runs, display) -> runs.hardest(count, display::to));
  }

  private List<MarginStop> margins(Subject subject) {
    return shares.isEmpty()
        ? List.of()
        : shown(
            subject.longRuns(subject.calibration()),
            (runs, display) -> runs.margins(shares, display::to));
  }

  private interface Work<T> {
    T of(LongRuns runs, Display display);
  }

  private static <T> T shown(LongRuns runs, Work<T> work) {
    try (Display display = new Display("Evaluating", "images", runs.inputs().count())) {
      return work.of(runs, display);
    }
  }

  private Document explained(Subject subject, Document document) {
    if (!shares.isEmpty()) {
      String images = Counted.of(subject.calibration().count(), "training image");
      document.sentence(
          subject.validation().isPresent()
              ? "Margins were chosen on %s that the model did not learn from.".formatted(images)
              : ("Margins were chosen on all %s; if the model learnt from them, new images may"
                      + " change more often.")
                  .formatted(images));
    }
    if (hardest != null) {
      document.sentence(
          "Only the %s whose class is the least certain.".formatted(Counted.of(hardest, "image")));
    }
    return subject.noted(document);
  }
}
