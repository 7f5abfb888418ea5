package org.pdnn.training;

/// Hears how a training run goes. Called from the training thread.
public interface TrainingProgress {
  /// Nobody listens.
  TrainingProgress NONE = new TrainingProgress() {};

  /// A batch was learnt.
  ///
  /// @param epoch from 1
  /// @param seen images of this epoch learnt so far
  /// @param images images in an epoch
  /// @param soFar mean over this epoch (since resuming, if it was resumed in the middle)
  default void batch(int epoch, long seen, long images, StepResult soFar) {}

  /// An epoch ended.
  ///
  /// @param epoch from 1
  /// @param learnt mean over its batches while learning
  /// @param validation on held-out images; [StepResult#NONE] if there are none
  default void epoch(int epoch, StepResult learnt, StepResult validation) {}

  /// Something to tell the user: training goes on from a checkpoint, or one was damaged.
  default void notice(String sentence) {}
}
