package org.pdnn.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.pdnn.report.Point;

class NoiseSeedsTest {
  @Test
  void twoSeedsMakeNoInterval() {
    NoiseSeeds two = new NoiseSeeds(2);
    assertEquals(Point.of(4, 80), two.point(4, 80, 60, 100));
    assertEquals("Means of 2 noise seeds, which are too few for an interval.", two.words());
  }

  @Test
  void threeSeedsMakeOne() {
    NoiseSeeds three = new NoiseSeeds(3);
    assertEquals(Point.of(4, 80).between(79, 81), three.point(4, 80, 79, 81));
    assertTrue(three.words().contains("95 % intervals over 3 noise seeds"), three.words());
  }
}
