package org.pdnn.training;

/// Reports the progress of a training run, from the training thread.
///
/// @param <R> what a batch showed
public interface TrainingProgress<R> {
  /// Reports nothing.
  static <R> TrainingProgress<R> none() {
    return new TrainingProgress<>() {};
  }

  /// A batch was learnt.
  ///
  /// @param epoch from 1
  /// @param seen images of this epoch learnt so far
  /// @param images images in an epoch
  /// @param soFar mean over this epoch (since resuming, if it was resumed in the middle)
  default void batch(int epoch, long seen, long images, R soFar) {}

  /// An epoch ended.
  ///
  /// @param epoch from 1
  /// @param learnt mean over its batches while learning
  /// @param validation on held-out images; of no images if there are none
  default void epoch(int epoch, R learnt, R validation) {}

  /// A sentence for the user: training resumes from a checkpoint, or one was damaged.
  default void notice(String sentence) {}
}
