package org.pdnn.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.sweep.Forecast.Work;

/// How long sweeps take, where that can be said by hand, and between its bounds.
class ForecastTest {
  private static final double ROUNDING = 1e-9;

  private static Forecast of(Work... cells) {
    return new Forecast(List.of(cells), Forecast.Basis.EXPECTED);
  }

  private static Work alone(double seconds) {
    return new Work(seconds, List.of());
  }

  private static double around(double seconds) {
    return seconds + Forecast.AROUND;
  }

  @Test
  void oneCoreDoesOneCellAfterTheOther() {
    Forecast forecast = of(alone(1), alone(2), alone(3));
    assertEquals(
        3 * Forecast.HANDING_OUT + around(1) + around(2) + around(3),
        forecast.seconds(1),
        ROUNDING);
  }

  @Test
  void theLongestCellBoundsTheTime() {
    Forecast forecast = of(alone(5), alone(1), alone(1));
    assertEquals(Forecast.HANDING_OUT + around(5), forecast.seconds(3), ROUNDING);
    assertEquals(around(5), forecast.atLeast(3), ROUNDING);
  }

  /// Of two cores, one does 2 s, 1 s, and the 3 s that need it; enough cores begin the chain at
  /// once.
  @Test
  void aCellWaitsForWhatItNeeds() {
    Forecast forecast = of(alone(2), alone(2), alone(1), new Work(3, List.of(2)));
    assertEquals(6, forecast.seconds(2), 0.1);
    assertEquals(4, forecast.seconds(1_000), 0.1);
    assertEquals(2 * Forecast.AROUND + 4, forecast.atLeast(1_000), ROUNDING);
  }

  /// With next to no work in the cells, the driver hands out no faster on more cores.
  @Test
  void theDriverBoundsEmptyCells() {
    Work[] cells = new Work[500];
    Arrays.fill(cells, alone(0));
    assertEquals(500 * Forecast.HANDING_OUT + Forecast.AROUND, of(cells).seconds(1_000), ROUNDING);
  }

  /// Graphs drawn at random: up to 400 cells, of times over three decades, that need up to three
  /// others.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 31, 100, 316, 1_000})
  void theTimeLiesBetweenItsBounds(int cores) {
    for (int seed = 0; seed < 50; seed++) {
      Forecast forecast = drawn(seed);
      double seconds = forecast.seconds(cores);
      assertTrue(seconds >= forecast.atLeast(cores) - ROUNDING, "seed " + seed);
      assertTrue(seconds <= forecast.atMost(cores) + ROUNDING, "seed " + seed);
    }
  }

  private static Forecast drawn(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Work> cells = new ArrayList<>();
    int count = random.nextInt(1, 400);
    while (cells.size() < count) {
      List<Integer> needs = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0 && !cells.isEmpty(); i--) {
        needs.add(random.nextInt(cells.size()));
      }
      cells.add(
          new Work(Math.pow(10, random.nextDouble(-2, 1)), needs.stream().distinct().toList()));
    }
    return new Forecast(cells, Forecast.Basis.EXPECTED);
  }

  @Test
  void nothingTakesNoTime() {
    assertEquals(0, of().seconds(7));
  }

  @Test
  void aCellNeedsWhatIsBeforeIt() {
    assertThrows(IllegalArgumentException.class, () -> of(new Work(1, List.of(0))));
    assertThrows(IllegalArgumentException.class, () -> of(alone(1)).seconds(0));
  }
}
