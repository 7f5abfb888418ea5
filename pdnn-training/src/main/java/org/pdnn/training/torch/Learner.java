package org.pdnn.training.torch;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.evaluation.Outputs;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.training.Accelerator;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.Batch;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Processor;
import org.pdnn.training.SampleStrategy;
import org.pdnn.training.StepResult;

/// A network in libtorch that learns one batch at a time: s passes, the loss on the average of
/// their outputs, one backward pass, one step of Adam (paper, section 3).
///
/// A step is a function of the state before it, the batch and the noise seed, on one machine and
/// for one number of threads. Used by one thread.
public final class Learner implements AutoCloseable {
  private final Network network;
  private final Outputs outputs;
  private final Arithmetic arithmetic;
  private final double learningRate;
  private final int threads;
  private final Device device;
  private final Parameters parameters;
  private final Adam adam;
  private final Noise noise;
  private final Passes passes;
  private final Accelerator accelerator;
  private final boolean onCpu;
  private boolean closed;

  /// @param network architecture and first weights
  /// @param hyperparameters of which a step knows the passes (deterministic networks make one),
  ///   what is averaged, the scheme and the arithmetic
  /// @param processor steps with another number of threads wait for each other
  public Learner(
      Network network,
      Hyperparameters hyperparameters,
      SampleStrategy strategy,
      Processor processor) {
    this.network = network;
    this.outputs = hyperparameters.outputs();
    this.arithmetic = hyperparameters.arithmetic();
    this.learningRate = hyperparameters.learningRate();
    this.threads = processor.threads();
    this.device = Libtorch.device(processor.accelerator());
    this.accelerator = processor.accelerator();
    this.onCpu = accelerator == Accelerator.CPU;
    this.parameters = new Parameters(network, device, hyperparameters.weights());
    this.adam = new Adam(parameters.weights);
    this.noise = new Noise(hyperparameters.scheme(), onCpu);
    this.passes = new Passes(network, parameters, strategy, noise, hyperparameters.samples());
  }

  /// Learns from one batch.
  ///
  /// @param step number of this step, from 1
  /// @param share of the learning rate that this step is made with, 0 to 1
  /// @param noiseSeed seed of this step's noise
  public StepResult learn(Batch batch, long step, double share, long noiseSeed) {
    requireOpen();
    try (var _ = Threads.use(threads);
        var _ = new PointerScope()) {
      Tensor labels = labels(batch);
      Tensor scores = scores(Inputs.of(network.input(), batch.pixels(), device), noiseSeed, true);
      Tensor loss = torch.nll_loss(scores, labels);
      parameters.gradients.zero_();
      loss.backward();
      adam.step(parameters.weights, parameters.gradients, step, share * learningRate);
      parameters.clip();
      return new StepResult(loss.item_float(), correct(scores, labels), batch.size());
    } catch (RuntimeException e) {
      throw new TorchException("make training step " + step, e);
    }
  }

  /// Tests on one batch: s passes, batch norms with their running statistics, nothing is learnt.
  public StepResult test(Batch batch, long noiseSeed) {
    requireOpen();
    try (var _ = Threads.use(threads);
        var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      Tensor labels = labels(batch);
      Tensor scores = scores(Inputs.of(network.input(), batch.pixels(), device), noiseSeed, false);
      Tensor loss = torch.nll_loss(scores, labels);
      return new StepResult(loss.item_float(), correct(scores, labels), batch.size());
    } catch (RuntimeException e) {
      throw new TorchException("test a batch", e);
    }
  }

  /// Logarithms of the class probabilities, from the average of the passes' outputs.
  private Tensor scores(Tensor x, long noiseSeed, boolean training) {
    noise.begin(noiseSeed, passes.samples());
    try (var _ = new Autocast(arithmetic, accelerator)) {
      Tensor mean = passes.mean(x, training, this::averaged);
      return outputs == Outputs.LOGITS ? mean.log_softmax(1) : mean.log();
    }
  }

  private Tensor averaged(Tensor y) {
    return outputs == Outputs.LOGITS ? y : y.softmax(1);
  }

  private Tensor labels(Batch batch) {
    Tensor labels =
        torch.from_blob(
            new LongPointer(batch.labels()),
            new long[] {batch.size()},
            new TensorOptions(ScalarType.Long));
    return onCpu ? labels : labels.to(device, ScalarType.Long);
  }

  private static int correct(Tensor scores, Tensor labels) {
    try (var _ = new AutoGradMode(false)) {
      return (int)
          scores
              .argmax(new org.bytedeco.pytorch.LongOptional(1), false)
              .eq(labels)
              .sum()
              .item_long();
    }
  }

  /// The network with the weights as they are learnt: behind one-bit weights lie real ones.
  ///
  /// @throws TorchException if a weight is no longer finite
  public Network network() {
    requireOpen();
    try {
      return network.withTensors(parameters.copy());
    } catch (IllegalArgumentException e) {
      throw TorchException.diverged(e);
    }
  }

  private static org.pdnn.network.Tensor finite(float[] values) {
    try {
      return new org.pdnn.network.Tensor(Shape.of(values.length), values);
    } catch (IllegalArgumentException e) {
      throw TorchException.diverged(e);
    }
  }

  /// Adam's running mean of the gradients, flat.
  public org.pdnn.network.Tensor gradientMean() {
    requireOpen();
    return finite(adam.mean());
  }

  /// Adam's running mean of the squared gradients, flat.
  public org.pdnn.network.Tensor gradientVariance() {
    requireOpen();
    return finite(adam.variance());
  }

  /// Puts Adam back to a state that [#gradientMean] and [#gradientVariance] gave.
  public void restore(float[] mean, float[] variance) {
    requireOpen();
    adam.restore(mean, variance, device);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this learner is closed; make a new one");
    }
  }

  /// Frees what lies in libtorch; a second time does nothing.
  @Override
  public void close() {
    closed = true;
    parameters.close();
    adam.close();
    noise.close();
  }
}
