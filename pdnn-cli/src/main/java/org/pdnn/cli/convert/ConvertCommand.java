package org.pdnn.cli.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.ModelData;
import org.pdnn.cli.option.FormatOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.ReportOption;
import org.pdnn.cli.option.SamplesOption;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.TechnologyOption;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.convert.Calibration;
import org.pdnn.convert.Conversion;
import org.pdnn.convert.ConversionException;
import org.pdnn.convert.Converted;
import org.pdnn.convert.FineTune;
import org.pdnn.convert.Normalisation;
import org.pdnn.convert.Source;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.data.InputImages;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Environment;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.files.InputFile;
import org.pdnn.network.InputForm;
import org.pdnn.network.Model;
import org.pdnn.network.TrainedOn;
import org.pdnn.report.Document;
import org.pdnn.sampling.Run;
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
    description = "Convert a trained deterministic network into a p-DNN, and say what it is worth.",
    footer = {
      "",
      "Steps are measured one by one on training images, at 16 samples or the last of --samples"
          + " if that is fewer; the report's curve is measured on test images. If more than"
          + " --tolerance is lost, the conversion stops and nothing is written.",
      "",
      "Examples:",
      "  pdnn convert net.onnx --data mnist --out p.safetensors",
      "  pdnn convert net.onnx --data mnist --explain          the cost of each step",
      "  pdnn convert w.npz --network mlp:784-32-10 --data mnist --out p.safetensors",
      "  pdnn convert w.npz --network net.json --data cifar10 --out p.safetensors",
      "  pdnn convert net.onnx --data mnist --fine-tune 3 --weights 4 --explain",
      "  pdnn convert net.onnx --data mnist --chart report --out p.safetensors",
      "  pdnn convert net.onnx --unmeasured --out p.safetensors     without data"
    })
public final class ConvertCommand implements Callable<Integer> {
  /// Samples that are enough to tell what a step of the conversion costs.
  private static final int MOST_SAMPLES = 16;

  @Mixin private final SourceOptions source = new SourceOptions();
  @Mixin private final DataOptions data = new DataOptions();

  @Heading("Data")
  @Option(
      names = "--unmeasured",
      description = "Convert without data: nothing is measured or tuned.")
  private boolean unmeasured;

  @Mixin private final StepOptions steps = new StepOptions();
  @Mixin private final FineTuneOptions fineTune = new FineTuneOptions();
  @Mixin private final SamplesOption samples = new SamplesOption();
  @Mixin private final ImageOptions images = new ImageOptions();
  @Mixin private final TechnologyOption technology = new TechnologyOption();

  @Heading("Output")
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model file to write; required without --explain.")
  private @Nullable Path out;

  @Heading("Output")
  @Option(
      names = "--explain",
      description = "List the steps with what each does and costs; write nothing.")
  private boolean explain;

  @Mixin private final ReportOption report = new ReportOption();
  @Mixin private final FormatOption format = new FormatOption();
  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();

  /// How the network reads images.
  private InputForm form = InputForm.PIXELS;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    requireOptions();
    Technology priced = technology.read();
    Optional<DataSet> opened =
        unmeasured ? Optional.empty() : Optional.of(data.open(spec.commandLine().getErr()));
    InputFile.Hashed<Source> hashed = source.open(opened.map(DataSet::training));
    Source found = hashed.value();
    Source fitting = opened.map(all -> found.forClasses(all.training().classNames())).orElse(found);
    form = source.form(fitting, opened.map(DataSet::training));
    Optional<DataSet> set = opened.map(all -> ModelData.fed(all, fitting.network().input(), form));
    // In an order of which every prefix and suffix holds each class in its share.
    Optional<Images> training = set.map(all -> all.training().stratified(seed.value()));
    training.ifPresent(all -> SourceOptions.requireFit(fitting, all));
    Compared.Plan plan =
        new Compared.Plan(
            source.file,
            Optional.ofNullable(out).orElse(NextCommand.MODEL),
            samples.counts(),
            steps.precision(form),
            priced,
            seed.value(),
            images.seeds(),
            threads.count());
    Optional<Calibration> calibrated = training.map(all -> calibration(chosen(all)));
    Source read =
        source.activationIsKnown()
            ? fitting
            : calibrated.map(fitting::withLikelyActivation).orElse(fitting);
    ConversionDocument document =
        new ConversionDocument(source.file, read, calibrated, steps.tolerance());
    Optional<Normalisation> missing =
        opened.flatMap(all -> missing(all.training(), read, calibrated.orElseThrow()));
    missing.map(Normalisation::sentence).ifPresent(document::remark);
    Converted converted;
    try {
      converted = convert(plan, calibrated, read, training);
    } catch (ConversionException e) {
      document.add(e.steps());
      spec.commandLine().getErr().print(document.document().text());
      throw new IOException(
          "%s; nothing was written; try %s"
              .formatted(e.reason(), next().trained(fineTune.epochs())),
          e);
    }
    document.add(converted);
    if (!explain) {
      set.ifPresent(all -> measure(document, plan, converted, all.test(), missing));
      String written = write(converted, read, set, hashed.sha256());
      document.written(out(), written, hashed.sha256(), set.map(DataSet::name), seed.value());
    }
    Document whole = document.document();
    if (!explain) {
      report.write(whole);
    }
    format.print(spec.commandLine().getOut(), whole);
    return 0;
  }

  private void measure(
      ConversionDocument document,
      Compared.Plan plan,
      Converted converted,
      Images all,
      Optional<Normalisation> missing) {
    Images test = images.test(all, seed.value());
    Compared compared = plan.compare(converted, LabelledInputs.of(test));
    Compared.withoutFewBits(converted.bounded()).ifPresent(document::remark);
    compared.exchanged(test.classNames()).ifPresent(document::remark);
    document.measured(
        compared,
        missing.map(_ -> Normalisation.UNFIT),
        test,
        missing
            .map(normalisation -> next().with(normalisation.options()))
            .orElseGet(() -> next().after(compared.advice(), fineTune, images, all.count())));
  }

  private void requireOptions() {
    if (unmeasured && steps.boundsRectifiers()) {
      throw new IllegalArgumentException(
          "--relu pbit measures the bounds of rectifiers on --data; name that in place of"
              + " --unmeasured");
    }
    if (unmeasured && !source.activationIsKnown()) {
      throw new IllegalArgumentException(
          "%s holds weights alone; say by --neuron which activation they were trained with, as in"
                  .formatted(source.file)
              + " --neuron tanh or relu");
    }
    boolean named = spec.commandLine().getParseResult().hasMatchedOption("--data");
    if (named && unmeasured) {
      throw wrong("--unmeasured looks at no --data; leave one of them out");
    }
    if (!named && !unmeasured) {
      throw wrong("name the training data by --data, or convert without any by --unmeasured");
    }
    if (out == null && !explain) {
      throw wrong("name the model file to write by --out, or ask for --explain");
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /// The normalisation that the network seems to miss, where none is known.
  private Optional<Normalisation> missing(Images stored, Source read, Calibration calibrated) {
    if (form.normalises()) {
      return Optional.empty();
    }
    Images pixels = chosen(stored.stratified(seed.value()));
    return Normalisation.missing(
        read.network(),
        calibrated,
        pixels,
        form,
        other -> LabelledInputs.of(new InputImages(other, read.network().input()).fed(pixels)));
  }

  private Images chosen(Images all) {
    return images.calibration(all, fineTune.epochs() > 0);
  }

  private Calibration calibration(Images some) {
    return new Calibration(
        LabelledInputs.of(some),
        Run.of(Math.min(MOST_SAMPLES, samples.last())),
        steps.precision(form),
        seed.value(),
        threads.count());
  }

  private Converted convert(
      Compared.Plan plan, Optional<Calibration> calibrated, Source read, Optional<Images> training)
      throws IOException, ConversionException {
    Conversion conversion = steps.conversion(calibrated);
    if (training.isEmpty() && fineTune.asked()) {
      throw new IllegalArgumentException("--fine-tune trains on --data; leave --unmeasured out");
    }
    int most = conversion.steps().size() + (training.isEmpty() || fineTune.epochs() == 0 ? 0 : 1);
    try (ConversionDisplay display =
        new ConversionDisplay(most, fineTune.epochs(), spec.commandLine().getErr())) {
      Optional<FineTune> epochs =
          training.flatMap(all ->
              fineTune.on(
                  read.network(),
                  all.slice(chosen(all).count(), all.count()),
                  network -> plan.spared(read.network(), network, LabelledInputs.of(chosen(all))),
                  data.name().equals("cifar10"),
                  seed.value(),
                  display));
      Conversion whole = epochs.map(conversion::withFineTune).orElse(conversion);
      return whole.convert(read.network(), result -> display.step());
    }
  }

  private NextCommand next() {
    return new NextCommand(
        spec.commandLine().getParseResult().originalArgs(),
        data.name(),
        Optional.ofNullable(out),
        steps.weights());
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
    notes.put("weights", steps.weights());
    Optional<TrainedOn> learnt = set.map(all -> ModelData.remembered(data.name(), all));
    converted.steps().stream()
        .filter(step -> step.name().equals("fine-tune"))
        .forEach(step -> notes.put("fineTune", step.effect()));
    notes.put("version", Environment.here().version());
    return new Model(converted.network(), form, learnt.or(read::trainedOn), notes).write(out());
  }
}
