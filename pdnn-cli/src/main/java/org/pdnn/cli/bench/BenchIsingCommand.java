package org.pdnn.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntToDoubleFunction;
import org.pdnn.benchmark.Quartiles;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.ising.ProblemArgument;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.Within;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.dynamics.Annealing;
import org.pdnn.ising.dynamics.BetaSchedule;
import org.pdnn.ising.dynamics.Kernel;
import org.pdnn.ising.dynamics.UpdateOrder;
import org.pdnn.random.Philox;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn bench ising`: updates of p-bits a second, side by side.
@Command(
    name = "ising",
    mixinStandardHelpOptions = true,
    description =
        "Time updates of p-bits on one thread: 64 replicas at once, spin after spin as the"
            + " definition has it, and D-Wave's sampler where python3 has dwave-samplers. They take"
            + " turns, medians are compared.",
    footer = {
      "",
      "D-Wave's sampler draws by Metropolis' rule and skips spins that hardly would flip; an update"
          + " is a spin that is visited.",
      "",
      "Examples:",
      "  pdnn bench ising glass:64x64",
      "  pdnn bench ising G22.txt --beta 0.3 --rounds 20"
    })
final class BenchIsingCommand implements Callable<Integer> {
  private static final int READS = 64;

  /// A warm-up takes no more.
  private static final double WARM_UP_SECONDS = 20;

  private static final double FASTER = 0.97;
  private static final int STABLE_TURNS = 3;

  /// Sweeps of a turn, at least, so that random first states take little of it.
  private static final int LEAST_SWEEPS = 16;

  /// What a turn takes, at least.
  private static final double TURN_SECONDS = 0.5;

  @Mixin private final ProblemArgument argument = new ProblemArgument();

  @Option(
      names = "--beta",
      paramLabel = "BETA",
      defaultValue = "0.5",
      description = "The inverse temperature (default: ${DEFAULT-VALUE}).")
  @Within(least = 0, most = 1e6)
  private double beta = 0.5;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "10",
      description = "Turns of each; their median is reported (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = Bounds.ROUNDS)
  private int rounds = 10;

  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /// A sampler and its updates per second in each turn.
  ///
  /// @param seconds of 64 reads of so many sweeps
  private record Contender(
      String name, int sweeps, IntToDoubleFunction seconds, List<Double> rates) {
    Contender(String name, int sweeps, IntToDoubleFunction seconds) {
      this(name, sweeps, seconds, new ArrayList<>());
    }

    double median() {
      return Quartiles.of(rates.stream().mapToDouble(Double::doubleValue).toArray()).median();
    }
  }

  @Override
  public Integer call() throws IOException {
    ProblemArgument.Named named = argument.read(seed.value());
    IsingModel model = named.problem().model();
    UpdateOrder order = UpdateOrder.coloured(model);
    Optional<DwaveSampler> dwave = DwaveSampler.of(model);
    try {
      List<Contender> contenders = new ArrayList<>();
      contenders.add(ours("reference", model, order, Kernel.REFERENCE));
      contenders.add(ours("64 replicas", model, order, Kernel.VECTOR));
      dwave.ifPresent(sampler ->
          contenders.add(
              contender("dwave-samplers", sweeps -> sampler.seconds(READS, sweeps, beta))));
      measure(model, contenders);
      output.print(spec.commandLine().getOut(), document(named, contenders));
    } finally {
      dwave.ifPresent(DwaveSampler::close);
    }
    return 0;
  }

  private Contender ours(String name, IsingModel model, UpdateOrder order, Kernel kernel) {
    Annealing annealing = new Annealing(model, order, new Philox(seed.value()), kernel);
    return contender(name, sweeps -> seconds(annealing, sweeps));
  }

  /// Warms up until turns no longer get faster, and finds how many sweeps fill one.
  private static Contender contender(String name, IntToDoubleFunction seconds) {
    int sweeps = LEAST_SWEEPS;
    double best = Double.POSITIVE_INFINITY;
    double turn = 0;
    int stable = 0;
    for (double spent = 0; spent < WARM_UP_SECONDS; spent += turn) {
      turn = seconds.applyAsDouble(sweeps);
      stable = turn / sweeps < FASTER * best ? 0 : stable + 1;
      best = Math.min(best, turn / sweeps);
      if (turn >= TURN_SECONDS && stable >= STABLE_TURNS) {
        break;
      }
      sweeps = turn < TURN_SECONDS ? 2 * sweeps : sweeps;
    }
    return new Contender(name, sweeps, seconds);
  }

  private double seconds(Annealing annealing, int sweeps) {
    BetaSchedule schedule = BetaSchedule.constant(beta, sweeps);
    long from = System.nanoTime();
    annealing.run(schedule, READS, 1, done -> {});
    return (System.nanoTime() - from) / 1e9;
  }

  private void measure(IsingModel model, List<Contender> contenders) {
    try (Display display = new Display("Measuring", "rounds", rounds)) {
      for (int round = 0; round < rounds; round++) {
        for (Contender each : contenders) {
          double updates = (double) READS * each.sweeps * model.size();
          each.rates.add(updates / each.seconds.applyAsDouble(each.sweeps));
        }
        display.add(1);
      }
    }
  }

  private Document document(ProblemArgument.Named named, List<Contender> contenders) {
    double reference = contenders.getFirst().median();
    double ours = contenders.get(1).median();
    Document document =
        new Document("Updates of p-bits on " + named.name())
            .fact("problem", named.name())
            .fact("spins", named.problem().model().size())
            .fact("updatesPerSecond", ours)
            .sentence(
                String.format(
                    Locale.ROOT,
                    "64 replicas at once make %.3g updates a second of one thread, %.0f times as"
                        + " many as spin after spin.",
                    ours,
                    ours / reference))
            .add(
                new Rows<>(contenders)
                    .add("name", "sampler", Contender::name)
                    .add(Column.of("updatesPerSecond", "updates/s").as("%.3g"), Contender::median)
                    .add(
                        Column.of("ratioToReference", "ratio to reference").as("%.2f"),
                        each -> each.median() / reference)
                    .table("samplers", "Samplers"))
            .provenance("seed", seed.value())
            .provenance("beta", beta)
            .provenance("rounds", rounds);
    if (contenders.size() == 2) {
      document.sentence("python3 has no dwave-samplers, so D-Wave's sampler was not run.");
    }
    return BenchCommand.machine(document);
  }
}
