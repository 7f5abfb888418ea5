package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ConfusionTest {
  /// Labelled inputs without values.
  static LabelledInputs labelled(int... labels) {
    return new LabelledInputs() {
      @Override
      public int count() {
        return labels.length;
      }

      @Override
      public int label(int index) {
        return labels[index];
      }

      @Override
      public void read(int index, float[] target) {}
    };
  }

  @Test
  void theLargestClassIsCounted() {
    Confusion confusion =
        new Confusion(labelled(3, 1, 3, 0), new int[][] {{3, 1, 3, 3}, {0, 0, 0, 0}});
    assertEquals(0.5, confusion.mostFrequent());
    assertEquals(4, confusion.answers(3));
    assertEquals(2, confusion.seeds());
  }
}
