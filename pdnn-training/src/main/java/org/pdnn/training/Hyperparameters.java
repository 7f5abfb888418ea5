package org.pdnn.training;

import org.pdnn.evaluation.Outputs;
import org.pdnn.random.Scheme;

/// What decides how a network learns; with the data and the first weights it decides the result.
///
/// @param samples s, passes whose average the loss is taken of, at least 1
/// @param epochs times each image is seen, at least 1
/// @param batch images a step, at least 1
/// @param learningRate Adam's, at its highest
/// @param schedule how the learning rate goes over the run
/// @param horizontalFlip whether each image is mirrored with probability 1/2 each time it is seen
/// @param outputs what is averaged over the passes
/// @param scheme how the s passes of a step share their randomness
/// @param arithmetic what products are computed in
/// @param weights what values weights may have
/// @param seed of first weights, order, flips and noise
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
    atLeastOne("samples", samples);
    atLeastOne("epochs", epochs);
    atLeastOne("batch", batch);
    if (!(learningRate > 0 && learningRate <= 10)) {
      throw new IllegalArgumentException(
          "the learning rate must be above 0 and at most 10, got " + learningRate);
    }
  }

  /// A constant learning rate, independent passes, 32 bits, real weights.
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
    return new Hyperparameters(
        value,
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

  public Hyperparameters withEpochs(int value) {
    return new Hyperparameters(
        samples,
        value,
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

  public Hyperparameters withBatch(int value) {
    return new Hyperparameters(
        samples,
        epochs,
        value,
        learningRate,
        schedule,
        horizontalFlip,
        outputs,
        scheme,
        arithmetic,
        weights,
        seed);
  }

  public Hyperparameters withLearningRate(double value) {
    return new Hyperparameters(
        samples,
        epochs,
        batch,
        value,
        schedule,
        horizontalFlip,
        outputs,
        scheme,
        arithmetic,
        weights,
        seed);
  }

  public Hyperparameters withSchedule(Schedule value) {
    return new Hyperparameters(
        samples,
        epochs,
        batch,
        learningRate,
        value,
        horizontalFlip,
        outputs,
        scheme,
        arithmetic,
        weights,
        seed);
  }

  public Hyperparameters withFlip(boolean value) {
    return new Hyperparameters(
        samples,
        epochs,
        batch,
        learningRate,
        schedule,
        value,
        outputs,
        scheme,
        arithmetic,
        weights,
        seed);
  }

  public Hyperparameters withOutputs(Outputs value) {
    return new Hyperparameters(
        samples,
        epochs,
        batch,
        learningRate,
        schedule,
        horizontalFlip,
        value,
        scheme,
        arithmetic,
        weights,
        seed);
  }

  public Hyperparameters withScheme(Scheme value) {
    return new Hyperparameters(
        samples,
        epochs,
        batch,
        learningRate,
        schedule,
        horizontalFlip,
        outputs,
        value,
        arithmetic,
        weights,
        seed);
  }

  public Hyperparameters withArithmetic(Arithmetic value) {
    return new Hyperparameters(
        samples,
        epochs,
        batch,
        learningRate,
        schedule,
        horizontalFlip,
        outputs,
        scheme,
        value,
        weights,
        seed);
  }

  public Hyperparameters withWeights(WeightForm value) {
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
        value,
        seed);
  }

  public Hyperparameters withSeed(long value) {
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
        value);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1, got %s".formatted(name, value));
    }
  }
}
