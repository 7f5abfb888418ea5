package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelSamplersTest {
  @ParameterizedTest
  @CsvSource({"1, 10, 10", "4, 8, 2", "4, 9, 3", "4, 1, 1", "100, 10, 1"})
  void aRoundIsAsManyPassesAsThereAreSamplers(int samplers, int samples, int rounds) {
    assertEquals(rounds, new ParallelSamplers(samplers).rounds(samples));
  }

  /// The paper's FPGA takes 2.04 ms a pass (table 2).
  @Test
  void latencyIsRoundsTimesPasses() {
    assertEquals(
        Duration.ofNanos(6_120_000),
        new ParallelSamplers(4).latency(9, Duration.ofNanos(2_040_000)));
  }

  @Test
  void nothingSamplesWithoutSamplers() {
    assertThrows(IllegalArgumentException.class, () -> new ParallelSamplers(0));
    assertThrows(IllegalArgumentException.class, () -> new ParallelSamplers(1).rounds(0));
  }
}
