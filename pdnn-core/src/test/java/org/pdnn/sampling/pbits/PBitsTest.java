package org.pdnn.sampling.pbits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kernel against the definition.
class PBitsTest {
  private static final List<byte[]> DEFINED = PBitCases.all(new ScalarPBits());

  static List<PBits> kernels() {
    return PBitKernels.all();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyKernelAnswersAsDefined(PBits kernel) {
    List<byte[]> answers = PBitCases.all(kernel);
    assertEquals(DEFINED.size(), answers.size());
    for (int i = 0; i < answers.size(); i++) {
      assertArrayEquals(DEFINED.get(i), answers.get(i), "case " + i);
    }
  }
}
