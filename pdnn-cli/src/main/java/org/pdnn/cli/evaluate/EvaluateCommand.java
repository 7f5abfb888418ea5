package org.pdnn.cli.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.MeasuredNetworks;
import org.pdnn.cli.input.ModelData;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.NoiseOption;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.PrecisionOption;
import org.pdnn.cli.option.SampleCounts;
import org.pdnn.cli.option.Share;
import org.pdnn.cli.option.TextTable;
import org.pdnn.cli.option.Within;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.EarlyStop;
import org.pdnn.evaluation.Environment;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.Measured;
import org.pdnn.evaluation.Provenance;
import org.pdnn.evaluation.Result;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.evaluation.StopPoint;
import org.pdnn.network.LastHidden;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.random.Imperfection;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Workers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn evaluate`: accuracy and calibration of a model against the number of samples.
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measure a model's accuracy and calibration against the number of samples T.",
    footer = {
      "",
      "Intervals are 95 %%: over noise seeds on the same images (with fewer than three"
          + " seeds the range of their values), and for other images. N_eq is how many"
          + " independent passes the T passes are worth. Accuracy, ECE and agreement are"
          + " shares: percent in text, 0 to 1 in JSON and CSV.",
      "",
      "Examples:",
      "  pdnn evaluate p5.safetensors --data digits",
      "  pdnn evaluate p5.safetensors --data mnist --samples 1..8 --scheme independent",
      "  pdnn evaluate p5.safetensors --last expectation --format json --out curve.json",
      "  pdnn evaluate p5.safetensors --results results.jsonl",
      "  pdnn evaluate p5.safetensors p1.safetensors        both, and their difference",
      "  pdnn evaluate p5.safetensors --per-class           which classes are mixed up",
      "  pdnn evaluate p5.safetensors --weights 4 --explain     what fewer bits cost",
      "  pdnn evaluate p5.safetensors --until-confident 0.9,0.99  early stops",
      "  pdnn evaluate p5.safetensors --firing-rates            for pdnn energy",
      "  pdnn evaluate tanh.safetensors --neuron pbit:tanh   p-bits without retraining",
      "  pdnn evaluate p5.safetensors --imperfection ar1:0.9 --scheme independent"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      arity = "1..*",
      description =
          "A model file, .safetensors; several are measured on the same images and compared with"
              + " the first.")
  private List<Path> models = List.of();

  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final PrecisionOption weights = new PrecisionOption();
  @Mixin private final NoiseOption noise = new NoiseOption();

  @Option(
      names = "--explain",
      description =
          "Instead, list the steps that bring the network into integers and what each costs in"
              + " accuracy on 256 training images at the largest T.")
  private boolean explain;

  @Option(
      names = "--firing-rates",
      description =
          "Instead, measure on 64 training images how often the bits that each layer of weights"
              + " reads are 1, for --additions of pdnn energy.")
  private boolean firingRates;

  @Option(
      names = "--per-class",
      description =
          "Instead, the accuracy of each class at the largest T, and what its images were taken"
              + " for.")
  private boolean perClass;

  @Option(
      names = "--neuron",
      description =
          "Put this neuron in place of every hidden one, as in pbit:tanh for a network trained with"
              + " tanh; nothing is retrained.")
  private @Nullable Neuron neuron;

  @Option(
      names = "--samples",
      paramLabel = "T,...",
      defaultValue = "1,2,4,8,16,32",
      converter = SampleCounts.class,
      description = "Numbers of samples (default: ${DEFAULT-VALUE}).")
  private SampleCounts.Counts samples = new SampleCounts.Counts(List.of(1));

  @Option(
      names = "--scheme",
      completionCandidates = Candidates.Schemes.class,
      defaultValue = "scrambled",
      description =
          "How passes share randomness: independent, antithetic, xor, scrambled, stratified"
              + " (default: scrambled).")
  private String scheme = "scrambled";

  @Option(
      names = "--average",
      paramLabel = "end|layer",
      defaultValue = "end",
      description = "Where outputs are averaged (default: end of the model).")
  private Averaging averaging = Averaging.END;

  @Option(
      names = "--last",
      paramLabel = "bits|expectation",
      defaultValue = "bits",
      description = "What the last hidden layer hands on (default: bits).")
  private LastHidden last = LastHidden.BITS;

  @Option(
      names = "--outputs",
      paramLabel = "logits|probabilities",
      defaultValue = "logits",
      description = "What is averaged (default: logits).")
  private Outputs outputs = Outputs.LOGITS;

  @Option(names = "--seed", defaultValue = "1", description = "Base of the seeds (default: 1).")
  private long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "R",
      defaultValue = "5",
      description = "Noise seeds that repeat the measurement (default: 5).")
  @Within(least = 1, most = 1000)
  private int seeds = 5;

  @Option(
      names = "--until-confident",
      converter = Share.Confidence.class,
      paramLabel = "C",
      split = ",",
      description =
          "Instead, stop each image once its class is, with this confidence, that of the largest T:"
              + " accuracy, mean T, share of changed classes.")
  private @Nullable List<Double> confidences;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Only N test images, each class in its share.")
  @Within(least = 1, most = 1 << 24)
  private @Nullable Integer images;

  @Option(names = "--threads", description = "Inputs at once (default: all processors).")
  @Within(least = 1, most = Bounds.THREADS)
  private int threads = Workers.all();

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Also add the points to this file of JSON lines.")
  private @Nullable Path results;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Evaluation evaluation =
        new Evaluation(
            samples.values(), Scheme.parse(scheme), averaging, last, outputs, seed, seeds);
    requireOne();
    Imperfection words = noise.of(Scheme.parse(scheme), samples.values().getLast());
    List<ModelFile> files = new ArrayList<>();
    for (Path model : models) {
      files.add(ModelFile.read(model));
    }
    DataSet stored = data.open(files, spec.commandLine().getErr());
    Run longest = new Run(samples.values().getLast(), Scheme.parse(scheme), averaging, last);
    List<EvaluationDocument.Model> measured = new ArrayList<>();
    for (ModelFile file : files) {
      Network network = neurons(file.network());
      DataSet set = ModelData.fed(stored, file.model());
      Images test = images == null ? set.test() : some(set.test(), images);
      if (firingRates) {
        Images some = set.training().atMost(FiringTable.IMAGES, seed);
        output.print(spec.commandLine().getOut(), FiringTable.of(network, some, seed));
        return 0;
      }
      if (confidences != null) {
        EarlyStop.requireStoppable(longest, outputs, network);
      }
      Precision precision =
          weights.of(network, file.model().input(), longest, spec.commandLine().getErr());
      if (explain) {
        Images calibration = set.training().atMost(Explanation.IMAGES, seed);
        output.print(
            spec.commandLine().getOut(),
            Explanation.of(network, precision, evaluation, calibration, threads));
        return 0;
      }
      if (confidences != null) {
        return stopEarly(evaluation, file, network, precision, words, test, confidences);
      }
      measured.add(measured(evaluation, file, network, precision, words, test));
    }
    print(measured, stored);
    return 0;
  }

  private void requireOne() {
    Map<String, Boolean> instead = new LinkedHashMap<>();
    instead.put("--explain", explain);
    instead.put("--firing-rates", firingRates);
    instead.put("--per-class", perClass);
    instead.put("--until-confident", confidences != null);
    List<String> asked = instead.keySet().stream().filter(instead::get).toList();
    if (asked.size() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "%s answer different questions; ask for one at a time"
              .formatted(String.join(" and ", asked)));
    }
    if (models.size() > 1 && !asked.isEmpty()) {
      throw new IllegalArgumentException(
          "%s takes one model, got %s".formatted(asked.getFirst(), models.size()));
    }
  }

  private EvaluationDocument.Model measured(
      Evaluation evaluation,
      ModelFile file,
      Network network,
      Precision precision,
      Imperfection words,
      Images test) {
    try (Display display = new Display("Evaluating", "images", test.count())) {
      Measured measured =
          evaluation.measured(
              network, precision, LabelledInputs.of(test), words.seeded(), threads, display::to);
      return new EvaluationDocument.Model(
          new Result(
              name(file),
              test.name(),
              measured.curve(),
              provenance(evaluation, precision, words, file, test)),
          measured,
          test.classNames());
    }
  }

  private void print(List<EvaluationDocument.Model> measured, DataSet stored) throws IOException {
    Images test = images == null ? stored.test() : some(stored.test(), images);
    EvaluationDocument document =
        new EvaluationDocument(measured, stored, LabelledInputs.of(test), seeds);
    PrintWriter notices = spec.commandLine().getErr();
    if (perClass && !stored.note().isEmpty()) {
      Notice.tell(notices, stored.note());
    }
    document.remarks().forEach(remark -> Notice.tell(notices, remark));
    EvaluationDocument.Model only = measured.getFirst();
    output.print(
        spec.commandLine().getOut(),
        perClass
            ? ClassTable.of(
                only.measured().confusion(),
                only.classNames(),
                only.measured().last().samples(),
                only.result().model(),
                test.name())
            : document.document());
    if (results != null) {
      for (EvaluationDocument.Model model : measured) {
        keep(results, model.result());
      }
    }
  }

  /// Adds to the results; what cannot be written is printed, so that it is not lost.
  private void keep(Path file, Result result) throws IOException {
    try {
      ResultFile.append(file, result);
    } catch (IOException e) {
      spec.commandLine().getErr().print(ResultFile.lines(result));
      throw e;
    }
  }

  private int stopEarly(
      Evaluation evaluation,
      ModelFile read,
      Network network,
      Precision precision,
      Imperfection words,
      Images test,
      List<Double> confidences)
      throws IOException {
    if (results != null) {
      throw new IllegalArgumentException(
          "--results holds points of curves; leave it out with --until-confident");
    }
    EarlyStop stop;
    try (Display display = new Display("Evaluating", "images", test.count())) {
      stop =
          EarlyStop.measure(
              evaluation,
              confidences,
              network,
              precision,
              LabelledInputs.of(test),
              words.seeded(),
              threads,
              display::to);
    }
    TextTable table = new TextTable("confidence", "mean T", "accuracy %", "changed %");
    for (StopPoint point : stop.points()) {
      table.row(
          point.confidence(),
          String.format(Locale.ROOT, "%.2f", point.meanSamples().value()),
          percent(point.accuracy().value()),
          String.format(Locale.ROOT, "%.3f", 100 * point.changed().value()));
    }
    table.row("none", stop.samples(), percent(stop.accuracy().value()), "0.000");
    ObjectNode json = stop.toJson().put("model", name(read)).put("data", test.name());
    json.set("provenance", provenance(evaluation, precision, words, read, test).toJson());
    output.print(
        spec.commandLine().getOut(),
        new OutputOptions.Document(table.toText(), stop.toCsv(), json));
    return 0;
  }

  private String name(ModelFile file) {
    return MeasuredNetworks.name(file.path(), neuron == null ? null : neuron.toString());
  }

  private Provenance provenance(
      Evaluation evaluation, Precision precision, Imperfection words, ModelFile read, Images test) {
    return new Provenance(
        evaluation,
        precision.sampler() + ", " + NoiseOption.generator(words),
        Optional.of(read.sha256()),
        Optional.of(test.sha256()),
        Environment.here(),
        Instant.now());
  }

  private Network neurons(Network network) {
    if (neuron == null) {
      return network;
    }
    Neuron swapped = neuron;
    return network.withHiddenNeurons(hidden -> swapped);
  }

  private Images some(Images test, int count) {
    if (count < 1 || count > test.count()) {
      throw new IllegalArgumentException(
          "--images must be 1 to %d, got %d".formatted(test.count(), count));
    }
    return test.some(count, seed);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }
}
