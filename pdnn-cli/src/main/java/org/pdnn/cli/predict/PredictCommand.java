package org.pdnn.cli.predict;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.LateDisplay;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.ModelArgument;
import org.pdnn.cli.option.ExitCode;
import org.pdnn.cli.option.GeneratorOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.SamplingOptions;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.Share;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.option.Within;
import org.pdnn.data.Images;
import org.pdnn.data.InputImages;
import org.pdnn.evaluation.ChosenMargin;
import org.pdnn.evaluation.EarlyStop;
import org.pdnn.names.Counted;
import org.pdnn.network.Model;
import org.pdnn.network.ModelFile;
import org.pdnn.random.Imperfection;
import org.pdnn.report.Document;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.SettledTest;
import org.pdnn.sampling.StopRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn predict`: the classes of pictures.
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = "Predict the classes of pictures by averaging T samples of each.",
    footer = {
      "",
      "The interval is what the noise of T samples leaves open: with 95 %% confidence, it holds the"
          + " probability that infinitely many samples would give; for scrambled samples, it is"
          + " wider than necessary. The spread is the standard deviation of the class's logit over"
          + " the samples. A picture's answer depends on the others only with --generator lfsr32 or"
          + " lfsr16, whose registers move on from picture to picture.",
      "",
      "Examples:",
      "  pdnn predict p5.safetensors seven.png --samples 8 --top 3",
      "  pdnn predict p5.safetensors pictures --resize --format csv --out classes.csv",
      "  pdnn predict p5.safetensors *.png --until-confident 0.99",
      "  pdnn predict p5.safetensors *.png --until-margin e.json   e.json by early-stop",
      "  pdnn predict p5.safetensors --data digits --index 7 --format json"
    })
public final class PredictCommand implements Callable<Integer> {
  /// Pictures that cannot be read and are named; more are counted.
  private static final int MOST_NAMED = 20;

  @Mixin private final ModelArgument model = new ModelArgument();

  @Parameters(
      index = "1..*",
      paramLabel = "PICTURE|FOLDER",
      description =
          "Pictures (PNG, JPEG, BMP, GIF, WebP, TIFF or PNM) of the network's size, and folders,"
              + " with all pictures in them and below.")
  private List<Path> pictures = List.of();

  @Heading("Data")
  @Option(
      names = "--resize",
      description =
          "Scale pictures of another size, height and width independently, bilinearly, as Pillow"
              + " does.")
  private boolean resize;

  @Mixin private final DataOptions data = new DataOptions();

  @Heading("Data")
  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Image N of the test set of --data, from 0, in place of pictures.")
  private @Nullable Integer index;

  @Mixin private final SamplingOptions sampling = new SamplingOptions();

  @Heading("Sampling")
  @Option(
      names = "--samples",
      paramLabel = "T",
      description =
          "Samples averaged (default: 8; with --until-confident at most 32; with"
              + " --until-margin as in its FILE).")
  @Within(least = 1, most = Run.MOST_SAMPLES)
  private @Nullable Integer samples;

  @Heading("Sampling")
  @Option(
      names = "--until-confident",
      converter = Share.Confidence.class,
      paramLabel = "C",
      description =
          "Test after 2, 4, 8, ... samples and stop once the class is, with this confidence, that"
              + " of all T.")
  private @Nullable Double confidence;

  @Heading("Sampling")
  @Option(
      names = "--until-margin",
      paramLabel = "FILE",
      description =
          "Stop by the margin that early-stop --changed-at-most chose, from its JSON result; T"
              + " is that of the file.")
  private @Nullable Path margin;

  @Heading("Output")
  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "1",
      description = "Show the K likeliest classes, one per line (default: 1).")
  @Within(least = 1, most = 1 << 24)
  private int top = 1;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (pictures.isEmpty() == (index == null)) {
      throw new ParameterException(
          spec.commandLine(), "name pictures or folders, or an image of --data by --index");
    }
    if (confidence != null && margin != null) {
      throw new ParameterException(
          spec.commandLine(), "--until-confident and --until-margin cannot be combined");
    }
    Optional<ChosenMargin> chosen =
        margin == null ? Optional.empty() : Optional.of(ChosenMargin.read(margin));
    int most = samples != null ? samples : mostUnlessNamed(chosen);
    Run run = new Run(most, sampling.scheme(), Averaging.END, sampling.last());
    Imperfection imperfection = sampling.imperfection(most);
    ModelFile file = model.read();
    Model read = file.model();
    PrintWriter notices = spec.commandLine().getErr();
    Precision precision = sampling.precision(read.network(), read.input(), run, notices);
    GeneratorOption.Words words = sampling.words(read.network(), precision, run, imperfection);
    Classifier classifier =
        new Classifier(
            read.network(),
            precision,
            run,
            rule(file, run, precision, chosen),
            words.seeded().apply(seed.value()),
            words.inOrder(),
            top);
    Inputs inputs = index == null ? files(InputImages.of(read)) : imageOfSet(file, index);
    List<Prediction> predictions;
    try (LateDisplay display = new LateDisplay("Predicting", "pictures", inputs.count())) {
      predictions = classifier.classify(inputs, threads.count(), display::to);
    }
    List<Prediction.Made> made = all(Prediction.Made.class, predictions);
    List<Prediction.Failed> failed = all(Prediction.Failed.class, predictions);
    if (!made.isEmpty()) {
      Document document =
          PredictionDocument.of(file.path().toString(), read, made, failed)
              .provenance("seed", seed.value())
              .provenance("samples", run.samples())
              .provenance("scheme", run.scheme())
              .provenance("last", run.last())
              .provenance("sampler", precision.name(read.network()) + ", " + words.name())
              .provenance("modelSha256", file.sha256());
      if (inputs instanceof Inputs.OfSet set) {
        document.fact("data", set.images().name()).provenance("dataSha256", set.images().sha256());
      }
      output.print(spec.commandLine().getOut(), document);
    }
    return tell(failed);
  }

  private int mostUnlessNamed(Optional<ChosenMargin> chosen) {
    return chosen.map(each -> each.rule().longest()).orElse(confidence == null ? 8 : 32);
  }

  private Optional<StopRule> rule(
      ModelFile file, Run run, Precision precision, Optional<ChosenMargin> chosen) {
    if (confidence == null && chosen.isEmpty()) {
      return Optional.empty();
    }
    EarlyStop.requireStoppable(run, Outputs.LOGITS, file.network());
    chosen.ifPresent(each -> each.requireFor(file.sha256(), run, precision));
    return confidence == null
        ? chosen.map(ChosenMargin::rule)
        : Optional.of(new SettledTest(confidence, file.network(), run));
  }

  private static <P extends Prediction> List<P> all(Class<P> type, List<Prediction> predictions) {
    return predictions.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// Names what could not be read.
  ///
  /// @return the exit code
  private int tell(List<Prediction.Failed> failed) {
    PrintWriter notices = spec.commandLine().getErr();
    failed.stream().limit(MOST_NAMED).forEach(failure -> Notice.tell(notices, failure.reason()));
    if (failed.size() > MOST_NAMED) {
      Notice.tell(notices, "and %d more".formatted(failed.size() - MOST_NAMED));
    }
    return failed.isEmpty() ? 0 : ExitCode.FAILED;
  }

  private Inputs files(InputImages form) throws IOException {
    Pictures found = Pictures.under(pictures);
    if (found.others() > 0) {
      Notice.tell(
          spec.commandLine().getErr(),
          "left out %s of the folders".formatted(Counted.of(found.others(), "other file")));
    }
    return new Inputs.OfFiles(found.files(), form, resize);
  }

  private Inputs imageOfSet(ModelFile read, int wanted) throws IOException {
    Images test = data.open(read, spec.commandLine().getErr()).test();
    if (wanted < 0 || wanted >= test.count()) {
      throw new IllegalArgumentException(
          "--index must be 0 to %d, got %d".formatted(test.count() - 1, wanted));
    }
    return new Inputs.OfSet(test, wanted);
  }
}
