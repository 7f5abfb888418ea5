package org.pdnn.evaluation;

import java.util.Random;

/// Inputs and labels that are functions of their index, for tests.
record RandomInputs(int count, int size, int classes) implements LabelledInputs {
  @Override
  public int label(int index) {
    return index % classes;
  }

  @Override
  public void read(int index, float[] target) {
    Random random = new Random(index);
    for (int i = 0; i < size; i++) {
      target[i] = random.nextFloat();
    }
  }
}
