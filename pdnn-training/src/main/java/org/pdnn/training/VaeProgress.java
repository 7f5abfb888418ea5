package org.pdnn.training;

/// Hears how the training of a variational auto-encoder goes. Called from the training thread.
public interface VaeProgress {
  /// Nobody listens.
  VaeProgress NONE = new VaeProgress() {};

  /// A batch was learnt.
  ///
  /// @param epoch from 1
  /// @param seen images of this epoch learnt so far
  /// @param images images in an epoch
  /// @param soFar mean over this epoch (since resuming, if it was resumed in the middle)
  default void batch(int epoch, long seen, long images, VaeResult soFar) {}

  /// An epoch ended.
  ///
  /// @param epoch from 1
  /// @param learnt mean over its batches while learning
  /// @param validation on held-out images; [VaeResult#NONE] if there are none
  default void epoch(int epoch, VaeResult learnt, VaeResult validation) {}

  /// Something to tell the user: training goes on from a checkpoint, or one was damaged.
  default void notice(String sentence) {}
}
