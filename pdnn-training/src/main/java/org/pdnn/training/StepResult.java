package org.pdnn.training;

/// What a batch, or many of them, showed of a classifier.
///
/// @param loss mean cross-entropy, in nats
/// @param correct images classified correctly
/// @param images images seen
public record StepResult(double loss, long correct, long images)
    implements BatchResult<StepResult> {
  /// Nothing seen yet.
  public static final StepResult NONE = new StepResult(0, 0, 0);

  @Override
  public StepResult plus(StepResult other) {
    long total = images + other.images;
    double mean = total == 0 ? 0 : (loss * images + other.loss * other.images) / total;
    return new StepResult(mean, correct + other.correct, total);
  }

  /// Share of images classified correctly, 0 to 1.
  public double accuracy() {
    return images == 0 ? 0 : (double) correct / images;
  }
}
