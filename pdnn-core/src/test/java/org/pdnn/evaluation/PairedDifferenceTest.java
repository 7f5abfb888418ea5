package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
  private static final int INPUTS = 500;

  private static Correctness answers(String... seeds) {
    List<BitSet> all = new ArrayList<>();
    for (String seed : seeds) {
      BitSet right = new BitSet();
      for (int i = 0; i < seed.length(); i++) {
        right.set(i, seed.charAt(i) == '1');
      }
      all.add(right);
    }
    return new Correctness(seeds[0].length(), all);
  }

  /// Inputs of all difficulties, each answered with its own probability, plus `gain` for all.
  private static Correctness noisy(Random random, double[] difficulty, int seeds, double gain) {
    List<BitSet> all = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      BitSet right = new BitSet();
      for (int i = 0; i < difficulty.length; i++) {
        right.set(i, random.nextDouble() < difficulty[i] + gain);
      }
      all.add(right);
    }
    return new Correctness(difficulty.length, all);
  }

  private static double[] difficulty(Random random) {
    return random.doubles(INPUTS).toArray();
  }

  /// Ten inputs differ, eight of them for the better: 2 (45 + 10 + 1) / 1024.
  @Test
  void withOneSeedItIsMcNemarsExactTest() {
    PairedDifference paired = PairedDifference.of(answers("111111110011"), answers("000000001111"));
    assertEquals(2 * 56 / 1024.0, paired.pValue(), 1e-12);
    assertEquals(6 / 12.0, paired.overInputs().value(), 1e-12);
    assertEquals(8, paired.better());
    assertEquals(2, paired.worse());
    assertEquals(paired.overInputs().value(), paired.overSeeds().low(), 1e-12);
    assertFalse(paired.significant());
  }

  /// Of two seeds, the inputs differ by 2, 1, 1 and -1, which sum to 3; of the 16 choices of signs
  /// 5, 3, 3, 3 reach it on the upper side, and as many on the lower.
  @Test
  void signsOfUnequalDifferencesAreEnumerated() {
    PairedDifference paired = PairedDifference.of(answers("1110", "1000"), answers("0001", "0000"));
    assertEquals(3 / 8.0, paired.overInputs().value(), 1e-12);
    assertEquals(8 / 16.0, paired.pValue(), 1e-12);
  }

  @Test
  void equalAnswersAreNoDifference() {
    PairedDifference paired = PairedDifference.of(answers("1100", "1010"), answers("1100", "1010"));
    assertEquals(1, paired.pValue());
    assertEquals(0, paired.overInputs().high());
  }

  /// Two runs of one noisy network differ by noise alone. Such a pair is called a difference with
  /// probability at most 0.05: among 1,000 pairs 50, and more than 78 for one seed in 30,000.
  @Test
  void noiseAloneIsNotCalledADifference() {
    Random random = new Random(1);
    int called = 0;
    int covered = 0;
    for (int pair = 0; pair < 1000; pair++) {
      double[] difficulty = difficulty(random);
      PairedDifference paired =
          PairedDifference.of(noisy(random, difficulty, 3, 0), noisy(random, difficulty, 3, 0));
      called += paired.significant() ? 1 : 0;
      Estimate interval = paired.overInputs();
      covered += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
    }
    assertTrue(called <= 78, called + " of 1000");
    assertTrue(called >= 22, called + " of 1000: a test that never calls is none");
    assertTrue(covered >= 922, covered + " of 1000");
  }

  /// Four points on 500 inputs under three seeds each are some three standard errors.
  @Test
  void aRealDifferenceIsCalledMostly() {
    Random random = new Random(2);
    int called = 0;
    for (int pair = 0; pair < 200; pair++) {
      double[] difficulty = difficulty(random);
      PairedDifference paired =
          PairedDifference.of(noisy(random, difficulty, 3, 0.04), noisy(random, difficulty, 3, 0));
      called += paired.significant() && paired.overInputs().value() > 0 ? 1 : 0;
    }
    assertTrue(called > 150, called + " of 200");
  }

  @Test
  void whatCannotBePairedIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> PairedDifference.of(answers("10"), answers("101")));
    assertThrows(
        IllegalArgumentException.class,
        () -> PairedDifference.of(answers("1", "1"), answers("1", "1", "1")));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Correctness(2, List.of(BitSet.valueOf(new long[] {4}))));
    assertThrows(IllegalArgumentException.class, () -> new Correctness(2, List.of()));
  }
}
