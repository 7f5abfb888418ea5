package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrectnessTest {
  /// One word a noise seed: which inputs are classified correctly, from the right.
  private static Correctness answers(int inputs, long... seeds) {
    return new Correctness(
        inputs, Arrays.stream(seeds).mapToObj(seed -> BitSet.valueOf(new long[] {seed})).toList());
  }

  @Test
  void runsAreJoinedSeedBySeed() {
    Correctness joined =
        Correctness.joined(List.of(answers(4, 0b0001, 0b0011), answers(4, 0b1000, 0b1111)));
    assertEquals(4, joined.seeds());
    assertEquals(3, joined.right(0));
    assertEquals(2, joined.right(1));
    assertEquals(2, joined.right(3));
    assertEquals((0.25 + 0.5 + 0.25 + 1) / 4, joined.accuracy().value(), 1e-12);
  }

  /// Two runs of a p-DNN, two noise seeds each, against two deterministic ones: the difference is
  /// the mean of the differences of the runs.
  @Test
  void joinedRunsAreComparedByTheirMean() {
    Correctness ones =
        Correctness.joined(List.of(answers(4, 0b0111, 0b0011), answers(4, 0b1111, 0b1111)));
    Correctness others =
        Correctness.joined(List.of(answers(4, 0b0001).repeated(2), answers(4, 0b0111).repeated(2)));
    double first = (3 + 2) / 8.0 - 1 / 4.0;
    double second = 1 - 3 / 4.0;
    PairedDifference paired = PairedDifference.of(ones, others);
    assertEquals((first + second) / 2, paired.overInputs().value(), 1e-12);
    assertEquals(3, paired.better());
    assertEquals(0, paired.worse());
  }

  @Test
  void onlyRunsOnTheSameInputsAreJoinedAndOnlyOneSeedIsRepeated() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Correctness.joined(List.of(answers(4, 1), answers(5, 1))));
    assertThrows(IllegalArgumentException.class, () -> answers(4, 1, 2).repeated(2));
  }
}
