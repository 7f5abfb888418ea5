package org.pdnn.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.benchmark.EnergyRounds;
import org.pdnn.benchmark.Engine;
import org.pdnn.benchmark.EngineKind;
import org.pdnn.benchmark.EngineResult;
import org.pdnn.benchmark.MachineLimit;
import org.pdnn.benchmark.MeasuredEnergy;
import org.pdnn.benchmark.Quartiles;
import org.pdnn.benchmark.Rounds;
import org.pdnn.benchmark.Task;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.SampleCounts;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.Within;
import org.pdnn.data.Images;
import org.pdnn.data.InputImages;
import org.pdnn.evaluation.ChosenMargin;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.power.PowerCounters;
import org.pdnn.power.Time;
import org.pdnn.sampling.Run;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn bench inference`: our engines beside their peers.
@Command(
    name = "inference",
    mixinStandardHelpOptions = true,
    description =
        "Time inference by our engines and by their peers in one process: engines take turns,"
            + " medians are compared.",
    footer = {
      "",
      "Engines: onnxruntime-fp32, onnxruntime-int8, libtorch-fp32, libtorch-bf16 and"
          + " integer-8-twin (the engine, 8-bit activations) compute the"
          + " deterministic twin in one pass; libtorch-pbit, integer-8, integer-4, integer-1"
          + " (the engine, by the bits of hidden weights) and block-sampler (the engine in"
          + " floating point) average T passes of random bits. integer-early-stop stops each"
          + " input at the margin of --until-margin, else at confidence 0.9; T is then the"
          + " maximum. Ratios are to the"
          + " fastest fp32 peer. The limit is the rate of products of large matrices by the"
          + " fastest library, in the same data type. Without --model the weights are untrained:"
          + " speeds hold, agreement says little."
          + " --joules reads the kernel's counters (RAPL) of whole processor packages and"
          + " their memory, other programs included: keep the machine quiet. Net is above"
          + " idle.",
      "",
      "Examples:",
      "  pdnn bench inference --network vgg5 --batch 64",
      "  pdnn bench inference --network mlp:784-256-128-10 --batch 1 --samples 4,10",
      "  pdnn bench inference --model p5.safetensors --data digits --format json",
      "  pdnn bench inference --model m.safetensors --data mnist --samples 32",
      "      --until-margin margin.json --engines onnxruntime-int8,integer-early-stop",
      "  pdnn bench inference --network vgg5 --rounds 10 --joules"
    })
final class BenchInferenceCommand implements Callable<Integer> {
  private static final int CLASSES = 10;

  /// Seconds that each engine may take to warm up, or a second a round if that is less; C2 needs
  /// some.
  private static final double WARM_UP = 8;

  @ArgGroup private final Source source = new Source();

  /// The network to run.
  static final class Source {
    @Option(names = "--model", paramLabel = "FILE", description = "A model file, .safetensors.")
    private @Nullable Path model;

    @Option(
        names = "--network",
        completionCandidates = Candidates.Networks.class,
        paramLabel = "NAME",
        defaultValue = "vgg5",
        description = "A preset: mlp:SIZES, vgg5, resnet8, ..., untrained (default: vgg5).")
    private String network = "vgg5";
  }

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "64",
      description = "Inputs per run (default: 64).")
  @Within(least = 1, most = Task.LARGEST_BATCH)
  private int batch = 64;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "10",
      converter = SampleCounts.class,
      description = "Samples T of the engines that sample, as in 10 or 1,4,10 (default: 10).")
  private SampleCounts.Counts samples = new SampleCounts.Counts(List.of(10));

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of each engine (default: 1).")
  @Within(least = 1, most = Bounds.THREADS)
  private int threads = 1;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "30",
      description = "Turns of each engine; their median is reported (default: 30).")
  @Within(least = 1, most = Bounds.ROUNDS)
  private int rounds = 30;

  @Option(
      names = "--joules",
      arity = "0..1",
      paramLabel = "DIR",
      fallbackValue = PowerCounters.TREE,
      description =
          "Also measure energy, by the power counters in DIR, in R further rounds of a second"
              + " each and a second's sleep (default: ${FALLBACK-VALUE}).")
  private @Nullable Path joules;

  @Option(
      names = "--engines",
      paramLabel = "NAME",
      split = ",",
      description = "Engines to run (default: all that take less than a second or so per run).")
  private List<String> engines = List.of();

  @Option(
      names = "--until-margin",
      paramLabel = "FILE",
      description =
          "Margin of integer-early-stop, chosen for the model by early-stop --changed-at-most E"
              + " --format json.")
  private @Nullable Path margin;

  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private final Time time;

  BenchInferenceCommand() {
    this(Time.SYSTEM);
  }

  BenchInferenceCommand(Time time) {
    this.time = time;
  }

  @Override
  public Integer call() throws IOException {
    if (joules != null && rounds < EnergyRounds.FEWEST) {
      throw new IllegalArgumentException(
          "--joules needs --rounds of at least %d, got %d".formatted(EnergyRounds.FEWEST, rounds));
    }
    Optional<PowerCounters> counters =
        joules == null ? Optional.empty() : Optional.of(PowerCounters.open(joules, time));
    ModelFile model = source.model == null ? null : ModelFile.read(source.model);
    Images images = images(model);
    Network network = model == null ? untrained(images) : model.network();
    Task task = new Task(network, inputs(network, images), threads, seed.value());
    if (margin != null) {
      task = task.with(margin(margin, model));
    }
    BenchInferenceDocument document = measure(task, counters);
    output.print(
        spec.commandLine().getOut(),
        document.of(
            source.model == null ? source.network : source.model.toString(),
            model == null ? "untrained" : model.sha256(),
            images == null ? "random pixels" : images.name()));
    return 0;
  }

  private Task.EarlyStop margin(Path file, @Nullable ModelFile model) throws IOException {
    ChosenMargin chosen = ChosenMargin.read(file);
    String sha256 = model == null ? "untrained" : model.sha256();
    for (int count : samples.values()) {
      chosen.requireFor(sha256, Run.of(count), chosen.precision());
    }
    return new Task.EarlyStop(chosen.rule(), chosen.precision());
  }

  private BenchInferenceDocument measure(Task task, Optional<PowerCounters> counters)
      throws IOException {
    List<Engine> all =
        engines.isEmpty()
            ? EngineKind.all(task, samples.values())
            : EngineKind.named(engines, task, samples.values());
    int total = counters.isPresent() ? 2 * rounds : rounds;
    try (Display display = new Display("Measuring", "rounds", total)) {
      display.message("machine limit");
      MachineLimit limit = MachineLimit.measure(threads);
      display.message("warm-up");
      Runnable progress =
          () -> {
            display.message("");
            display.add(1);
          };
      List<Quartiles> times = new Rounds(all, Math.min(WARM_UP, rounds)).measure(rounds, progress);
      Optional<MeasuredEnergy> energy = Optional.empty();
      if (counters.isPresent()) {
        EnergyRounds turns = new EnergyRounds(task, all, counters.get(), time);
        energy = Optional.of(turns.measure(rounds, progress));
      }
      List<EngineResult> results = EngineResult.of(task, all, times, limit);
      return new BenchInferenceDocument(task, samples.values(), rounds, limit, results, energy);
    } finally {
      all.forEach(Engine::close);
    }
  }

  /// Of the data that are named; none otherwise.
  private @Nullable Images images(@Nullable ModelFile model) throws IOException {
    if (!spec.commandLine().getParseResult().hasMatchedOption("--data")) {
      return null;
    }
    Images test = data.open(CLASSES, Math.max(batch, CLASSES), spec.commandLine().getErr()).test();
    Images some = test.atMost(batch, seed.value());
    return model == null ? some : InputImages.of(model.model()).fed(some);
  }

  private Network untrained(@Nullable Images images) {
    Neuron neuron = Neuron.parse("pbit:sigmoid");
    return images == null
        ? BenchCommand.untrained(source.network, neuron, seed.value())
        : InitialWeights.GLOROT.of(
            Preset.network(source.network, images.shape(), images.classes(), neuron), seed.value());
  }

  /// Images in turn, and again if there are too few; random pixels without images.
  private float[][] inputs(Network network, @Nullable Images images) {
    if (images == null) {
      return Task.randomPixels(network.input(), batch, seed.value());
    }
    float[][] inputs = new float[batch][network.input().size()];
    for (int input = 0; input < batch; input++) {
      images.read(input % images.count(), inputs[input], 0);
    }
    return inputs;
  }
}
