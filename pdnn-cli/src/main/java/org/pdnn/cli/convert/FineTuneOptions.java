package org.pdnn.cli.convert;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Within;
import org.pdnn.convert.FineTune;
import org.pdnn.data.Images;
import org.pdnn.energy.Counts;
import org.pdnn.energy.LayerCounts;
import org.pdnn.names.Counted;
import org.pdnn.network.Network;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.StepResult;
import org.pdnn.training.Trainer;
import org.pdnn.training.TrainingProgress;
import picocli.CommandLine.Option;

/// Training of a converted network: as requested, or one short epoch if needed.
@Heading("Fine-tuning")
final class FineTuneOptions {
  /// Multiply-accumulates of the short epoch, forwards alone: a minute or two on two cores.
  private static final long SHORT = 300_000_000_000L;

  private static final int BATCH = 64;

  @Option(
      names = "--fine-tune",
      paramLabel = "EPOCHS",
      description =
          "Epochs of sample-aware training on the converted network; 0 for none (default: one"
              + " short epoch, a minute or two, unless the fewest samples suffice without it).")
  @Within(least = 0, most = 1_000_000)
  private @Nullable Integer epochs;

  @Option(
      names = "--fine-tune-samples",
      paramLabel = "S",
      defaultValue = "4",
      description = "Samples averaged in the loss, s (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 1000)
  private int samples = 4;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "3e-4",
      description = "Peak learning rate of the fine-tuning (default: ${DEFAULT-VALUE}).")
  @Within(least = 1e-9, most = 1)
  private double learningRate = 3e-4;

  /// Whether training was asked for, needed or not.
  boolean asked() {
    return epochs != null && epochs > 0;
  }

  /// Epochs that there may be.
  int epochs() {
    return epochs == null ? 1 : epochs;
  }

  /// The training that is allowed, if any.
  ///
  /// @param images that it may learn from
  /// @param spared why a converted network needs none
  /// @param flip whether images are mirrored at random
  Optional<FineTune> on(
      Network network,
      Images images,
      Function<Network, Optional<String>> spared,
      boolean flip,
      long seed,
      TrainingProgress<StepResult> progress) {
    if (epochs() == 0 || (images.count() == 0 && !asked())) {
      return Optional.empty();
    }
    Hyperparameters hyperparameters =
        Hyperparameters.paper()
            .withSamples(samples)
            .withEpochs(epochs())
            .withLearningRate(learningRate)
            .withFlip(flip)
            .withSeed(seed);
    return Optional.of(
        asked()
            ? new Training(images, hyperparameters, always -> Optional.empty(), progress)
            : new Training(images.first(few(network, images)), hyperparameters, spared, progress));
  }

  /// Training on images by a [Trainer].
  private record Training(
      Images images,
      Hyperparameters hyperparameters,
      Function<Network, Optional<String>> sparing,
      TrainingProgress<StepResult> progress)
      implements FineTune {
    @Override
    public int samples() {
      return hyperparameters.samples();
    }

    @Override
    public String description() {
      return String.format(
          Locale.ROOT,
          "%s of %,d images, s = %d",
          Counted.of(hyperparameters.epochs(), "epoch"),
          images.count(),
          samples());
    }

    @Override
    public Optional<String> spared(Network network) {
      return sparing.apply(network);
    }

    @Override
    public Network train(Network network) throws IOException {
      return new Trainer(hyperparameters).progress(progress).train(network, images);
    }
  }

  /// The images of the short epoch: what its work allows, in whole batches.
  private int few(Network network, Images images) {
    long macs = Counts.of(network).layers().stream().mapToLong(LayerCounts::macs).sum();
    long batches = SHORT / (Math.max(1, macs) * samples * BATCH);
    return (int) Math.min(images.count(), Math.max(1, batches) * BATCH);
  }
}
