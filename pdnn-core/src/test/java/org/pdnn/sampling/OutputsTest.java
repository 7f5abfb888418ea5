package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OutputsTest {
  /// Two passes of odds 1:1 and 9:1, and a third that a shorter prefix leaves out.
  private static final double[][] PASSES = {{0, 0}, {Math.log(9), 0}, {-50, 50}};

  @Test
  void logitsAreAveragedBeforeTheSoftmax() {
    double[] average = Outputs.LOGITS.average(PASSES, 2);
    assertArrayEquals(new double[] {Math.log(3), 0}, average, 1e-15);
    assertArrayEquals(new double[] {0.75, 0.25}, Outputs.LOGITS.probabilities(average), 1e-15);
  }

  @Test
  void probabilitiesAreAveragedAfterTheSoftmax() {
    double[] average = Outputs.PROBABILITIES.average(PASSES, 2);
    assertArrayEquals(new double[] {0.7, 0.3}, average, 1e-15);
    assertArrayEquals(new double[] {0.7, 0.3}, Outputs.PROBABILITIES.probabilities(average), 1e-15);
  }

  @Test
  void oneConfidentPassOutvotesOthersOnlyInLogits() {
    double[][] passes = {{1, 0}, {1, 0}, {0, 30}};
    assertEquals(1, Outputs.argmax(Outputs.LOGITS.average(passes, 3)));
    double[][] votes = {{3, 0}, {3, 0}, {0, 30}};
    assertEquals(0, Outputs.argmax(Outputs.PROBABILITIES.average(votes, 3)));
    assertEquals(1, Outputs.argmax(Outputs.LOGITS.average(votes, 3)));
  }

  @Test
  void tiesGoToTheLowestIndex() {
    assertEquals(1, Outputs.argmax(new double[] {-1, 2, 2, 0}));
    assertEquals(0, Outputs.argmax(new double[] {0}));
  }

  @Test
  void theSoftmaxOfHugeLogitsIsFinite() {
    assertArrayEquals(new double[] {0.5, 0.5, 0}, Outputs.softmax(new double[] {1e300, 1e300, 0}));
    assertArrayEquals(new double[] {1}, Outputs.softmax(new double[] {-1e300}));
  }
}
