package org.pdnn.training.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/// Whatever computes libtorch's convolutions once it is loaded computes them exactly.
class OneDnnTest {
  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  @RepeatedTest(5)
  void convolutionsAndGradientsOfWholeNumbersAreExact() {
    assertTrue(OneDnn.sound());
  }
}
