package org.pdnn.benchmark;

/// A program that answers one fixed batch of inputs, again and again: a peer or an engine of ours.
///
/// Used by one thread. What can be prepared beforehand is done when it is made.
public interface Contender extends AutoCloseable {
  /// What it is called on the command line and in results, as in `onnxruntime-int8`.
  String name();

  /// What it computes in, and so which limit of the machine it is held against.
  Arithmetic arithmetic();

  /// Whether it computes the network's deterministic twin, in one pass.
  boolean deterministic();

  /// T, the passes of one run over each input; 1 if it is deterministic.
  int samples();

  /// Answers the batch.
  void run();

  /// The answers of the last run: one row an input, one column an output, averaged over the passes.
  float[][] logits();

  /// Frees what it holds; a second time does nothing.
  @Override
  void close();
}
