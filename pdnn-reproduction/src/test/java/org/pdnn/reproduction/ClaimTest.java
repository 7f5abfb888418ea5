package org.pdnn.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a printed number counts as reproduced.
class ClaimTest {
  private static Claim claim(String printed, double ours) {
    return Claim.of("fig. 1", "gain", "", printed, ours);
  }

  /// 77.2 has half a digit of 0.05; 10,000.0 may differ by 1.0, a ten-thousandth.
  @ParameterizedTest
  @CsvSource({
    "77.2, 77.249, REPRODUCED",
    "77.2, 77.151, REPRODUCED",
    "77.2, 77.251, NOT_REPRODUCED",
    "77.2, 77.149, NOT_REPRODUCED",
    "10000.0, 10000.9, REPRODUCED",
    "10000.0, 10001.1, NOT_REPRODUCED",
    "2.04e6, 2044999, REPRODUCED",
    "2.04e6, 2045001, NOT_REPRODUCED"
  })
  void reproducedIsWhatRoundsToThePrintedDigits(String printed, double ours, Verdict verdict) {
    assertEquals(verdict, claim(printed, ours).verdict());
  }

  @Test
  void aReasonCoversSoMuchAndNoMore() {
    assertEquals(Verdict.EXPLAINED, claim("100", 97.1).explained(0.03, "why").verdict());
    assertEquals(Verdict.NOT_REPRODUCED, claim("100", 96.9).explained(0.03, "why").verdict());
    assertEquals(Verdict.REPRODUCED, claim("100", 100).explained(0.03, "why").verdict());
    assertEquals(Verdict.NOT_REPRODUCED, claim("100", 97.1).because("why").verdict());
  }

  @Test
  void differencesAreRelativeToThePaper() {
    assertEquals(-0.028, claim("1000", 972).relativeDifference().orElseThrow(), 1e-12);
  }

  @Test
  void nothingStandsForWhatIsNotComputed() {
    Claim power = Claim.notComputed("table 2", "power", "W", "0.066", "a measurement");
    assertEquals(Verdict.NOT_COMPUTED, power.verdict());
    assertEquals(OptionalDouble.empty(), power.ours());
    assertEquals(OptionalDouble.empty(), power.relativeDifference());
  }

  @Test
  void claimsCannotHoldNonsense() {
    assertRefused("our number must be finite, got NaN", () -> claim("1", Double.NaN));
    assertRefused(
        "a printed number must not be 0: nothing is relative to it", () -> claim("0.0", 1));
    assertRefused(
        "the covered difference must be 0 to 1, got -0.1",
        () -> claim("1", 1).explained(-0.1, "why"));
    assertRefused("claim 'gain' needs a reason", () -> claim("1", 1).explained(0.1, ""));
    assertRefused(
        "claim 'power' needs a reason",
        () -> Claim.notComputed("table 2", "power", "W", "0.066", " "));
  }

  private static void assertRefused(String sentence, Runnable making) {
    assertEquals(sentence, assertThrows(IllegalArgumentException.class, making::run).getMessage());
  }
}
