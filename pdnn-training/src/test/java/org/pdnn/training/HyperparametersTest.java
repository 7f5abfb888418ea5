package org.pdnn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.sampling.Outputs;

class HyperparametersTest {
  private static final Hyperparameters PAPER = Hyperparameters.paper();

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  @Test
  void thePapersChoices() {
    assertEquals(new Hyperparameters(1, 1000, 64, 1e-3, false, Outputs.LOGITS, 1), PAPER);
  }

  @Test
  void countsAreAtLeastOne() {
    assertRefused("samples must be at least 1, got 0", () -> PAPER.withSamples(0));
    assertRefused("epochs must be at least 1, got -3", () -> PAPER.withEpochs(-3));
    assertRefused("batch must be at least 1, got 0", () -> PAPER.withBatch(0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-3, 10.5, Double.NaN, Double.POSITIVE_INFINITY})
  void theLearningRateIsAboveZeroAndAtMostTen(double rate) {
    assertRefused(
        "the learning rate must be above 0 and at most 10, got " + rate,
        () -> new Hyperparameters(1, 1, 1, rate, false, Outputs.LOGITS, 1));
  }

  @Test
  void threadsAreAtLeastOne() {
    assertRefused("threads must be at least 1, got 0", () -> new Trainer(PAPER).threads(0));
  }

  @Test
  void aDeviceHasAName() {
    assertEquals(Accelerator.CUDA, Accelerator.parse(" CUDA "));
    assertRefused(
        "unknown device 'tpu' (did you mean 'cpu'?); use cpu or cuda",
        () -> Accelerator.parse("tpu"));
  }
}
