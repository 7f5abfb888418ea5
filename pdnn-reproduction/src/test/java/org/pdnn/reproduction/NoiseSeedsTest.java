package org.pdnn.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.pdnn.evaluation.Estimate;

class NoiseSeedsTest {
  @Test
  void twoSeedsMakeNoInterval() {
    NoiseSeeds two = new NoiseSeeds(2);
    assertEquals(Estimate.exact(80), two.interval(new Estimate(80, 60, 100)));
    assertEquals("Means of 2 noise seeds, which are too few for an interval.", two.words());
  }

  @Test
  void threeSeedsMakeOne() {
    NoiseSeeds three = new NoiseSeeds(3);
    assertEquals(new Estimate(80, 79, 81), three.interval(new Estimate(80, 79, 81)));
    assertTrue(three.words().contains("95 % intervals over 3 noise seeds"), three.words());
  }
}
