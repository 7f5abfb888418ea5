package org.pdnn.cli.ising;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.pdnn.circuit.accelerator.Project;
import org.pdnn.circuit.boltzmann.BoltzmannMachine;
import org.pdnn.circuit.boltzmann.MachineProject;
import org.pdnn.cli.display.LateDisplay;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.ExitCode;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.ReportOption;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.TechnologyOption;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.option.Within;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.certificate.Certificate;
import org.pdnn.ising.dynamics.Annealing;
import org.pdnn.ising.dynamics.BetaSchedule;
import org.pdnn.ising.dynamics.Reads;
import org.pdnn.ising.dynamics.Samples;
import org.pdnn.ising.dynamics.Tempering;
import org.pdnn.ising.dynamics.UpdateOrder;
import org.pdnn.random.RandomWords;
import org.pdnn.report.Document;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn ising`: p-bits that solve and sample.
@Command(
    name = "ising",
    mixinStandardHelpOptions = true,
    description = "Solve or sample an Ising problem with p-bits, and say whether to believe it.",
    footer = {
      "",
      "Reads start at random states and are independent. --solve cools each by a schedule of beta"
          + " (annealing), or with --replicas N runs N betas side by side that exchange states"
          + " (parallel tempering); --sample keeps beta, and the last state of each read is a"
          + " sample.",
      "",
      "Examples:",
      "  pdnn ising glass:16x16 --reads 64 --sweeps 2000",
      "  pdnn ising G1.txt --target 11624              time to solution",
      "  pdnn ising uf250-01.cnf --replicas 32 --sweeps 20000",
      "  pdnn ising factor:143 --sweeps 5000",
      "  pdnn ising adder --sample --beta 1.5 --reads 4096",
      "  pdnn ising lattice:32x32 --sample --beta 0.4 --sweeps 2000 --certificate",
      "  pdnn ising glass:8x8 --sample --beta 0.5 --reads 256 --verilog machine"
    })
public final class IsingCommand implements Callable<Integer> {
  private static final int MOST_SWEEPS = 100_000_000;

  private static final long WARM_UP_NANOSECONDS = 500_000_000;

  /// Reads of a circuit's test bench.
  private static final int BENCH_READS = 2;

  /// Most sweeps of each.
  private static final int MOST_BENCH_SWEEPS = 1000;

  /// Sweeps of tempering between exchanges.
  private static final int SWEEPS_PER_ROUND = 2;

  @Mixin private final ProblemArgument argument = new ProblemArgument();

  /// What is done.
  private static final class Task {
    @Option(names = "--solve", description = "Look for the best state (the default).")
    private boolean solve;

    @Option(names = "--sample", description = "Draw states of the Boltzmann distribution.")
    @SuppressWarnings("UnusedVariable") // the only task but --solve
    private boolean sample;
  }

  @ArgGroup private @Nullable Task task;

  @Option(
      names = "--sweeps",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Updates of every spin in a read (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = MOST_SWEEPS)
  private int sweeps = 1000;

  @Option(
      names = "--reads",
      paramLabel = "R",
      description =
          "Runs from random states; 64 are swept side by side (default: 64; with --replicas one).")
  @Within(least = 1, most = 1_000_000)
  private @Nullable Integer reads;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description =
          "Parallel tempering with 2 to 32 betas. A read then is 64 replicas, which hold them as often as"
              + " they can, and reports its best state.")
  @Within(least = 2, most = 32)
  private @Nullable Integer replicas;

  @Option(
      names = "--cluster-moves",
      description =
          "With --replicas, also exchange clusters between replicas of one beta (isoenergetic"
              + " moves); pays for lattices of two dimensions.")
  private boolean clusterMoves;

  @Option(
      names = "--target",
      paramLabel = "VALUE",
      description =
          "The value that counts as a hit (default: the best, where the problem tells it).")
  @Within(least = -1e15, most = 1e15)
  private @Nullable Double target;

  @Option(
      names = "--certificate",
      description = "With --sample, fail unless nothing speaks against the samples.")
  private boolean certificate;

  @Option(
      names = "--verilog",
      paramLabel = "DIR",
      description =
          "With --sample, also write a circuit of p-bits that draws these samples, with a test bench"
              + " that checks it, into a new folder: up to 1,024 spins with whole couplings of pairs."
              + " Its registers make the words, and reads begin with all spins down.")
  private @Nullable Path verilog;

  /// The order of updates.
  private enum Order {
    COLOURED,
    SEQUENTIAL
  }

  @Option(
      names = "--order",
      paramLabel = "coloured|sequential",
      defaultValue = "coloured",
      description =
          "Colour after colour, so that spins without a coupling between them may be updated at"
              + " once, or spin after spin (default: ${DEFAULT-VALUE}).")
  private Order order = Order.COLOURED;

  @Mixin private final BetaOption betas = new BetaOption();

  @Mixin private final WordOptions words = new WordOptions();
  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();

  @Heading("Energy model")
  @Option(
      names = "--technology",
      completionCandidates = Candidates.Technologies.class,
      paramLabel = "NAME|FILE",
      defaultValue = "qmc65",
      description =
          "Technology of the predicted energy, weights of 8 bits; qmc65 is the paper's chip of"
              + " figure 5 (default: ${DEFAULT-VALUE}).")
  private String technology = "qmc65";

  @Mixin private final ReportOption report = new ReportOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    boolean sampling = task != null && !task.solve;
    require(!sampling || replicas == null, "--replicas is for --solve");
    require(!certificate || sampling, "--certificate is for --sample");
    require(!clusterMoves || replicas != null, "--cluster-moves is for --replicas");
    require(!sampling || target == null, "--target is for --solve");
    require(!sampling || !betas.hasForm(), "--schedule is for --solve");
    if (verilog != null) {
      require(sampling, "--verilog is for --sample");
      require(
          !given("--order") && !given("--generator") && !given("--imperfection"),
          "--verilog has an order and words of its own: leave out --order, --generator and"
              + " --imperfection");
      Project.requireFree(verilog);
    }
    ProblemArgument.Named named = argument.read(seed.value());
    IsingReport result =
        new IsingReport(
            named, swept(), TechnologyOption.read(technology), target(named.problem().best()));
    IsingModel model = named.problem().model();
    Certificate examined = null;
    if (verilog != null) {
      examined = build(model, verilog, result);
    } else {
      UpdateOrder updates =
          switch (order) {
            case COLOURED -> UpdateOrder.coloured(model);
            case SEQUENTIAL -> UpdateOrder.sequential(model);
          };
      if (sampling) {
        examined = sample(model, updates, words(), result);
      } else {
        solve(model, updates, result);
      }
    }
    Document document =
        result
            .document()
            .provenance("seed", seed.value())
            .provenance("generator", verilog == null ? words.name() : "lfsr32");
    report.write(document);
    output.print(spec.commandLine().getOut(), document);
    return certificate && examined != null && !examined.believed() ? ExitCode.FAILED : 0;
  }

  private boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private static void require(boolean sound, String otherwise) {
    if (!sound) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private OptionalDouble target(OptionalDouble best) {
    return target == null ? best : OptionalDouble.of(target);
  }

  private RandomWords words() throws IOException {
    return words.of(seed.value(), swept());
  }

  /// Writes a circuit, and samples as it does.
  private Certificate build(IsingModel model, Path folder, IsingReport result) throws IOException {
    BoltzmannMachine machine = BoltzmannMachine.of(model, betas.one());
    int start = machine.start(seed.value());
    Certificate examined = sample(model, machine.order(), machine.words(start, sweeps), result);
    MachineProject.of(machine, start, BENCH_READS, Math.min(sweeps, MOST_BENCH_SWEEPS))
        .write(folder);
    result.built(machine, folder);
    return examined;
  }

  private Certificate sample(
      IsingModel model, UpdateOrder updates, RandomWords words, IsingReport result) {
    result.fact("blocks", updates.blocks());
    int count = reads == null ? 64 : reads;
    double beta = betas.one();
    Annealing annealing = new Annealing(model, updates, words);
    Samples samples =
        timed(
            result,
            count,
            blocks(count),
            done -> annealing.sample(beta, sweeps, count, threads.count(), done));
    Certificate examined = Certificate.of(model, samples);
    result.sampled(samples, examined);
    return examined;
  }

  private void solve(IsingModel model, UpdateOrder updates, IsingReport result) throws IOException {
    result.fact("blocks", updates.blocks());
    Reads found;
    if (result.isTimed()) {
      warmUp(model, updates);
    }
    if (replicas == null) {
      int count = reads == null ? 64 : reads;
      BetaSchedule schedule = betas.schedule(model, sweeps);
      result.annealed(schedule);
      Annealing annealing = new Annealing(model, updates, words());
      found =
          timed(
              result,
              count,
              blocks(count),
              done -> annealing.run(schedule, count, threads.count(), done));
    } else {
      int count = reads == null ? 1 : reads;
      int perRound = sweepsPerRound();
      double[] ladder = betas.ladder(model, replicas);
      Tempering tempering = new Tempering(model, updates, words(), ladder, perRound, clusterMoves);
      result.tempered(ladder, perRound, clusterMoves);
      found =
          timed(
              result,
              count,
              count,
              done ->
                  tempering.run(
                      swept() / perRound,
                      count,
                      threads.count(),
                      rounds -> done.accept(rounds * perRound)));
    }
    result.solved(found);
  }

  /// Java compiles the loops of a sweep as they run; times to a solution are those of compiled
  /// ones.
  private void warmUp(IsingModel model, UpdateOrder updates) throws IOException {
    Annealing annealing = new Annealing(model, updates, words());
    long from = System.nanoTime();
    do {
      annealing.run(BetaSchedule.constant(1, 10), Long.SIZE, 1, done -> {});
    } while (System.nanoTime() - from < WARM_UP_NANOSECONDS);
  }

  private int sweepsPerRound() {
    return Math.min(SWEEPS_PER_ROUND, sweeps);
  }

  /// Sweeps that a read has: with --replicas whole rounds of them.
  private int swept() {
    return replicas == null ? sweeps : Math.ceilDiv(sweeps, sweepsPerRound()) * sweepsPerRound();
  }

  private static int blocks(int reads) {
    return Math.ceilDiv(reads, Long.SIZE);
  }

  /// Work that hears of its sweeps.
  private interface Swept<T> {
    T with(IntConsumer done);
  }

  private <T> T timed(IsingReport result, int count, int blocks, Swept<T> work) {
    AtomicLong swept = new AtomicLong();
    long from = System.nanoTime();
    T found;
    try (LateDisplay display = new LateDisplay("Sweeping", "sweeps", (long) blocks * swept())) {
      found = work.with(done -> display.to(swept.addAndGet(done)));
    }
    result.took(
        (System.nanoTime() - from) / 1e9,
        count,
        replicas == null ? 1 : Long.SIZE,
        Math.min(threads.count(), blocks));
    return found;
  }
}
