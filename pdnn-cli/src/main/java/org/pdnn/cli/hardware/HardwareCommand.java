package org.pdnn.cli.hardware;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.pdnn.circuit.accelerator.Accelerator;
import org.pdnn.circuit.accelerator.Check;
import org.pdnn.circuit.accelerator.Project;
import org.pdnn.circuit.accelerator.Schedule;
import org.pdnn.circuit.accelerator.Switching;
import org.pdnn.circuit.accelerator.Target;
import org.pdnn.circuit.accelerator.TestBench;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.cli.display.LateDisplay;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.display.Typed;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.ModelArgument;
import org.pdnn.cli.option.ExitCode;
import org.pdnn.cli.option.FormatOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.Within;
import org.pdnn.data.Images;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.files.AtomicFile;
import org.pdnn.generation.Latents;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.WeightFormat;
import org.pdnn.names.Choice;
import org.pdnn.names.Counted;
import org.pdnn.network.ModelFile;
import org.pdnn.random.Scheme;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.ReportFiles;
import org.pdnn.report.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn hardware`: a model as Verilog.
@Command(
    name = "hardware",
    mixinStandardHelpOptions = true,
    description = "Write a p-DNN as an accelerator in Verilog, with a test bench that checks it.",
    footer = {
      "",
      "The folder holds plain Verilog, memory images, a test bench that compares the sums after"
          + " every pass with those of an emulator, a Makefile and a README. Convolutions, max pools"
          + " and dense layers, masked or not, with p-bits between them have a circuit. --check runs"
          + " what is installed of Verilator, Icarus Verilog and Yosys, and says what is missing.",
      "",
      "Examples:",
      "  pdnn hardware p.safetensors --out accelerator --check",
      "  pdnn hardware p.safetensors --elements 32 --samples 16 --out accelerator",
      "  pdnn hardware p.safetensors --weights 4 --target ecp5 --out accelerator"
    })
public final class HardwareCommand implements Callable<Integer> {
  /// Test images of the accuracy in the report.
  private static final int MOST_MEASURED = 1000;

  /// Samples of that accuracy: beyond them it hardly grows.
  private static final int MOST_MEASURED_SAMPLES = 64;

  /// Dimensions of an output that is an image: the network is a decoder.
  private static final int IMAGE = 3;

  /// Latent variables of a decoder.
  private static final InputGrid LATENTS = InputGrid.covering(-4, 4);

  @Mixin private final ModelArgument model = new ModelArgument();

  @Option(
      names = "--elements",
      paramLabel = "P",
      defaultValue = "16",
      description = "Processing elements side by side (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = Accelerator.MOST_ELEMENTS)
  private int elements = 16;

  @Option(
      names = "--weights",
      paramLabel = "8|4|2|1",
      defaultValue = "8",
      description =
          "Bits of the hidden layers' weights, also 8g, 4g, 2g, 1g; the first and the last layer"
              + " have 8, and so has the memory, which all share (default: 8).")
  private String weights = "8";

  @Option(
      names = "--target",
      paramLabel = "xilinx|ecp5|ice40|generic",
      defaultValue = "generic",
      description =
          "What it is synthesised for, and has to fit: xilinx (ZU7EV), ecp5 (LFE5U-85F), ice40"
              + " (iCE40 HX8K) or generic, which bounds nothing (default: generic).")
  private Target target = Target.GENERIC;

  /// The registers of the random words.
  private enum Generator {
    LFSR32,
    LFSR16;

    Lfsr register() {
      return new Lfsr(
          switch (this) {
            case LFSR32 -> 32;
            case LFSR16 -> 16;
          },
          1);
    }
  }

  @Option(
      names = "--generator",
      paramLabel = "lfsr32|lfsr16",
      defaultValue = "lfsr32",
      description =
          "Registers that make the random words; those of 16 bits take half the logic and soon"
              + " repeat (default: ${DEFAULT-VALUE}).")
  private Generator generator = Generator.LFSR32;

  @Option(
      names = "--scheme",
      paramLabel = "independent|scrambled",
      defaultValue = "independent",
      description =
          "How passes share randomness: scrambled ones are worth more, and take a second register"
              + " of 32 bits in each element (default: ${DEFAULT-VALUE}).")
  private Scheme scheme = Scheme.INDEPENDENT;

  @Heading("Checks")
  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "8",
      description = "Passes of the test bench (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 65_535)
  private int samples = 8;

  @Heading("Checks")
  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "4",
      description = "Test images of the test bench (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 10_000)
  private int images = 4;

  @Heading("Checks")
  @Option(names = "--check", description = "Simulate and synthesise what was written.")
  private boolean check;

  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final FormatOption format = new FormatOption();

  @Heading("Output")
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder to write, new or empty.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path out;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Project.requireFree(out);
    PrintWriter notices = spec.commandLine().getErr();
    ModelFile file = model.read();
    boolean decodes = file.network().output().rank() == IMAGE;
    InputGrid grid = decodes ? LATENTS : InputGrid.of(file.model().input());
    Accelerator accelerator =
        Accelerator.of(file.network(), bits(), grid, generator.register(), scheme, elements);
    target.require(accelerator);
    if (elements > accelerator.mostUnits()) {
      Notice.tell(
          notices,
          "%s of %s elements have no work, as no layer has more than %s"
              .formatted(
                  elements - accelerator.mostUnits(),
                  elements,
                  Counted.of(accelerator.mostUnits(), "unit")));
    }
    Optional<Images> test =
        decodes ? Optional.empty() : Optional.of(data.open(file, notices).test());
    Optional<Images> some = test.map(this::some);
    float[][] inputs =
        some.map(given -> LabelledInputs.of(given).read(0, images, file.network().input().size()))
            .orElseGet(() -> latents(file.network().input().size()));
    int start = accelerator.start(seed.value());
    List<int[]> codes = Arrays.stream(inputs).map(accelerator::codes).toList();
    TestBench bench = new TestBench(accelerator, start, samples, codes);
    try (LateDisplay display = new LateDisplay("Emulating", "images", images)) {
      Project.of(accelerator, bench, target, display::to).write(out);
    }
    List<Check.Found> found = check ? checked(notices) : List.of();
    Document document =
        document(accelerator, found)
            .fact("model", file.path().toString())
            .provenance(
                "command", Typed.command(spec.commandLine().getParseResult().originalArgs()))
            .provenance("seed", seed.value())
            .provenance("modelSha256", file.sha256());
    some.ifPresent(given -> document.provenance("dataSha256", given.sha256()));
    HardwareReport report =
        new HardwareReport(accelerator, file.network(), samples, target, document);
    report.addPredictions();
    test.ifPresent(all -> {
      Images measured = all.some(Math.min(MOST_MEASURED, all.count()), seed.value());
      int passes = Math.min(samples, MOST_MEASURED_SAMPLES);
      report.addAccuracy(
          LoweredAccuracy.measured(
              file.network(), accelerator, bits(), grid, measured, passes, seed.value()),
          passes,
          measured.count());
    });
    report.addSwitching(Switching.of(accelerator, start, codes.getFirst(), samples));
    report.addResources(found, out);
    Path page = ReportFiles.write(document, out).getFirst();
    document.sentence("Report: " + page);
    AtomicFile.write(
        out.resolve("report.json"),
        stream -> stream.write(document.json().getBytes(StandardCharsets.UTF_8)));
    format.print(spec.commandLine().getOut(), document.fact("report", page.toString()));
    return found.stream().anyMatch(one -> one.outcome() == Check.Outcome.FAILED)
        ? ExitCode.FAILED
        : 0;
  }

  private Images some(Images test) {
    if (images > test.count()) {
      throw new IllegalArgumentException(
          "--images must be 1 to %s, got %s".formatted(test.count(), images));
    }
    return test.some(images, seed.value());
  }

  /// What a decoder reads: latent variables, drawn.
  private float[][] latents(int size) {
    Latents drawn = new Latents(size, seed.value());
    return IntStream.range(0, images).mapToObj(drawn::of).toArray(float[][]::new);
  }

  private WeightFormat bits() {
    return WeightFormat.parse(weights);
  }

  private List<Check.Found> checked(PrintWriter notices) throws IOException, InterruptedException {
    List<Check.Found> found = new ArrayList<>();
    for (Check one : Check.values()) {
      if (one.missing().isEmpty()) {
        Notice.tell(notices, "make " + one);
      }
      found.add(one.run(out));
    }
    return found;
  }

  private Document document(Accelerator accelerator, List<Check.Found> found) {
    Schedule schedule = accelerator.schedule();
    Document document =
        new Document("Accelerator")
            .headline(
                "%s: %s, T = %s in %s cycles"
                    .formatted(
                        out, Counted.of(elements, "element"), samples, schedule.cycles(samples)))
            .fact("folder", out.toString())
            .fact("elements", elements)
            .fact("weights", weights)
            .fact("generator", Choice.name(generator))
            .fact("scheme", scheme.toString())
            .fact("samples", samples)
            .fact("target", target.toString())
            .fact("cyclesBefore", schedule.cyclesBefore())
            .fact("cyclesPerPass", schedule.cyclesOfPass())
            .fact("cycles", schedule.cycles(samples))
            .fact("sumBits", accelerator.sumBits())
            .fact("memoryBits", accelerator.memoryBits());
    if (found.isEmpty()) {
      return document;
    }
    return document.add(
        new Rows<>(found)
            .add("check", "check", each -> each.check().toString())
            .add("outcome", "outcome", each -> each.outcome().toString())
            .add(Column.of("seconds", "seconds").as("%.1f"), Check.Found::seconds)
            .add("said", "found", Check.Found::said)
            .table("checks", "Checks", ""));
  }
}
