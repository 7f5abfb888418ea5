package org.pdnn.training.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.training.Batch;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Processor;
import org.pdnn.training.RandomNumbers;
import org.pdnn.training.WeightForm;

/// What learns in libtorch, one batch at a time: s passes, the loss of the average of their
/// outputs, one backward pass, one step of Adam (paper, section 3).
///
/// A step is a function of the state before it, the batch and the noise seed, on one machine and
/// for one number of threads. Used by one thread.
///
/// @param <M> what is learnt, a network or several
/// @param <R> what a batch showed
public abstract sealed class Learner<M, R> implements AutoCloseable
    permits ClassifierLearner, VaeLearner {
  final Hyperparameters hyperparameters;
  final Device device;
  final Noise noise;
  private final Processor processor;
  private final List<LearningNetwork> networks = new ArrayList<>();
  private boolean closed;

  /// @param processor steps with another number of threads wait for each other
  Learner(Hyperparameters hyperparameters, RandomNumbers numbers, Processor processor) {
    this.hyperparameters = hyperparameters;
    this.processor = processor;
    this.device = Libtorch.device(processor.accelerator());
    this.noise = new Noise(hyperparameters.scheme(), processor.threads(), numbers);
  }

  /// One more network that learns.
  final LearningNetwork learning(
      Network network, WeightForm form, Map<String, org.pdnn.network.Tensor> masks) {
    LearningNetwork learning =
        new LearningNetwork(
            networks.size(), network, form, masks, device, hyperparameters.arithmetic());
    networks.add(learning);
    return learning;
  }

  /// The loss of a batch, and what else the batch showed once the step is made.
  record Loss<R>(Tensor value, Supplier<R> result) {}

  abstract Loss<R> loss(Batch batch, long noiseSeed, Forward.Mode mode);

  /// The weights as they are.
  abstract M copied();

  /// Until it is closed, computes in the arithmetic of the hyperparameters.
  final Autocast autocast() {
    return new Autocast(hyperparameters.arithmetic(), processor.accelerator());
  }

  /// Learns from one batch.
  ///
  /// @param step number of this step, from 1
  /// @param share of the peak learning rate in this step, 0 to 1
  /// @param noiseSeed seed of this step's noise
  public final R learn(Batch batch, long step, double share, long noiseSeed) {
    return inScope(
        "make training step " + step,
        () -> {
          Loss<R> loss = loss(batch, noiseSeed, Forward.Mode.LEARN);
          networks.forEach(network -> network.parameters.gradients.zero_());
          loss.value().backward();
          networks.forEach(network -> network.step(step, share * hyperparameters.learningRate()));
          return loss.result().get();
        });
  }

  /// Tests on one batch: s passes, batch norms with their running statistics, nothing is learnt.
  public final R test(Batch batch, long noiseSeed) {
    return inScope(
        "test a batch",
        () -> {
          try (var _ = new AutoGradMode(false)) {
            return loss(batch, noiseSeed, Forward.Mode.TEST).result().get();
          }
        });
  }

  private R inScope(String operation, Supplier<R> work) {
    requireOpen();
    try (var _ = Threads.use(processor.threads());
        var _ = new PointerScope()) {
      return work.get();
    } catch (RuntimeException e) {
      throw new TorchException(operation, e);
    }
  }

  /// What is learnt, with the weights as they are: one-bit weights stand for real ones.
  ///
  /// @throws TorchException if a weight is no longer finite
  public final M model() {
    return finite(this::copied);
  }

  /// Adam's running mean of the gradients of all networks, flat.
  public final org.pdnn.network.Tensor gradientMean() {
    return joined(network -> network.adam.mean());
  }

  /// Adam's running mean of the squared gradients, flat.
  public final org.pdnn.network.Tensor gradientVariance() {
    return joined(network -> network.adam.variance());
  }

  private org.pdnn.network.Tensor joined(Function<LearningNetwork, float[]> values) {
    return finite(() -> {
      List<float[]> pieces = networks.stream().map(values).toList();
      float[] all = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
      int at = 0;
      for (float[] piece : pieces) {
        System.arraycopy(piece, 0, all, at, piece.length);
        at += piece.length;
      }
      return new org.pdnn.network.Tensor(Shape.of(all.length), all);
    });
  }

  private <T> T finite(Supplier<T> values) {
    requireOpen();
    try {
      return values.get();
    } catch (IllegalArgumentException e) {
      throw TorchException.diverged(e);
    }
  }

  /// Puts Adam back to a state that [#gradientMean] and [#gradientVariance] gave.
  public final void restore(float[] means, float[] variances) {
    requireOpen();
    int from = 0;
    for (LearningNetwork network : networks) {
      int to = from + Math.toIntExact(network.parameters.weights.numel());
      network.adam.restore(
          Arrays.copyOfRange(means, from, to), Arrays.copyOfRange(variances, from, to), device);
      from = to;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this learner is closed; make a new one");
    }
  }

  /// Frees what lies in libtorch; a second time does nothing.
  @Override
  public final void close() {
    closed = true;
    networks.forEach(LearningNetwork::close);
  }
}
