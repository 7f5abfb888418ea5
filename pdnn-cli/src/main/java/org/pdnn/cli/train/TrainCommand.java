package org.pdnn.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.TrainingDisplay;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.InputFormOptions;
import org.pdnn.cli.input.ModelData;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.FormatOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.ReportOption;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.Within;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.data.InputImages;
import org.pdnn.evaluation.Environment;
import org.pdnn.ising.learning.Rbm;
import org.pdnn.ising.learning.RbmFile;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.InputForm;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.TrainedOn;
import org.pdnn.report.Document;
import org.pdnn.training.Accelerator;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.StepResult;
import org.pdnn.training.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn train`: one network, from data to a model file.
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Train a network and write it to a model file.",
    footer = {
      "",
      "Examples:",
      "  pdnn train --data digits --samples 5 --epochs 8 --out p5.safetensors",
      "  pdnn train --data mnist --neuron sigmoid:3bit --epochs 20 --out d3.safetensors",
      "  pdnn train --data cifar10 --network vgg5 --samples 10 --epochs 40 --out v5",
      "  pdnn train --data photos --mean 0.5 --std 0.5 --out n.safetensors",
      "  pdnn train --data mnist --network rbm:784+10-500 --chart page --out rbm",
      "  pdnn train ... --resume          continues after a crash, to the same weights"
    })
public final class TrainCommand implements Callable<Integer> {
  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final InputFormOptions pixels = new InputFormOptions();

  @Heading("Data")
  @Option(
      names = "--validation",
      paramLabel = "N",
      description =
          "Training images held out for validation after each epoch, stratified by class"
              + " (default: a twentieth, at most 2000).")
  private @Nullable Integer validation;

  @Heading("Network")
  @Option(
      names = "--network",
      paramLabel = "NAME",
      completionCandidates = Candidates.Networks.class,
      defaultValue = "mlp",
      description =
          "mlp:784-256-128-10, vit:4-64-4-4 with any sizes, cnn:16-32 with any channels, vgg5,"
              + " vgg5:pool-first, resnet8 or resnet20; a restricted Boltzmann machine rbm:784-500,"
              + " or rbm:784+10-500 with a unit for each class (default: ${DEFAULT-VALUE}).")
  private String network = "mlp";

  @Heading("Network")
  @Option(
      names = "--neuron",
      paramLabel = "NEURON",
      defaultValue = "pbit:sigmoid",
      description =
          "pbit:sigmoid, pbit:tanh, pbit:clip, sigmoid, tanh, clip, relu, sigmoid:3bit,"
              + " noisy:tanh:0.5 (default: ${DEFAULT-VALUE}).")
  private Neuron neuron = Neuron.parse("pbit:sigmoid");

  @Heading("Network")
  @Option(
      names = "--initial",
      paramLabel = "glorot|pytorch",
      defaultValue = "glorot",
      description =
          "Initial weights: Glorot normal with biases 0, or PyTorch's (default: ${DEFAULT-VALUE}).")
  private InitialWeights initial = InitialWeights.GLOROT;

  @Mixin private final TrainingOptions training = new TrainingOptions();
  @Mixin private final MachineOptions machine = new MachineOptions();
  @Mixin private final SeedOption seed = new SeedOption();

  @Heading("Seed and threads")
  @Option(
      names = "--device",
      paramLabel = "cpu|cuda",
      defaultValue = "cpu",
      description = "Device that trains (default: cpu).")
  private Accelerator device = Accelerator.CPU;

  @Heading("Seed and threads")
  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Threads per operation (default: 1, the fastest for small networks); they change the"
              + " last digits of a network's weights.")
  @Within(least = 1, most = Bounds.THREADS)
  private int threads = 1;

  @Heading("Output")
  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "model.safetensors",
      description = "The model file (default: model.safetensors).")
  private Path out = Path.of("model.safetensors");

  @Heading("Output")
  @Option(
      names = "--resume",
      description = "Continue from the last checkpoint in FILE.checkpoints, if there is one.")
  private boolean resume;

  @Heading("Output")
  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "S",
      defaultValue = "20",
      description = "Seconds between checkpoints within an epoch (default: 20).")
  @Within(least = 0, most = 1_000_000)
  private double checkpointSeconds = 20;

  @Mixin private final ReportOption report = new ReportOption();
  @Mixin private final FormatOption format = new FormatOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    boolean restricted = network.startsWith("rbm");
    MachineOptions.requireFitting(spec.commandLine().getParseResult(), restricted, network);
    format.print(spec.commandLine().getOut(), restricted ? machine() : network());
    return 0;
  }

  private Document network() throws IOException {
    Hyperparameters hyperparameters = training.of(data.name().equals("cifar10"), seed.value());
    DataSet set = data.open(spec.commandLine().getErr());
    int held = heldOut(set.training().count());
    InputForm form = pixels.form();
    Images all = mixed(new InputImages(form, set.training().shape()).fed(set.training()), held);
    Images learning = all.first(all.count() - held);
    Images validating = all.slice(all.count() - held, all.count());
    Network start =
        initial.of(Preset.network(network, all.shape(), all.classes(), neuron), seed.value());
    Trainer trainer =
        new Trainer(hyperparameters)
            .on(device)
            .threads(threads)
            .checkpoints(
                checkpoints(), Duration.ofMillis((long) (checkpointSeconds * 1000)), resume);
    StepResult result;
    List<TrainingDisplay.Epoch> epochs;
    Network trained;
    try (TrainingDisplay display =
        new TrainingDisplay(
            "Training", hyperparameters.epochs(), learning.count(), spec.commandLine().getErr())) {
      trained = trainer.progress(display).train(start, learning, validating);
      result = display.validation();
      epochs = display.epochs();
    }
    TrainedOn learnt = ModelData.remembered(data.name(), set).withValidation(held, seed.value());
    String sha256 =
        new Model(trained, form, Optional.of(learnt), notes(hyperparameters)).write(out);
    trainer.forget();
    Document document =
        NetworkDocument.of(out, sha256, trained, hyperparameters, result, epochs)
            .provenance("neuron", neuron)
            .provenance("network", network)
            .provenance("data", data.name())
            .provenance("threads", threads);
    report.write(document);
    return document;
  }

  private Document machine() throws IOException {
    Rbm form = Rbm.parse(network);
    org.pdnn.ising.learning.Hyperparameters choices = training.of(machine, seed.value());
    DataSet set = data.open(spec.commandLine().getErr());
    MachineDocument.requireFit(form, set);
    int held = heldOut(set.training().count());
    Images all = mixed(set.training(), held);
    MachineTraining learning =
        new MachineTraining(
            form,
            choices,
            all.first(all.count() - held),
            all.slice(all.count() - held, all.count()),
            threads,
            checkpoints());
    MachineTraining.Learnt learnt = learning.run(resume, spec.commandLine().getErr());
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("training", choices.toString());
    notes.put("data", data.name());
    notes.put("dataSha256", set.training().sha256());
    notes.put("version", Environment.here().version());
    String sha256 = new RbmFile(learnt.rbm(), notes).write(out);
    learning.forget();
    MachineDocument result = new MachineDocument(out, sha256, learnt, choices.seed(), threads);
    result.measure(set.test());
    if (report.asked()) {
      result.draw(set.test(), machine.generate, report.folder().orElseThrow());
    }
    Document document =
        result
            .document()
            .provenance("seed", choices.seed())
            .provenance("epochs", choices.epochs())
            .provenance("batch", choices.batch())
            .provenance("learningRate", choices.learningRate())
            .provenance("weightDecay", choices.weightDecay())
            .provenance("gibbsSteps", choices.steps())
            .provenance("persistent", choices.persistent())
            .provenance("network", form)
            .provenance("data", data.name())
            .provenance("dataSha256", set.training().sha256())
            .provenance("threads", threads);
    report.write(document);
    return document;
  }

  private Path checkpoints() {
    return out.resolveSibling(out.getFileName() + ".checkpoints");
  }

  /// Every prefix and every suffix of this order holds each class in its share.
  private Images mixed(Images all, int held) {
    return held == 0 ? all : all.stratified(seed.value());
  }

  private int heldOut(int images) {
    int count = validation == null ? Math.min(2000, images / 20) : validation;
    if (count < 0 || count >= images) {
      throw new IllegalArgumentException(
          "--validation must be 0 to %d, got %d".formatted(images - 1, count));
    }
    return count;
  }

  private Map<String, String> notes(Hyperparameters hyperparameters) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("network", network);
    notes.put("neuron", neuron.toString());
    notes.put("initial", initial.toString());
    notes.put("training", hyperparameters.toString());
    notes.put("threads", String.valueOf(threads));
    notes.put("version", Environment.here().version());
    return notes;
  }
}
