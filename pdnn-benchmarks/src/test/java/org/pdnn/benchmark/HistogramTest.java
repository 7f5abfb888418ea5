package org.pdnn.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void quantilesAreThoseOfTheValuesButForTheWidthOfABucket() {
    SplittableRandom random = new SplittableRandom(1);
    long[] values =
        random.doubles(10_000).mapToLong(x -> 1 + (long) Math.exp(30 * x)).sorted().toArray();
    Histogram histogram = new Histogram();
    Arrays.stream(values).forEach(histogram::add);
    for (double share : new double[] {0.001, 0.25, 0.5, 0.99, 0.999, 1}) {
      double exact = values[(int) Math.ceil(share * values.length) - 1];
      assertEquals(exact, histogram.quantile(share), 0.01 * exact, () -> "at " + share);
    }
    assertEquals(values.length, histogram.count());
    assertEquals(values[values.length - 1], histogram.greatest());
  }

  @Test
  void ofNoneAllIsZero() {
    assertEquals(0, new Histogram().quantile(0.5));
    assertEquals(0, new Histogram().greatest());
  }
}
