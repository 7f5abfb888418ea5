package org.pdnn.evaluation;

/// Inputs with their true classes, addressed by index. Read from several threads at once.
public interface LabelledInputs {
  /// Number of inputs.
  int count();

  /// The true class of an input, at least 0.
  int label(int index);

  /// Fills `target` with an input's values, row-major.
  void read(int index, float[] target);
}
