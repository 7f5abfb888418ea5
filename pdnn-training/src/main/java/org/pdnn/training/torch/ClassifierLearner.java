package org.pdnn.training.torch;

import java.util.Map;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Network;
import org.pdnn.training.Batch;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Processor;
import org.pdnn.training.RandomNumbers;
import org.pdnn.training.SampleStrategy;
import org.pdnn.training.StepResult;

/// A classifier that learns. The loss is the cross-entropy of the averaged logits or probabilities.
public final class ClassifierLearner extends Learner<Network, StepResult> {
  private final LearningNetwork learning;
  private final SampleAverage average;

  /// @param network architecture and initial weights
  /// @param strategy how the s passes are computed
  /// @param processor steps with another number of threads wait for each other
  public ClassifierLearner(
      Network network,
      Hyperparameters hyperparameters,
      SampleStrategy strategy,
      Processor processor) {
    this(network, hyperparameters, strategy, RandomNumbers.ADDRESSED, processor);
  }

  /// @param numbers where the random numbers of its steps come from
  public ClassifierLearner(
      Network network,
      Hyperparameters hyperparameters,
      SampleStrategy strategy,
      RandomNumbers numbers,
      Processor processor) {
    super(hyperparameters, numbers, processor);
    this.learning = learning(network, hyperparameters.weights(), Map.of());
    this.average = new SampleAverage(network, strategy, noise, hyperparameters.samples());
  }

  @Override
  Loss<StepResult> loss(Batch batch, long noiseSeed, Forward.Mode mode) {
    Tensor labels = labels(batch);
    Tensor x = Inputs.of(learning.network.input(), batch.pixels(), device);
    noise.begin(noiseSeed);
    Tensor scores = scores(x, learning.forward(noise, mode));
    Tensor loss = torch.nll_loss(scores, labels);
    return new Loss<>(
        loss, () -> new StepResult(loss.item_float(), correct(scores, labels), batch.size()));
  }

  /// Logarithms of the class probabilities.
  private Tensor scores(Tensor x, Forward forward) {
    try (var _ = autocast()) {
      return switch (hyperparameters.outputs()) {
        case LOGITS -> average.of(x, forward, y -> y).log_softmax(1);
        case PROBABILITIES -> average.of(x, forward, y -> y.softmax(1)).log();
      };
    }
  }

  private Tensor labels(Batch batch) {
    Tensor labels =
        torch.from_blob(
            new LongPointer(batch.labels()),
            new long[] {batch.size()},
            new TensorOptions(ScalarType.Long));
    return device.is_cpu() ? labels : labels.to(device, ScalarType.Long);
  }

  private static int correct(Tensor scores, Tensor labels) {
    try (var _ = new AutoGradMode(false)) {
      return (int) scores.argmax(new LongOptional(1), false).eq(labels).sum().item_long();
    }
  }

  @Override
  Network copied() {
    return learning.network.withTensors(learning.parameters.copy());
  }
}
