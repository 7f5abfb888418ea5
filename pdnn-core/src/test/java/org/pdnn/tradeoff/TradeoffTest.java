package org.pdnn.tradeoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pdnn.energy.Joules;
import org.pdnn.energy.PaperPreset;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.Estimate;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;

/// Four p-bit runs of 10, 20, 30 and 40 nJ; the third is no better than the second.
class TradeoffTest {
  private static final Workload WORKLOAD = PaperPreset.QMC.workload();
  private static final Configuration ONE = configuration(1, 0.80, 10);
  private static final Configuration TWO = configuration(2, 0.90, 20);
  private static final Configuration FOUR = configuration(4, 0.90, 30);
  private static final Configuration EIGHT = configuration(8, 0.95, 40);
  private static final Tradeoff TRADEOFF = Tradeoff.of(List.of(EIGHT, FOUR, ONE, TWO));

  private static Configuration configuration(int samples, double accuracy, double nanojoules) {
    Setting setting =
        new Setting(
            "m",
            Neuron.parse("pbit:tanh"),
            samples,
            Optional.of(Scheme.XOR),
            Precision.parse("4g"),
            LastHidden.BITS,
            Outputs.LOGITS);
    Estimate estimate = new Estimate(accuracy, accuracy - 0.03, accuracy + 0.03);
    return new Configuration(
        new Trial(setting, WORKLOAD, estimate, List.of()),
        Joules.ofNanojoules(nanojoules),
        Joules.ZERO);
  }

  @Test
  void frontAndRest() {
    assertEquals(List.of(ONE, TWO, FOUR, EIGHT), TRADEOFF.configurations());
    assertEquals(List.of(ONE, TWO, EIGHT), TRADEOFF.front());
    assertEquals(List.of(FOUR), TRADEOFF.dominated());
  }

  @Test
  void bestUnderAnEnergy() {
    assertEquals(Optional.of(TWO), TRADEOFF.bestUnder(Joules.ofNanojoules(35)));
    assertEquals(Optional.of(ONE), TRADEOFF.bestUnder(Joules.ofNanojoules(20)));
    assertEquals(Optional.empty(), TRADEOFF.bestUnder(Joules.ofNanojoules(10)));
  }

  @Test
  void cheapestWithAnAccuracy() {
    assertEquals(Optional.of(TWO), TRADEOFF.cheapestWithAtLeast(0.9));
    assertEquals(Optional.of(ONE), TRADEOFF.cheapestWithAtLeast(0));
    assertEquals(Optional.empty(), TRADEOFF.cheapestWithAtLeast(0.96));
  }

  /// 80 ± 3 and 90 ± 3 do not meet, 90 ± 3 and 95 ± 3 do.
  @Test
  void intervalsThatOverlap() {
    assertFalse(ONE.overlaps(TWO));
    assertTrue(TWO.overlaps(EIGHT) && EIGHT.overlaps(TWO));
  }

  @Test
  void theLastMeasurementOfASettingCounts() {
    Configuration again = configuration(1, 0.85, 10);
    assertEquals(List.of(again, TWO), Tradeoff.of(List.of(ONE, TWO, again)).configurations());
  }

  @Test
  void nothingIsNoTradeoff() {
    assertThrows(IllegalArgumentException.class, () -> Tradeoff.of(List.of()));
  }

  @Test
  void aSettingInWords() {
    assertEquals("T = 1, pbit:tanh xor, grouped 4-bit weights, m", ONE.setting().toString());
  }
}
