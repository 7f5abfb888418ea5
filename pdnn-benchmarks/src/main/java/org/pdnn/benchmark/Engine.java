package org.pdnn.benchmark;

/// A program that answers one fixed batch of inputs, again and again: a peer or an engine of ours.
///
/// Used by one thread. What can be prepared beforehand is done when it is made.
public interface Engine extends AutoCloseable {
  /// Its name, and what it computes.
  EngineProfile profile();

  /// Answers the batch.
  void run();

  /// The answers of the last run: one row per input, one column per output, averaged over the
  /// passes.
  float[][] logits();

  /// Passes over an input in the last run, on average.
  default double meanSamples() {
    return profile().samples();
  }

  /// Frees what it holds; a second time does nothing.
  @Override
  void close();
}
