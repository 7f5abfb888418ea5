package org.pdnn.cli.predict;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.LateDisplay;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.ExitCode;
import org.pdnn.cli.option.NoiseOption;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.PrecisionOption;
import org.pdnn.cli.option.Share;
import org.pdnn.cli.option.Within;
import org.pdnn.data.ImageFile;
import org.pdnn.data.Images;
import org.pdnn.evaluation.EarlyStop;
import org.pdnn.evaluation.Environment;
import org.pdnn.names.Counted;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Model;
import org.pdnn.network.ModelFile;
import org.pdnn.network.TrainedOn;
import org.pdnn.random.Imperfection;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.SettledTest;
import org.pdnn.sampling.Workers;
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
    sortOptions = false,
    description = "Predict the classes of pictures by averaging T samples of each.",
    footer = {
      "",
      "The interval says what the noise of T passes leaves open: at 95 %%, it holds the"
          + " probability that infinitely many passes would give; of scrambled passes, it is"
          + " wider than need be. The spread is the standard deviation of the class's logit"
          + " over the passes. A picture's answer does not depend on the others.",
      "",
      "Examples:",
      "  pdnn predict p5.safetensors seven.png --samples 8 --top 3",
      "  pdnn predict p5.safetensors pictures --resize --format csv --out classes.csv",
      "  pdnn predict p5.safetensors *.png --until-confident 0.99",
      "  pdnn predict p5.safetensors --data digits --index 7 --format json"
    })
public final class PredictCommand implements Callable<Integer> {
  /// Pictures that cannot be read and are named; more are counted.
  private static final int MOST_NAMED = 20;

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model file, .safetensors.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path model;

  @Parameters(
      index = "1..*",
      paramLabel = "PICTURE|FOLDER",
      description =
          "Pictures (PNG, JPEG, BMP, GIF, WebP, TIFF or PNM) of the network's size, and folders,"
              + " with all pictures in them and below.")
  private List<Path> pictures = List.of();

  @Option(
      names = "--resize",
      description =
          "Scale pictures of another size: height and width each on its own, bilinearly, as Pillow"
              + " does it.")
  private boolean resize;

  @Mixin private final DataOptions data = new DataOptions();

  @Option(
      names = "--index",
      paramLabel = "N",
      description = "Instead, image N of the test set of --data, from 0.")
  private @Nullable Integer index;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final PrecisionOption weights = new PrecisionOption();
  @Mixin private final NoiseOption noise = new NoiseOption();

  @Option(
      names = "--samples",
      paramLabel = "T",
      description = "Passes to average (default: 8; with --until-confident at most 32).")
  @Within(least = 1, most = Run.MOST_SAMPLES)
  private @Nullable Integer samples;

  @Option(
      names = "--until-confident",
      converter = Share.Confidence.class,
      paramLabel = "C",
      description =
          "Look after 2, 4, 8, ... passes and stop once the class is, with this confidence, that of"
              + " all T.")
  private @Nullable Double confidence;

  @Option(
      names = "--scheme",
      completionCandidates = Candidates.Schemes.class,
      defaultValue = "scrambled",
      description = "How passes share randomness (default: scrambled).")
  private String scheme = "scrambled";

  @Option(
      names = "--last",
      paramLabel = "bits|expectation",
      defaultValue = "bits",
      description = "What the last hidden layer hands on (default: bits).")
  private LastHidden last = LastHidden.BITS;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "1",
      description = "Show the K likeliest classes, one per line (default: 1).")
  @Within(least = 1, most = 1 << 24)
  private int top = 1;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the noise (default: 1).")
  private long seed = 1;

  @Option(names = "--threads", description = "Blocks at once (default: all processors).")
  @Within(least = 1, most = Bounds.THREADS)
  private int threads = Workers.all();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (pictures.isEmpty() == (index == null)) {
      throw new ParameterException(
          spec.commandLine(), "name pictures or folders, or an image of --data by --index");
    }
    int most = samples != null ? samples : confidence == null ? 8 : 32;
    Run run = new Run(most, Scheme.parse(scheme), Averaging.END, last);
    Imperfection imperfection = noise.of(run.scheme(), most);
    ModelFile file = ModelFile.read(model);
    Model read = file.model();
    Precision precision =
        weights.of(read.network(), read.input(), run, spec.commandLine().getErr());
    Classifier classifier =
        new Classifier(
            read.network(),
            precision,
            run,
            settled(read, run),
            imperfection.seeded().apply(seed),
            top);
    Classifier.Inputs inputs =
        index == null ? files(InputImages.of(read)) : imageOfSet(file, index);
    List<Prediction> predictions;
    try (LateDisplay display = new LateDisplay("Predicting", "pictures", inputs.count())) {
      predictions = classifier.classify(inputs, threads, display::to);
    }
    PredictionDocument document =
        new PredictionDocument(
            model.toString(), classes(read), read.network().random(), predictions);
    document
        .provenance()
        .put("seed", seed)
        .put("samples", run.samples())
        .put("scheme", scheme)
        .put("last", last.toString())
        .put("sampler", precision.sampler() + ", " + NoiseOption.generator(imperfection))
        .put("modelSha256", file.sha256())
        .put("version", Environment.here().version());
    List<Prediction.Failed> failed = failed(predictions);
    if (failed.size() < predictions.size()) {
      output.print(spec.commandLine().getOut(), document.document());
    }
    return tell(failed);
  }

  private Optional<SettledTest> settled(Model read, Run run) {
    if (confidence == null) {
      return Optional.empty();
    }
    EarlyStop.requireStoppable(run, Outputs.LOGITS, read.network());
    int outputs = read.network().output().size();
    return Optional.of(new SettledTest(confidence, outputs, run.samples()));
  }

  private static List<String> classes(Model read) {
    return read.trainedOn()
        .map(TrainedOn::classes)
        .orElseGet(() ->
            IntStream.range(0, read.network().output().size()).mapToObj(String::valueOf).toList());
  }

  private static List<Prediction.Failed> failed(List<Prediction> predictions) {
    return predictions.stream()
        .filter(Prediction.Failed.class::isInstance)
        .map(Prediction.Failed.class::cast)
        .toList();
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

  private Classifier.Inputs files(InputImages form) throws IOException {
    Pictures found = Pictures.under(pictures);
    if (found.others() > 0) {
      Notice.tell(
          spec.commandLine().getErr(),
          "left out %s of the folders".formatted(Counted.of(found.others(), "other file")));
    }
    return new PictureInputs(found.files(), form, resize);
  }

  private Classifier.Inputs imageOfSet(ModelFile read, int wanted) throws IOException {
    Images test = data.open(read, spec.commandLine().getErr()).test();
    if (wanted < 0 || wanted >= test.count()) {
      throw new IllegalArgumentException(
          "--index must be 0 to %d, got %d".formatted(test.count() - 1, wanted));
    }
    return new SetInput(test, wanted);
  }

  /// One image of a set.
  private record SetInput(Images images, int wanted) implements Classifier.Inputs {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public String name(int index) {
      return images.name() + " " + wanted;
    }

    @Override
    public float[] read(int index) {
      float[] values = new float[images.shape().size()];
      images.read(wanted, values, 0);
      return values;
    }
  }

  /// Pictures in files.
  private record PictureInputs(List<Path> files, InputImages form, boolean resize)
      implements Classifier.Inputs {
    @Override
    public int count() {
      return files.size();
    }

    @Override
    public String name(int index) {
      return files.get(index).toString();
    }

    @Override
    public float[] read(int index) throws IOException {
      return form.values(ImageFile.read(files.get(index), form.picture(), resize), 0);
    }
  }
}
