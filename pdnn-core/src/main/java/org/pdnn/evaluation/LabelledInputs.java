package org.pdnn.evaluation;

import java.util.stream.IntStream;
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

  /// The true class of an input.
  ///
  /// @throws IllegalArgumentException if the network has no such class
  static int label(LabelledInputs inputs, int index, int classes) {
    int label = inputs.label(index);
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "label must be 0 to %s, as the network has %s outputs, got %s at input %s"
              .formatted(classes - 1, classes, label, index));
    }
    return label;
  }

  /// Number of inputs.
  int count();

  /// The true class of an input, at least 0.
  int label(int index);

  /// Fills `target` with an input's values, row-major.
  void read(int index, float[] target);

  /// The first inputs.
  ///
  /// @param most how many, or all if there are fewer
  default LabelledInputs first(int most) {
    return chosen(IntStream.range(0, Math.min(most, count())).toArray());
  }

  /// Some of the inputs, in another order.
  ///
  /// @param indices theirs here
  default LabelledInputs chosen(int[] indices) {
    LabelledInputs all = this;
    int[] own = indices.clone();
    return new LabelledInputs() {
      @Override
      public int count() {
        return own.length;
      }

      @Override
      public int label(int index) {
        return all.label(own[index]);
      }

      @Override
      public void read(int index, float[] target) {
        all.read(own[index], target);
      }
    };
  }

  /// The values of the inputs `from` to `to` - 1.
  ///
  /// @param size values of an input
  default float[][] read(int from, int to, int size) {
    float[][] block = new float[to - from][size];
    for (int i = 0; i < block.length; i++) {
      read(from + i, block[i]);
    }
    return block;
  }
}
