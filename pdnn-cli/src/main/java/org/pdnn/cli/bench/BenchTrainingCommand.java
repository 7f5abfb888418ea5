package org.pdnn.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.pdnn.benchmark.Quartiles;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.Within;
import org.pdnn.names.Choice;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Rows;
import org.pdnn.training.Accelerator;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.Batch;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Processor;
import org.pdnn.training.RandomNumbers;
import org.pdnn.training.SampleStrategy;
import org.pdnn.training.torch.ClassifierLearner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn bench training`: the strategies for the samples of a training step, side by side, and the
/// one that training uses with the random numbers of libtorch.
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    description =
        "Time training steps: in the plain loop over the whole network, with the first layer"
            + " computed once, and, as the strategy that training uses, with the random numbers"
            + " of libtorch's own generator (torch.rand); beside them, the step of a deterministic"
            + " network of the same shape. They take turns, medians are compared.",
    footer = {
      "",
      "Examples:",
      "  pdnn bench training --network vgg5 --samples 10",
      "  pdnn bench training --network vgg5 --samples 5 --arithmetic bfloat16"
    })
final class BenchTrainingCommand implements Callable<Integer> {
  private static final int BATCH = 64;
  private static final String DETERMINISTIC = "deterministic";

  @Option(
      names = "--network",
      completionCandidates = Candidates.Networks.class,
      paramLabel = "NAME",
      defaultValue = "mlp",
      description = "A preset: mlp, mlp:SIZES, vgg5, resnet8, ... (default: mlp).")
  private String network = "mlp";

  @Option(
      names = "--samples",
      paramLabel = "s",
      defaultValue = "10",
      description = "Samples averaged in the loss, s (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 1000)
  private int samples = 10;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads per operation (default: 1).")
  @Within(least = 1, most = Bounds.THREADS)
  private int threads = 1;

  @Option(
      names = "--arithmetic",
      paramLabel = "float32|bfloat16",
      defaultValue = "float32",
      description = "Number format of the products (default: float32).")
  private String arithmetic = "float32";

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "15",
      description = "Turns of each; their median is reported (default: 15).")
  @Within(least = 1, most = Bounds.ROUNDS)
  private int rounds = 15;

  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Network sampled = BenchCommand.untrained(network, Neuron.parse("pbit:sigmoid"), seed.value());
    Hyperparameters hyperparameters =
        Hyperparameters.paper().withSamples(samples).withArithmetic(Arithmetic.parse(arithmetic));
    SampleStrategy chosen = SampleStrategy.best(sampled);
    List<Turns> all = new ArrayList<>();
    try {
      for (SampleStrategy strategy : SampleStrategy.values()) {
        all.add(turns(sampled, hyperparameters, strategy, RandomNumbers.ADDRESSED));
      }
      all.add(turns(sampled, hyperparameters, chosen, RandomNumbers.TORCH_RAND));
      all.add(deterministic(hyperparameters));
      measure(all, batch(sampled, seed.value()));
    } finally {
      all.forEach(turns -> turns.learner.close());
    }
    output.print(spec.commandLine().getOut(), document(chosen, all));
    return 0;
  }

  private Turns turns(
      Network built,
      Hyperparameters hyperparameters,
      SampleStrategy strategy,
      RandomNumbers numbers) {
    return new Turns(
        Choice.name(strategy),
        numbers.toString(),
        new ClassifierLearner(built, hyperparameters, strategy, numbers, processor()),
        new double[rounds]);
  }

  /// The ordinary network of the same shape, in one pass.
  private Turns deterministic(Hyperparameters hyperparameters) {
    return new Turns(
        DETERMINISTIC,
        "none",
        new ClassifierLearner(
            BenchCommand.untrained(network, Neuron.parse("sigmoid"), seed.value()),
            hyperparameters.withSamples(1),
            SampleStrategy.WHOLE,
            processor()),
        new double[rounds]);
  }

  private Processor processor() {
    return new Processor(Accelerator.CPU, threads);
  }

  private void measure(List<Turns> all, Batch batch) {
    try (Display display = new Display("Measuring", "rounds", (long) rounds * all.size())) {
      // One round to warm up.
      for (int round = -1; round < rounds; round++) {
        for (Turns turns : all) {
          double rate = imagesPerSecond(turns.learner, batch, round);
          if (round >= 0) {
            turns.rates[round] = rate;
            display.add(1);
          }
        }
      }
    }
  }

  /// The rounds of a kind of step.
  ///
  /// @param rates images per second of each round
  @SuppressWarnings("ArrayRecordComponent") // filled round by round
  private record Turns(String strategy, String numbers, ClassifierLearner learner, double[] rates) {
    double median() {
      return Quartiles.of(rates).median();
    }
  }

  /// One round lasts a fifth of a second at least, so that short steps are measured well too.
  private static double imagesPerSecond(ClassifierLearner learner, Batch batch, int round) {
    long start = System.nanoTime();
    int steps = 0;
    do {
      steps++;
      learner.learn(batch, steps, 1e-3, round + 2L);
    } while (System.nanoTime() - start < 200_000_000);
    return steps * batch.size() * 1e9 / (System.nanoTime() - start);
  }

  private static double median(List<Turns> all, String strategy, RandomNumbers numbers) {
    return all.stream()
        .filter(turns -> turns.strategy.equals(strategy))
        .filter(turns -> turns.numbers.equals(numbers.toString()))
        .findFirst()
        .orElseThrow()
        .median();
  }

  private Document document(SampleStrategy used, List<Turns> all) {
    String chosen = Choice.name(used);
    double whole = median(all, Choice.name(SampleStrategy.WHOLE), RandomNumbers.ADDRESSED);
    double step = median(all, chosen, RandomNumbers.ADDRESSED);
    double overTorchRand = median(all, chosen, RandomNumbers.TORCH_RAND) / step;
    double overDeterministic = all.getLast().median() / step;
    return new Document("Training steps of " + network)
        .fact("network", network)
        .fact("chosen", chosen)
        .fact("timeOverTorchRand", overTorchRand)
        .fact("timeOverDeterministic", overDeterministic)
        .sentence(
            String.format(
                Locale.ROOT,
                "Training uses %s. Its step takes %.2f of the time of the same step with torch.rand,"
                    + " and %.2f of that of a deterministic network of this shape.",
                chosen,
                overTorchRand,
                overDeterministic))
        .add(
            new Rows<>(all)
                .add(Column.of("strategy", "strategy"), Turns::strategy)
                .add(Column.of("randomNumbers", "random numbers"), Turns::numbers)
                .add(Column.of("medianImagesPerSecond", "images/s").as("%.0f"), Turns::median)
                .add(
                    Column.of("ratioToWhole", "ratio to whole").as("%.2f"),
                    turns -> turns.median() / whole)
                .table("strategies", "Strategies"))
        .provenance("seed", seed.value())
        .provenance("samples", samples)
        .provenance("threads", threads)
        .provenance("rounds", rounds)
        .provenance("batch", BATCH);
  }

  private static Batch batch(Network network, long seed) {
    RandomWords words = Philox.forPurpose(seed, "benchmark");
    float[] pixels = new float[BATCH * network.input().size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) RandomWords.uniform(words.word(0, 0, i, 0));
    }
    long[] labels = new long[BATCH];
    for (int i = 0; i < BATCH; i++) {
      labels[i] = i % network.output().size();
    }
    return new Batch(pixels, labels);
  }
}
