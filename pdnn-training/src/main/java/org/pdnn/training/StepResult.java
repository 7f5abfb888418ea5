package org.pdnn.training;

/// What a batch, or many of them, showed.
///
/// @param loss mean cross-entropy, in nats
/// @param correct images whose class was right
/// @param images images seen
public record StepResult(double loss, long correct, long images) {
  /// Nothing seen yet.
  public static final StepResult NONE = new StepResult(0, 0, 0);

  /// This and another together.
  public StepResult plus(StepResult other) {
    long total = images + other.images;
    double mean = total == 0 ? 0 : (loss * images + other.loss * other.images) / total;
    return new StepResult(mean, correct + other.correct, total);
  }

  /// Share of right classes, 0 to 1.
  public double accuracy() {
    return images == 0 ? 0 : (double) correct / images;
  }
}
