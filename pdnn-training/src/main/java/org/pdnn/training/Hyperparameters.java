package org.pdnn.training;

import java.util.function.Consumer;
import org.pdnn.names.Limits;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Outputs;

/// The choices that, with the data and the initial weights, determine what a network learns.
///
/// @param samples samples averaged in the loss (s), at least 1
/// @param epochs at least 1
/// @param batch images per step, at least 1
/// @param learningRate peak learning rate of Adam, above 0 and at most 10
/// @param schedule the course of the learning rate over the run
/// @param horizontalFlip whether images are mirrored with probability 1/2, anew in each epoch
/// @param outputs what is averaged over the samples
/// @param scheme how the s passes of a step share their random words
/// @param arithmetic precision of matrix products and convolutions
/// @param weights values that weights may take
/// @param seed of the initial weights, the order of images, flips and noise
public record Hyperparameters(
    int samples,
    int epochs,
    int batch,
    double learningRate,
    Schedule schedule,
    boolean horizontalFlip,
    Outputs outputs,
    Scheme scheme,
    Arithmetic arithmetic,
    WeightForm weights,
    long seed) {

  public Hyperparameters {
    Limits.atLeast("samples", 1, samples);
    Limits.atLeast("epochs", 1, epochs);
    Limits.atLeast("batch", 1, batch);
    if (!(learningRate > 0 && learningRate <= 10)) {
      throw new IllegalArgumentException(
          "the learning rate must be above 0 and at most 10, got " + learningRate);
    }
  }

  /// A constant learning rate, independent passes, 32-bit arithmetic, real weights.
  public Hyperparameters(
      int samples,
      int epochs,
      int batch,
      double learningRate,
      boolean horizontalFlip,
      Outputs outputs,
      long seed) {
    this(
        samples,
        epochs,
        batch,
        learningRate,
        Schedule.CONSTANT,
        horizontalFlip,
        outputs,
        Scheme.INDEPENDENT,
        Arithmetic.FLOAT32,
        WeightForm.REAL,
        seed);
  }

  /// The paper's choices for classification (section 3): batch 64, learning rate 1e-3, logits; one
  /// sample, 1000 epochs, no flip.
  public static Hyperparameters paper() {
    return new Hyperparameters(1, 1000, 64, 1e-3, false, Outputs.LOGITS, 1);
  }

  public Hyperparameters withSamples(int value) {
    return with(draft -> draft.samples = value);
  }

  public Hyperparameters withEpochs(int value) {
    return with(draft -> draft.epochs = value);
  }

  public Hyperparameters withBatch(int value) {
    return with(draft -> draft.batch = value);
  }

  public Hyperparameters withLearningRate(double value) {
    return with(draft -> draft.learningRate = value);
  }

  public Hyperparameters withSchedule(Schedule value) {
    return with(draft -> draft.schedule = value);
  }

  public Hyperparameters withFlip(boolean value) {
    return with(draft -> draft.horizontalFlip = value);
  }

  public Hyperparameters withOutputs(Outputs value) {
    return with(draft -> draft.outputs = value);
  }

  public Hyperparameters withScheme(Scheme value) {
    return with(draft -> draft.scheme = value);
  }

  public Hyperparameters withArithmetic(Arithmetic value) {
    return with(draft -> draft.arithmetic = value);
  }

  public Hyperparameters withWeights(WeightForm value) {
    return with(draft -> draft.weights = value);
  }

  public Hyperparameters withSeed(long value) {
    return with(draft -> draft.seed = value);
  }

  private Hyperparameters with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  /// The same choices, open to change.
  private static final class Draft {
    private int samples;
    private int epochs;
    private int batch;
    private double learningRate;
    private Schedule schedule;
    private boolean horizontalFlip;
    private Outputs outputs;
    private Scheme scheme;
    private Arithmetic arithmetic;
    private WeightForm weights;
    private long seed;

    Draft(Hyperparameters from) {
      samples = from.samples;
      epochs = from.epochs;
      batch = from.batch;
      learningRate = from.learningRate;
      schedule = from.schedule;
      horizontalFlip = from.horizontalFlip;
      outputs = from.outputs;
      scheme = from.scheme;
      arithmetic = from.arithmetic;
      weights = from.weights;
      seed = from.seed;
    }

    Hyperparameters finished() {
      return new Hyperparameters(
          samples,
          epochs,
          batch,
          learningRate,
          schedule,
          horizontalFlip,
          outputs,
          scheme,
          arithmetic,
          weights,
          seed);
    }
  }
}
