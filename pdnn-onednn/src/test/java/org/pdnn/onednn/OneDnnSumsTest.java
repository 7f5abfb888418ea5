package org.pdnn.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Window;
import org.pdnn.sums.Geometries;
import org.pdnn.sums.Geometry;
import org.pdnn.sums.Operands;
import org.pdnn.sums.PackedWeights;
import org.pdnn.sums.ScalarSums;
import org.pdnn.sums.Sums;
import org.pdnn.sums.SumsChoice;

/// oneDNN and plain Java give the same sums, bit for bit.
class OneDnnSumsTest {
  private static final Sums ONEDNN = SumsChoice.chosen();

  static List<Geometry> geometries() {
    return Geometries.of(2, 60);
  }

  /// Sums that need more than the 24 bits of a number in floating point.
  static List<Geometry> large() {
    return List.of(
        Geometry.dense(4608, 33),
        new Geometry(192, 5, 7, 17, 1, Window.square(3, 1, 1), false),
        new Geometry(256, 4, 4, 16, 1, Window.square(4, 2, 1), true),
        new Geometry(384, 3, 3, 32, 2, Window.square(3, 2, 1), false));
  }

  @Test
  void theLibraryIsFoundAndChosen() {
    assertTrue(ONEDNN.name().startsWith("onednn "), ONEDNN.name());
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void everyKindOfLayerIsSummedExactly(Geometry geometry) {
    for (int images : List.of(1, 3, 64)) {
      assertExact(Operands.random(geometry, images, 255, images));
    }
  }

  @ParameterizedTest
  @MethodSource("large")
  void largeSumsAreExact(Geometry geometry) {
    Operands operands = Operands.random(geometry, 3, 255, 5);
    for (int i = 0; i < operands.weights().length; i++) {
      operands.weights()[i] = (byte) (0x78 | (operands.weights()[i] & 7));
    }
    for (int i = 0; i < operands.codes().length; i++) {
      operands.codes()[i] |= (byte) 0xf0;
    }
    int[] sums = assertExact(operands);
    assertTrue(Arrays.stream(sums).max().orElseThrow() > 1 << 24);
  }

  @ParameterizedTest
  @ValueSource(ints = {-127, 127})
  void extremeWeightsDoNotSaturate(int weight) {
    for (Geometry geometry : large()) {
      assertExact(Operands.constant(geometry, 2, weight, 255));
    }
  }

  @Test
  void sumsOfAnyNumberOfRowsAreExact() {
    Geometry dense = Geometry.dense(37, 19);
    PackedWeights packed = ONEDNN.pack(dense, 255, Operands.random(dense, 1, 255, 9).weights());
    for (int rows = 1; rows <= 700; rows += rows < 20 ? 1 : 97) {
      Operands operands = Operands.random(dense, rows, 255, 9);
      assertArrayEquals(operands.sums(new ScalarSums()), operands.sums(packed));
    }
  }

  /// Each thread has a summation of its own; the weights are shared.
  @Test
  void productsRunAtOnce() throws InterruptedException, ExecutionException {
    Geometry geometry = new Geometry(19, 9, 9, 21, 1, Window.square(3, 1, 1), false);
    Operands operands = Operands.random(geometry, 5, 255, 3);
    PackedWeights packed = ONEDNN.pack(geometry, 255, operands.weights());
    int[] expected = operands.sums(new ScalarSums());
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<int[]>> all =
          IntStream.range(0, 40)
              .mapToObj(i -> threads.submit(() -> operands.sums(packed)))
              .toList();
      for (Future<int[]> sums : all) {
        assertArrayEquals(expected, sums.get());
      }
    }
    assertEquals(5 * 9 * 9 * 21, expected.length);
  }

  private static int[] assertExact(Operands operands) {
    int[] sums = operands.sums(ONEDNN);
    assertArrayEquals(operands.sums(new ScalarSums()), sums, () -> operands.geometry().toString());
    return sums;
  }
}
