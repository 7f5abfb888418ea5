package org.pdnn.cli.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.energy.EnergyCommand;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.ModelData;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.SampleCounts;
import org.pdnn.cli.option.Share;
import org.pdnn.cli.option.Within;
import org.pdnn.convert.Calibration;
import org.pdnn.convert.Conversion;
import org.pdnn.convert.ConversionException;
import org.pdnn.convert.ConversionVerdict;
import org.pdnn.convert.Converted;
import org.pdnn.convert.FineTune;
import org.pdnn.convert.Normalisation;
import org.pdnn.convert.ReluPolicy;
import org.pdnn.convert.Source;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Environment;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.files.InputFile;
import org.pdnn.integer.InputGrid;
import org.pdnn.names.Counted;
import org.pdnn.network.InputForm;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.TrainedOn;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Workers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `pdnn convert`: an ordinary network in, a p-DNN out, with what each step cost.
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Convert a trained deterministic network into a p-DNN, and say what it is worth.",
    footer = {
      "",
      "Steps are measured one by one on training images; the report's curve is measured"
          + " on test images. Where more than --tolerance is lost the conversion ends, and"
          + " nothing is written.",
      "",
      "Examples:",
      "  pdnn convert net.onnx --data mnist --out p.safetensors",
      "  pdnn convert net.onnx --data mnist --explain      what each step would cost",
      "  pdnn convert w.npz --network mlp:784-32-10 --data mnist --out p.safetensors",
      "  pdnn convert w.npz --network net.json --data cifar10 --out p.safetensors",
      "  pdnn convert net.onnx --data mnist --fine-tune 3 --weights 4 --explain",
      "  pdnn convert net.onnx --data mnist --chart report --out p.safetensors",
      "  pdnn convert net.onnx --unmeasured --out p.safetensors     without any data"
    })
public final class ConvertCommand implements Callable<Integer> {
  /// Passes that are enough to tell what a step of the conversion costs.
  private static final int MOST_PASSES = 16;

  @Mixin private final SourceOptions source = new SourceOptions();
  @Mixin private final DataOptions data = new DataOptions();

  @Option(
      names = "--unmeasured",
      description = "Convert without data: nothing is measured, chosen or judged.")
  private boolean unmeasured;

  @Option(
      names = "--calibration",
      paramLabel = "N",
      defaultValue = "300",
      description =
          "Training images on which steps are measured, each class in its share (default:"
              + " ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 1 << 24)
  private int calibration = 300;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Test images of the report's curve, each class in its share (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 1 << 24)
  private int images = 500;

  @Option(
      names = "--samples",
      paramLabel = "T,...",
      defaultValue = "1,2,4,8,16,32",
      converter = SampleCounts.class,
      description =
          "Numbers of samples of the curve; steps are measured at 16, or the largest if that is"
              + " less (default: ${DEFAULT-VALUE}).")
  private SampleCounts.Counts samples = new SampleCounts.Counts(List.of(1));

  @Option(
      names = "--weights",
      paramLabel = "8|4|2|1|32",
      defaultValue = "8",
      description =
          "Bits of the hidden layers' weights, also 8g, 4g, 2g, 1g; 32 leaves them as they are"
              + " (default: ${DEFAULT-VALUE}).")
  private String weights = "8";

  @Option(
      names = "--tolerance",
      converter = Share.Points.class,
      paramLabel = "POINTS",
      defaultValue = "2",
      description =
          "Points of accuracy that may be lost on the calibration images, beyond chance (default:"
              + " ${DEFAULT-VALUE}).")
  @Within(least = 0, most = 100)
  private double tolerance = 2;

  @Option(
      names = "--relu",
      paramLabel = "auto|pbit|noisy|keep",
      defaultValue = "auto",
      description =
          "What becomes of rectifiers: scaled p-bits, noisy neurons, or what they are; auto takes"
              + " the first of them, fine-tuned if need be, that loses no more than is tolerated"
              + " (default: auto).")
  private ReluPolicy relu = ReluPolicy.AUTO;

  @Mixin private final FineTuneOptions fineTune = new FineTuneOptions();

  @Option(
      names = "--without",
      paramLabel = "STEP",
      split = ",",
      description = "Steps to leave out, by their names in --explain.")
  private List<String> without = List.of();

  @Option(
      names = "--explain",
      description = "Instead, list the steps with what each does and costs; nothing is written.")
  private boolean explain;

  @Option(
      names = "--technology",
      completionCandidates = Candidates.Technologies.class,
      paramLabel = "NAME|FILE",
      defaultValue = "sram65",
      description =
          "Prices the report's energies; one of pdnn list technologies, or a file (default:"
              + " ${DEFAULT-VALUE}).")
  private String technology = "sram65";

  @Option(names = "--seed", defaultValue = "1", description = "Base of the seeds (default: 1).")
  private long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "R",
      defaultValue = "3",
      description = "Noise seeds that repeat the curve's measurement (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 1000)
  private int seeds = 3;

  @Option(names = "--threads", description = "Inputs at once (default: all processors).")
  @Within(least = 1, most = Bounds.THREADS)
  private int threads = Workers.all();

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "Form of the report (default: text).")
  private OutputOptions.Format format = OutputOptions.Format.TEXT;

  @Option(
      names = "--chart",
      paramLabel = "DIR",
      description = "Also write report.html there, with charts, and each as CSV and JSON.")
  private @Nullable Path chart;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model file to write; needed unless --explain is given.")
  private @Nullable Path out;

  /// How the network reads images.
  private InputForm form = InputForm.PIXELS;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    requireOptions();
    Technology priced = EnergyCommand.technology(technology);
    Optional<DataSet> opened =
        unmeasured ? Optional.empty() : Optional.of(data.open(spec.commandLine().getErr()));
    InputFile.Hashed<Source> hashed = source.open(opened.map(DataSet::training));
    Source found = hashed.value();
    Source fitting = opened.map(all -> found.forClasses(all.training().classNames())).orElse(found);
    form = source.form(fitting, opened.map(DataSet::training));
    Optional<DataSet> set = opened.map(all -> ModelData.fed(all, fitting.network().input(), form));
    // In an order of which every prefix and suffix holds each class in its share.
    Optional<Images> training = set.map(all -> all.training().stratified(seed));
    training.ifPresent(all -> requireFit(fitting, all));
    Compared.Plan plan =
        new Compared.Plan(samples.values(), precision(), priced, seed, seeds, threads);
    Optional<Calibration> calibrated = training.map(all -> calibration(chosen(all)));
    Source read =
        source.activationIsKnown()
            ? fitting
            : calibrated.map(fitting::withLikelyActivation).orElse(fitting);
    ConversionDocument document = new ConversionDocument(source.file, read, calibrated, tolerance);
    Optional<Normalisation> missing =
        opened.flatMap(all -> missing(all.training(), read, calibrated.orElseThrow()));
    missing.map(Normalisation::sentence).map(List::of).ifPresent(document::remark);
    Converted converted;
    try {
      converted = convert(plan, calibrated, read, training);
    } catch (ConversionException e) {
      document.add(e.steps());
      document.print(spec.commandLine().getErr(), OutputOptions.Format.TEXT);
      throw new IOException(
          "%s; nothing was written; try %s"
              .formatted(e.reason(), next().trained(fineTune.epochs())),
          e);
    }
    document.add(converted);
    if (!explain) {
      if (set.isPresent()) {
        Images all = set.get().test();
        Images test = all.atMost(images, seed);
        ConversionCurves curves = ConversionCurves.of(plan, converted, test);
        document.measured(
            curves,
            missing.isPresent() ? ConversionVerdict.unnormalised() : curves.compared().verdict(),
            missing
                .map(normalisation -> next().with(normalisation.options()))
                .orElseGet(() -> next().after(curves.compared(), fineTune)));
      }
      String written = write(converted, read, set, hashed.sha256());
      document.written(out(), written, hashed.sha256(), set.map(DataSet::name), seed);
      if (chart != null) {
        document.chart(chart);
      }
    }
    document.print(spec.commandLine().getOut(), format);
    return 0;
  }

  private void requireOptions() {
    if (unmeasured && relu == ReluPolicy.PBIT) {
      throw new IllegalArgumentException(
          "--relu pbit measures the bounds of rectifiers on --data; name them in place of"
              + " --unmeasured");
    }
    if (unmeasured && !source.activationIsKnown()) {
      throw new IllegalArgumentException(
          "%s holds weights alone; say by --neuron which activation they were trained with, as in"
                  .formatted(source.file)
              + " --neuron tanh or relu");
    }
    boolean named = spec.commandLine().getParseResult().hasMatchedOption("--data");
    if (named == unmeasured) {
      throw new ParameterException(
          spec.commandLine(),
          named
              ? "--unmeasured looks at no --data; leave one of them out"
              : "name the data that the network was trained on by --data, or convert without any by"
                  + " --unmeasured");
    }
    if (out == null && !explain) {
      throw new ParameterException(
          spec.commandLine(), "name the model file to write by --out, or ask for --explain");
    }
  }

  private static void requireFit(Source read, Images images) {
    if (read.network().output().size() != images.classes()) {
      throw new IllegalArgumentException(
          "the network has %s, the images have %s; choose other data, or convert"
                  .formatted(
                      Counted.of(read.network().output().size(), "output"),
                      Counted.of(images.classes(), "class"))
              + " without any by --unmeasured");
    }
  }

  /// The normalisation that the network seems to miss, where none is known.
  private Optional<Normalisation> missing(Images stored, Source read, Calibration calibrated) {
    if (form.normalises()) {
      return Optional.empty();
    }
    Images pixels = chosen(stored.stratified(seed));
    return Normalisation.missing(
        read.network(),
        calibrated,
        pixels,
        form,
        other -> LabelledInputs.of(ModelData.fed(pixels, read.network().input(), other)));
  }

  /// The images of the calibration; of a small set half, so that others are left to learn from.
  private Images chosen(Images all) {
    int most = fineTune.epochs() == 0 ? all.count() : Math.ceilDiv(all.count(), 2);
    return all.first(Math.min(calibration, most));
  }

  private Calibration calibration(Images some) {
    return new Calibration(
        LabelledInputs.of(some),
        Run.of(Math.min(MOST_PASSES, samples.values().getLast())),
        precision(),
        seed,
        threads);
  }

  private Converted convert(
      Compared.Plan plan, Optional<Calibration> calibrated, Source read, Optional<Images> training)
      throws IOException, ConversionException {
    Conversion conversion =
        new Conversion(
            calibrated,
            tolerance / 100,
            relu,
            Precision.parse(weights).weights(),
            Optional.empty(),
            Set.copyOf(without));
    if (training.isEmpty() && fineTune.asked()) {
      throw new IllegalArgumentException("--fine-tune trains on --data; leave --unmeasured out");
    }
    int steps = conversion.steps().size() + (fineTune.epochs() == 0 ? 0 : 1);
    try (ConversionDisplay display =
        new ConversionDisplay(steps, fineTune.epochs(), spec.commandLine().getErr())) {
      Optional<FineTune> epochs =
          training.flatMap(all ->
              fineTune.on(
                  read.network(),
                  all.slice(chosen(all).count(), all.count()),
                  network -> spared(plan, read.network(), network, chosen(all)),
                  data.name().equals("cifar10"),
                  seed,
                  display));
      Conversion whole = epochs.map(conversion::withFineTune).orElse(conversion);
      return whole.convert(read.network(), result -> display.step());
    }
  }

  /// Why training would not change the verdict, judged on the images of the calibration.
  private static Optional<String> spared(
      Compared.Plan plan, Network source, Network network, Images some) {
    Compared compared =
        plan.withSeeds(1).compare(source, network, LabelledInputs.of(some), done -> {});
    ConversionVerdict verdict = compared.verdict();
    if (verdict.advice() == ConversionVerdict.Advice.NO_ANSWER) {
      return Optional.of("of no use: " + verdict.reason());
    }
    if (!compared.saves()) {
      return Optional.of("of no use: even one sample would take as much energy as the original");
    }
    return verdict.samples().isPresent()
            && verdict.samples().getAsInt() == plan.samples().getFirst()
        ? Optional.of("not needed: " + verdict.reason())
        : Optional.empty();
  }

  /// On the grid of what the network reads.
  private Precision precision() {
    return Precision.parse(weights).on(InputGrid.of(form));
  }

  private NextCommand next() {
    return new NextCommand(
        spec.commandLine().getParseResult().originalArgs(),
        data.name(),
        Optional.ofNullable(out),
        weights);
  }

  private Path out() {
    return Optional.ofNullable(out).orElseThrow();
  }

  /// @return the SHA-256 of the file
  private String write(Converted converted, Source read, Optional<DataSet> set, String sourceSha256)
      throws IOException {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("source", String.valueOf(source.file.getFileName()));
    notes.put("sourceSha256", sourceSha256);
    notes.put("weights", weights);
    Optional<TrainedOn> learnt = set.map(all -> ModelData.remembered(data.name(), all));
    converted.steps().stream()
        .filter(step -> step.name().equals("fine-tune"))
        .forEach(step -> notes.put("fineTune", step.effect()));
    notes.put("version", Environment.here().version());
    return new Model(converted.network(), form, learnt.or(read::trainedOn), notes).write(out());
  }
}
