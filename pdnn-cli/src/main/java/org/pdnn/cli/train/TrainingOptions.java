package org.pdnn.cli.train;

import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Within;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Outputs;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Schedule;
import org.pdnn.training.WeightForm;
import picocli.CommandLine.Option;

/// How a network learns.
@Heading("Training")
final class TrainingOptions {
  @Option(
      names = "--samples",
      paramLabel = "s",
      defaultValue = "1",
      description = "Samples averaged in the loss (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 1000)
  private int samples = 1;

  @Option(
      names = "--epochs",
      paramLabel = "E",
      description =
          "Epochs (default: 1000, as in the paper, try 10 first; of a Boltzmann machine 30).")
  @Within(least = 1, most = 1_000_000)
  private @Nullable Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "Images per step (default: 64; of a Boltzmann machine 100).")
  @Within(least = 1, most = 1 << 16)
  private @Nullable Integer batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description =
          "Peak learning rate of Adam (default: 0.001); of a Boltzmann machine the first, which"
              + " falls to 0 (default: 0.1).")
  @Within(least = 1e-9, most = 1000)
  private @Nullable Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "constant|cosine",
      defaultValue = "constant",
      description =
          "Learning-rate schedule: constant, as in the paper, or a short warm-up and a cosine"
              + " decay, which needs fewer epochs (default: ${DEFAULT-VALUE}).")
  private Schedule schedule = Schedule.CONSTANT;

  @Option(
      names = "--arithmetic",
      paramLabel = "float32|bfloat16",
      defaultValue = "float32",
      description =
          "Number format of the products; bfloat16 is faster where the processor supports it"
              + " (default: ${DEFAULT-VALUE}).")
  private Arithmetic arithmetic = Arithmetic.FLOAT32;

  @Option(
      names = "--weight-form",
      paramLabel = "real|binary",
      defaultValue = "real",
      description =
          "Values of the weights; binary ones have one bit each and are learnt as in BinaryConnect"
              + " (default: ${DEFAULT-VALUE}).")
  private WeightForm weightForm = WeightForm.REAL;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      defaultValue = "independent",
      description =
          "How the samples of a step share randomness: independent, antithetic, xor or scrambled"
              + " (default: ${DEFAULT-VALUE}).")
  private Scheme scheme = Scheme.INDEPENDENT;

  @Option(
      names = "--outputs",
      paramLabel = "logits|probabilities",
      defaultValue = "logits",
      description = "What is averaged over the samples (default: ${DEFAULT-VALUE}).")
  private Outputs outputs = Outputs.LOGITS;

  @Option(
      names = "--flip",
      negatable = true,
      description = "Mirror images at random (default: only for cifar10).")
  private @Nullable Boolean flip;

  /// The hyperparameters asked for.
  ///
  /// @param mirrored whether images are mirrored unless the user says otherwise
  Hyperparameters of(boolean mirrored, long seed) {
    return new Hyperparameters(
        samples,
        epochs == null ? 1000 : epochs,
        batch == null ? 64 : batch,
        learningRate == null ? 1e-3 : learningRate,
        schedule,
        flip == null ? mirrored : flip,
        outputs,
        scheme,
        arithmetic,
        weightForm,
        seed);
  }

  /// Those of a restricted Boltzmann machine.
  org.pdnn.ising.learning.Hyperparameters of(MachineOptions machine, long seed) {
    return new org.pdnn.ising.learning.Hyperparameters(
        machine.gibbsSteps,
        machine.persistent(),
        epochs == null ? 30 : epochs,
        batch == null ? 100 : batch,
        learningRate == null ? 0.1 : learningRate,
        machine.weightDecay,
        seed);
  }
}
