package org.pdnn.cli.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
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
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.Summary;
import org.pdnn.cli.option.Within;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Environment;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.InputForm;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.TrainedOn;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Outputs;
import org.pdnn.training.Accelerator;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Schedule;
import org.pdnn.training.StepResult;
import org.pdnn.training.Trainer;
import org.pdnn.training.WeightForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn train`: one network, from data to a model file.
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Train a network and write it to a model file.",
    footer = {
      "",
      "Examples:",
      "  pdnn train --data digits --samples 5 --epochs 8 --out p5.safetensors",
      "  pdnn train --data mnist --neuron sigmoid:3bit --epochs 20 --out d3.safetensors",
      "  pdnn train --data cifar10 --network vgg5 --samples 10 --epochs 40 --out v5",
      "  pdnn train --data photos --mean 0.5 --std 0.5 --out n.safetensors",
      "  pdnn train ... --resume          goes on after a crash, to the same weights"
    })
public final class TrainCommand implements Callable<Integer> {
  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final InputFormOptions pixels = new InputFormOptions();

  @Option(
      names = "--network",
      completionCandidates = Candidates.Networks.class,
      defaultValue = "mlp",
      description = "mlp:784-256-128-10 with any sizes, mlp, or vgg5 (default: mlp).")
  private String network = "mlp";

  @Option(
      names = "--neuron",
      defaultValue = "pbit:sigmoid",
      description =
          "pbit:sigmoid, pbit:tanh, pbit:clip, sigmoid, tanh, clip, relu, sigmoid:3bit,"
              + " noisy:tanh:0.5 (default: pbit:sigmoid).")
  private String neuron = "pbit:sigmoid";

  @Option(
      names = "--samples",
      paramLabel = "s",
      defaultValue = "1",
      description = "Samples averaged in the loss (default: 1).")
  @Within(least = 1, most = 1000)
  private int samples = 1;

  @Option(
      names = "--epochs",
      paramLabel = "E",
      defaultValue = "1000",
      description = "Epochs (default: 1000, as in the paper; try 10 first).")
  @Within(least = 1, most = 1_000_000)
  private int epochs = 1000;

  @Option(names = "--batch", defaultValue = "64", description = "Images per step (default: 64).")
  @Within(least = 1, most = 1 << 16)
  private int batch = 64;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.001",
      description = "Peak learning rate of Adam (default: 0.001).")
  @Within(least = 1e-9, most = 1000)
  private double learningRate = 1e-3;

  @Option(
      names = "--schedule",
      paramLabel = "constant|cosine",
      defaultValue = "constant",
      description =
          "How the learning rate goes: constant, the paper's, or a short rise and half a cosine"
              + " down, which wants fewer epochs (default: constant).")
  private String schedule = "constant";

  @Option(
      names = "--arithmetic",
      paramLabel = "float32|bfloat16",
      defaultValue = "float32",
      description =
          "What products are computed in: bfloat16 is faster where the processor knows it"
              + " (default: float32).")
  private String arithmetic = "float32";

  @Option(
      names = "--weight-form",
      paramLabel = "real|binary",
      defaultValue = "real",
      description =
          "What values weights may have: binary ones are one bit each, learnt as BinaryConnect does"
              + " (default: real).")
  private String weightForm = "real";

  @Option(
      names = "--scheme",
      completionCandidates = Candidates.Schemes.class,
      paramLabel = "SCHEME",
      defaultValue = "independent",
      description =
          "How the passes of a step share their randomness: independent, antithetic, xor or"
              + " scrambled (default: independent).")
  private String scheme = "independent";

  @Option(
      names = "--initial",
      paramLabel = "glorot|pytorch",
      defaultValue = "glorot",
      description =
          "First weights: Glorot normal with biases 0, or PyTorch's default (default: glorot).")
  private InitialWeights initial = InitialWeights.GLOROT;

  @Option(
      names = "--outputs",
      paramLabel = "logits|probabilities",
      defaultValue = "logits",
      description = "What is averaged over the passes (default: logits).")
  private Outputs outputs = Outputs.LOGITS;

  @Option(
      names = "--flip",
      negatable = true,
      description = "Mirror images at random (default: only for cifar10).")
  private @Nullable Boolean flip;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description =
          "Training images held out, each class in its share, and tested on after each epoch"
              + " (default: a twentieth, at most 2000).")
  private @Nullable Integer validation;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of weights, order and noise (default: 1).")
  private long seed = 1;

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda",
      defaultValue = "cpu",
      description = "Device that trains (default: cpu).")
  private String device = "cpu";

  @Option(
      names = "--threads",
      defaultValue = "1",
      description =
          "Threads of one operation (default: 1, the fastest for small networks). The weights"
              + " depend on it in the last digits.")
  @Within(least = 1, most = Bounds.THREADS)
  private int threads = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "model.safetensors",
      description = "The model file (default: model.safetensors).")
  private Path out = Path.of("model.safetensors");

  @Option(
      names = "--resume",
      description = "Go on from the last checkpoint, in FILE.checkpoints, if there is one.")
  private boolean resume;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "S",
      defaultValue = "20",
      description = "Also save a checkpoint when so long went by in an epoch (default: 20).")
  @Within(least = 0, most = 1_000_000)
  private double checkpointSeconds = 20;

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "Form of the summary (default: text).")
  private OutputOptions.Format format = OutputOptions.Format.TEXT;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Accelerator accelerator = Accelerator.parse(device);
    Neuron hidden = Neuron.parse(neuron);
    Hyperparameters hyperparameters =
        new Hyperparameters(
            samples,
            epochs,
            batch,
            learningRate,
            Schedule.parse(schedule),
            flip == null ? data.name().equals("cifar10") : flip,
            outputs,
            Scheme.parse(scheme),
            Arithmetic.parse(arithmetic),
            WeightForm.parse(weightForm),
            seed);
    DataSet set = data.open(spec.commandLine().getErr());
    int held = heldOut(set.training().count());
    InputForm form = pixels.form();
    Images all = ModelData.fed(set.training(), set.training().shape(), form);
    // Every prefix and every suffix of this order holds each class in its share.
    Images mixed = held == 0 ? all : all.stratified(seed);
    Images training = mixed.first(all.count() - held);
    Images validating = mixed.slice(all.count() - held, all.count());
    Network start = initial.of(Preset.network(network, all.shape(), all.classes(), hidden), seed);
    Trainer trainer =
        new Trainer(hyperparameters)
            .on(accelerator)
            .threads(threads)
            .checkpoints(
                out.resolveSibling(out.getFileName() + ".checkpoints"),
                Duration.ofMillis((long) (checkpointSeconds * 1000)),
                resume);
    StepResult result;
    Network trained;
    try (TrainingDisplay display =
        new TrainingDisplay("Training", epochs, training.count(), spec.commandLine().getErr())) {
      trained = trainer.progress(display).train(start, training, validating);
      result = display.validation();
    }
    TrainedOn learnt = ModelData.remembered(data.name(), set);
    String sha256 =
        new Model(trained, form, Optional.of(learnt), notes(hyperparameters)).write(out);
    trainer.forget();
    summary(trained, result, sha256).print(spec.commandLine().getOut(), format);
    return 0;
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
    notes.put("neuron", neuron);
    notes.put("initial", initial.toString());
    notes.put("training", hyperparameters.toString());
    notes.put("threads", String.valueOf(threads));
    notes.put("version", Environment.here().version());
    return notes;
  }

  private Summary summary(Network trained, StepResult result, String sha256) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", out.toString())
        .put("modelSha256", sha256)
        .put("parameters", trained.parameters());
    if (result.images() > 0) {
      json.put("validationAccuracy", result.accuracy()).put("validationLoss", result.loss());
    }
    ObjectNode provenance = json.putObject("provenance");
    provenance
        .put("seed", seed)
        .put("samples", samples)
        .put("epochs", epochs)
        .put("batch", batch)
        .put("learningRate", learningRate)
        .put("schedule", schedule)
        .put("scheme", scheme)
        .put("arithmetic", arithmetic)
        .put("weightForm", weightForm)
        .put("neuron", neuron)
        .put("network", network)
        .put("data", data.name())
        .put("threads", threads)
        .put("version", Environment.here().version())
        .put("jdk", Environment.here().jdk())
        .put("cpu", Environment.here().cpu());
    String validated =
        result.images() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; validation accuracy %.2f %% at T = %d",
                100 * result.accuracy(),
                trained.random() ? samples : 1);
    return new Summary(
        "%s: %,d parameters%s".formatted(out, trained.parameters(), validated), json);
  }
}
