package org.pdnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pdnn.data.ImageFile;
import org.pdnn.data.Images;
import org.pdnn.evaluation.EarlyStop;
import org.pdnn.evaluation.Environment;
import org.pdnn.evaluation.Outputs;
import org.pdnn.network.Model;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.LastHidden;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Progressive;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.SettledTest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn predict`: the classes of single images.
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Predict the class of an image by averaging T samples.",
    footer = {
      "",
      "The spread is the standard deviation of a class's logit over the passes: small beside the",
      "gap to the next class, more samples will not change the answer.",
      "",
      "Examples:",
      "  pdnn predict p5.safetensors --input seven.png --samples 8",
      "  pdnn predict p5.safetensors --input seven.png --until-confident 0.99",
      "  pdnn predict p5.safetensors --data digits --index 7 --format json"
    })
final class PredictCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A model file, .safetensors.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path model;

  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final PrecisionOption weights = new PrecisionOption();

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Source source;

  /// What to predict.
  static final class Source {
    @Option(
        names = "--input",
        paramLabel = "FILE",
        description = "A picture of the network's size: png, jpg, bmp or gif.")
    private @Nullable Path file;

    @Option(
        names = "--index",
        paramLabel = "N",
        description = "Image N of the test set of --data, from 0.")
    private int index;
  }

  @Option(
      names = "--samples",
      paramLabel = "T",
      description = "Passes to average (default: 8; with --until-confident at most 32).")
  @Within(least = 1, most = Run.MOST_SAMPLES)
  private @Nullable Integer samples;

  @Option(
      names = "--until-confident",
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
      defaultValue = "3",
      description = "Show the K likeliest classes (default: 3).")
  @Within(least = 1, most = 1 << 24)
  private int top = 3;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the noise (default: 1).")
  private long seed = 1;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    int most = samples != null ? samples : confidence == null ? 8 : 32;
    Run run = new Run(most, Scheme.parse(scheme), Averaging.END, last);
    Model read = Model.read(model);
    Images images = images(read);
    Precision precision = weights.of(read.network(), run, spec.commandLine().getErr());
    Sampler sampler = precision.sampler(read.network(), run);
    TextTable table = new TextTable("class", "probability %", "logit", "spread");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model.toString());
    ArrayNode classes = json.putArray("classes");
    float[] input = new float[images.shape().size()];
    images.read(0, input, 0);
    double[][] passes = passes(sampler, run, read, input, json);
    Logits logits = Logits.of(passes);
    for (int c : likeliest(logits)) {
      classes
          .addObject()
          .put("class", c)
          .put("probability", logits.probability(c))
          .put("logit", logits.mean(c))
          .put("spread", logits.spread(c));
      table.row(
          c,
          String.format(Locale.ROOT, "%.2f", 100 * logits.probability(c)),
          String.format(Locale.ROOT, "%.3f", logits.mean(c)),
          String.format(Locale.ROOT, "%.3f", logits.spread(c)));
    }
    json.putObject("provenance")
        .put("seed", seed)
        .put("samples", run.samples())
        .put("scheme", scheme)
        .put("sampler", precision.sampler() + ", philox")
        .put("version", Environment.here().version());
    if (confidence != null) {
      table.after(
          "Stopped at T = %d of %d, confidence %s.".formatted(passes.length, most, confidence));
    }
    output.print(spec.commandLine().getOut(), new OutputOptions.Document(table, json));
    return 0;
  }

  /// All passes, or those up to the look at which the class is settled. The looks go to `json`.
  private double[][] passes(Sampler sampler, Run run, Model read, float[] input, ObjectNode json) {
    Philox words = new Philox(seed);
    if (confidence == null) {
      return sampler.passes(input, source.index, words);
    }
    EarlyStop.requireStoppable(run, Outputs.LOGITS, read.network());
    int outputs = read.network().shapes().getLast().size();
    SettledTest test = new SettledTest(confidence, outputs, run.samples());
    Progressive progressive =
        new Progressive(sampler.begin(input, source.index, words), run.samples());
    ArrayNode looks = json.put("confidence", confidence).putArray("looks");
    while (true) {
      double[][] soFar = progressive.next();
      boolean settled = test.settled(soFar);
      looks
          .addObject()
          .put("samples", soFar.length)
          .put("class", SettledTest.chosen(soFar))
          .put("settled", settled);
      if (settled) {
        return soFar;
      }
    }
  }

  private Images images(Model read) throws IOException {
    Images images;
    if (source.file != null) {
      images = ImageFile.read(source.file, read.network().input());
    } else {
      Images test = data.open().test();
      if (source.index < 0 || source.index >= test.count()) {
        throw new IllegalArgumentException(
            "--index must be 0 to %d, got %d".formatted(test.count() - 1, source.index));
      }
      images = test.slice(source.index, source.index + 1);
    }
    DataOptions.requireFit(read.network(), images);
    return images;
  }

  private List<Integer> likeliest(Logits logits) {
    return IntStream.range(0, logits.classes())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer c) -> -logits.mean(c)))
        .limit(top)
        .toList();
  }
}
