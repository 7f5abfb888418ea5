package org.pdnn.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.TextTable;
import org.pdnn.cli.option.Within;
import org.pdnn.evaluation.Environment;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.training.Accelerator;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.Batch;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Processor;
import org.pdnn.training.SampleStrategy;
import org.pdnn.training.torch.ClassifierLearner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn bench training`: the ways to run the passes of a training step, side by side.
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Training steps by the plain loop over whole networks, and with the first layer computed"
            + " once; rounds take turns, medians are compared.",
    footer = {"", "Example:", "  pdnn bench training --network vgg5 --samples 10"})
final class BenchTrainingCommand implements Callable<Integer> {
  private static final int BATCH = 64;
  private static final int CLASSES = 10;

  @Option(
      names = "--network",
      completionCandidates = Candidates.Networks.class,
      paramLabel = "NAME",
      defaultValue = "mlp",
      description = "mlp, mlp:SIZES or vgg5 (default: mlp).")
  private String network = "mlp";

  @Option(
      names = "--samples",
      paramLabel = "s",
      defaultValue = "10",
      description = "Passes a step (default: 10).")
  @Within(least = 1, most = 1000)
  private int samples = 10;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of one operation (default: 1).")
  @Within(least = 1, most = Bounds.THREADS)
  private int threads = 1;

  @Option(
      names = "--arithmetic",
      paramLabel = "float32|bfloat16",
      defaultValue = "float32",
      description = "What products are computed in (default: float32).")
  private String arithmetic = "float32";

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "15",
      description = "Rounds of each way; the median counts (default: 15).")
  @Within(least = 1, most = Bounds.ROUNDS)
  private int rounds = 15;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Seed of weights, images and noise (default: 1).")
  private long seed = 1;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Shape input = network.equals("vgg5") ? Shape.of(3, 32, 32) : Shape.of(1, 28, 28);
    Network built =
        InitialWeights.GLOROT.of(
            Preset.network(network, input, CLASSES, Neuron.parse("pbit:sigmoid")), seed);
    Processor processor = new Processor(Accelerator.CPU, threads);
    Batch batch = batch(input, seed);
    Map<SampleStrategy, double[]> rates = new EnumMap<>(SampleStrategy.class);
    Map<SampleStrategy, ClassifierLearner> learners = new EnumMap<>(SampleStrategy.class);
    try (Display display =
        new Display("Measuring", "rounds", (long) rounds * SampleStrategy.values().length)) {
      for (SampleStrategy strategy : SampleStrategy.values()) {
        learners.put(
            strategy,
            new ClassifierLearner(
                built,
                Hyperparameters.paper()
                    .withSamples(samples)
                    .withArithmetic(Arithmetic.parse(arithmetic)),
                strategy,
                processor));
        rates.put(strategy, new double[rounds]);
      }
      for (int round = -1; round < rounds; round++) {
        for (SampleStrategy strategy : SampleStrategy.values()) {
          double rate = imagesPerSecond(learners, strategy, batch, round);
          if (round >= 0) {
            rateOf(rates, strategy)[round] = rate;
            display.add(1);
          }
        }
      }
    } finally {
      learners.values().forEach(ClassifierLearner::close);
    }
    output.print(
        spec.commandLine().getOut(),
        document(network, samples, threads, rounds, seed, built, rates));
    return 0;
  }

  /// One round lasts a fifth of a second at least, so that short steps are measured well too.
  private static double imagesPerSecond(
      Map<SampleStrategy, ClassifierLearner> learners,
      SampleStrategy strategy,
      Batch batch,
      int round) {
    ClassifierLearner learner = learners.get(strategy);
    if (learner == null) {
      throw new IllegalStateException("no learner for " + strategy);
    }
    long start = System.nanoTime();
    int steps = 0;
    do {
      steps++;
      learner.learn(batch, steps, 1e-3, round + 2L);
    } while (System.nanoTime() - start < 200_000_000);
    return steps * batch.size() * 1e9 / (System.nanoTime() - start);
  }

  private static double[] rateOf(Map<SampleStrategy, double[]> rates, SampleStrategy strategy) {
    double[] found = rates.get(strategy);
    return found == null ? new double[0] : found;
  }

  private static OutputOptions.Document document(
      String network,
      int samples,
      int threads,
      int rounds,
      long seed,
      Network built,
      Map<SampleStrategy, double[]> rates) {
    double plain = median(rateOf(rates, SampleStrategy.WHOLE));
    TextTable table = new TextTable("strategy", "images/s", "ratio to whole");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("network", network).put("chosen", name(SampleStrategy.best(built)));
    ArrayNode rows = json.putArray("strategies");
    for (SampleStrategy strategy : SampleStrategy.values()) {
      double rate = median(rateOf(rates, strategy));
      String chosen = strategy == SampleStrategy.best(built) ? " (used)" : "";
      table.row(
          name(strategy) + chosen,
          String.format(Locale.ROOT, "%.0f", rate),
          String.format(Locale.ROOT, "%.2f", rate / plain));
      rows.addObject()
          .put("strategy", name(strategy))
          .put("medianImagesPerSecond", rate)
          .put("ratioToWhole", rate / plain);
    }
    Environment here = Environment.here();
    json.putObject("provenance")
        .put("seed", seed)
        .put("samples", samples)
        .put("threads", threads)
        .put("rounds", rounds)
        .put("batch", BATCH)
        .put("version", here.version())
        .put("jdk", here.jdk())
        .put("cpu", here.cpu());
    return new OutputOptions.Document(table, json);
  }

  private static String name(SampleStrategy strategy) {
    return strategy.name().toLowerCase(Locale.ROOT);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static Batch batch(Shape input, long seed) {
    RandomWords words = Philox.forPurpose(seed, "benchmark");
    float[] pixels = new float[BATCH * input.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) RandomWords.uniform(words.word(0, 0, i, 0));
    }
    long[] labels = new long[BATCH];
    for (int i = 0; i < BATCH; i++) {
      labels[i] = i % CLASSES;
    }
    return new Batch(pixels, labels);
  }
}
