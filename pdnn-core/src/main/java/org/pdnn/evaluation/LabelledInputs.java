package org.pdnn.evaluation;

import org.pdnn.data.Images;

/// Inputs with their true classes, addressed by index. Read from several threads at once.
public interface LabelledInputs {
  /// The images of a data set.
  static LabelledInputs of(Images images) {
    return new LabelledInputs() {
      @Override
      public int count() {
        return images.count();
      }

      @Override
      public int label(int index) {
        return images.label(index);
      }

      @Override
      public void read(int index, float[] target) {
        images.read(index, target, 0);
      }
    };
  }

  /// Number of inputs.
  int count();

  /// The true class of an input, at least 0.
  int label(int index);

  /// Fills `target` with an input's values, row-major.
  void read(int index, float[] target);
}
