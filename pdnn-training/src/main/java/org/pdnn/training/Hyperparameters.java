package org.pdnn.training;

import org.pdnn.evaluation.Outputs;

/// What decides how a network learns; with the data and the first weights it decides the result.
///
/// @param samples s, passes whose average the loss is taken of, at least 1
/// @param epochs times each image is seen, at least 1
/// @param batch images a step, at least 1
/// @param learningRate Adam's, constant
/// @param horizontalFlip whether each image is mirrored with probability 1/2 each time it is seen
/// @param outputs what is averaged over the passes
/// @param seed of first weights, order, flips and noise
public record Hyperparameters(
    int samples,
    int epochs,
    int batch,
    double learningRate,
    boolean horizontalFlip,
    Outputs outputs,
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

  /// The paper's choices for classification (section 3): batch 64, learning rate 1e-3, logits; one
  /// sample, 1000 epochs, no flip.
  public static Hyperparameters paper() {
    return new Hyperparameters(1, 1000, 64, 1e-3, false, Outputs.LOGITS, 1);
  }

  public Hyperparameters withSamples(int value) {
    return new Hyperparameters(value, epochs, batch, learningRate, horizontalFlip, outputs, seed);
  }

  public Hyperparameters withEpochs(int value) {
    return new Hyperparameters(samples, value, batch, learningRate, horizontalFlip, outputs, seed);
  }

  public Hyperparameters withBatch(int value) {
    return new Hyperparameters(samples, epochs, value, learningRate, horizontalFlip, outputs, seed);
  }

  public Hyperparameters withLearningRate(double value) {
    return new Hyperparameters(samples, epochs, batch, value, horizontalFlip, outputs, seed);
  }

  public Hyperparameters withFlip(boolean value) {
    return new Hyperparameters(samples, epochs, batch, learningRate, value, outputs, seed);
  }

  public Hyperparameters withSeed(long value) {
    return new Hyperparameters(
        samples, epochs, batch, learningRate, horizontalFlip, outputs, value);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1, got %d".formatted(name, value));
    }
  }
}
