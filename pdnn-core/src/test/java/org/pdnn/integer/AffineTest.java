package org.pdnn.integer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffineTest {
  private static Affine of(double scale, double bias, int mostSum) {
    return Affine.of(new double[] {scale}, new double[][] {{bias}}, mostSum);
  }

  /// By hand: R = bits(mostSum) - 16, M in [2^13, 2^14), S what the scale allows, or the bias.
  @ParameterizedTest
  @CsvSource({
    // scale 0.5 is 2^13 at S = 4, and 1/2 of 2^4 is added before the shift
    "0.5, 0, 65535, 0, 8192, 4, 8",
    "0.5, 1, 65535, 0, 8192, 4, 16392",
    // sums of 17 bits lose one
    "0.5, 0, 65536, 1, 8192, 3, 4",
    "0.25, 0, 2147483647, 15, 8192, -, -",
    // 2^-12 is 2^13 at S = 15
    "0.000244140625, -1, 100, 0, 8192, 15, -33538048",
    // the bias leaves S = 9: 1024 * 2^19 = 2^29, and 2^30 is too much
    "0.000244140625, 1024, 100, 0, 128, 9, 536871168",
    "-0.000244140625, 1024, 100, 0, -128, 9, 536871168",
    "0, 0, 0, 0, 0, 29, 268435456",
    "15.9, 0, 1, 0, 16282, 0, 0"
  })
  void theIntegersFollowFromScaleBiasAndGreatestSum(
      double scale, double bias, int mostSum, int r, int m, String s, String b) {
    if (s.equals("-")) {
      assertThrows(IllegalArgumentException.class, () -> of(scale, bias, mostSum));
      return;
    }
    Affine affine = of(scale, bias, mostSum);
    assertEquals(r, affine.preShift());
    assertEquals(m, affine.multiplier(0));
    assertEquals(Integer.parseInt(s), affine.shift(0));
    assertEquals(Integer.parseInt(b), affine.bias(0, 0));
  }

  /// Off by less than one unit where M has all its bits, and by what M and R leave out.
  @Test
  void thePreActivationIsScaleTimesSumPlusBias() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      int mostSum = 1 + random.nextInt(1 << (1 + random.nextInt(30)));
      double scale = random.nextDouble() * 12 / mostSum;
      double bias = random.nextGaussian() * 3;
      int sum = random.nextInt(-mostSum, mostSum + 1);
      Affine affine = of(scale, bias, mostSum);
      double exact = 1024 * (scale * sum + bias);
      double steps = 1024 * scale * (1 << affine.preShift());
      double multiplier = 1024 * scale * Math.abs(sum) / (affine.multiplier(0) * 2.0);
      assertEquals(exact, affine.apply(0, 0, sum), 1 + steps + multiplier);
    }
  }

  @Test
  void halvesAreRoundedUp() {
    Affine affine = Affine.of(0, new int[] {1}, new int[][] {{8}}, new int[] {4});
    assertEquals(0, affine.apply(0, 0, 7));
    assertEquals(1, affine.apply(0, 0, 8));
    assertEquals(0, affine.apply(0, 0, -8));
    assertEquals(-1, affine.apply(0, 0, -9));
  }

  @Test
  void theGreatestNumbersFitThirtyTwoBits() {
    int bias = (1 << 30) - 1;
    for (int sign : new int[] {-1, 1}) {
      Affine affine =
          Affine.of(15, new int[] {(1 << 14) - 1}, new int[][] {{sign * bias}}, new int[] {0});
      int sum = sign > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
      long exact = ((1L << 14) - 1) * (sum >> 15) + sign * (long) bias;
      assertEquals(exact, affine.apply(0, 0, sum));
      assertEquals(sign > 0 ? Short.MAX_VALUE : Short.MIN_VALUE, affine.clamped(0, 0, sum));
    }
  }

  @Test
  void aPixelMayHaveBiasesOfItsOwn() {
    double[] scales = {0.5, 0.001, 0.25};
    double[][] biases = {{1, 2, 3}, {-4, 5, 400}};
    Affine affine = Affine.of(scales, biases, 100);
    assertTrue(affine.byPixel());
    for (int pixel = 0; pixel < 2; pixel++) {
      for (int o = 0; o < 3; o++) {
        double exact = 1024 * (scales[o] * 50 + biases[pixel][o]);
        assertEquals(exact, affine.apply(pixel, o, 50), 1);
      }
    }
    Affine alike = Affine.of(scales, new double[][] {{1, 2, 3}}, 100);
    assertFalse(alike.byPixel());
    assertEquals(alike.apply(0, 1, 7), alike.apply(99, 1, 7));
  }

  /// Two pixels of three outputs in blocks of two: M, S, B of outputs 0 and 1, of 2 and padding.
  @Test
  void kernelsLoadBlocksOfOutputs() {
    int[][] biases = {{7, 8, 9}, {10, 11, 12}};
    Affine affine = Affine.of(0, new int[] {1, 2, 3}, biases, new int[] {4, 5, 6});
    int[] blocks = {1, 2, 4, 5, 7, 8, 3, 0, 6, 0, 9, 0, 1, 2, 4, 5, 10, 11, 3, 0, 6, 0, 12, 0};
    assertArrayEquals(blocks, affine.blocks(2));
    int[] wide = {1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 1, 2, 3, 0, 4, 5, 6, 0, 10, 11, 12, 0};
    assertArrayEquals(wide, affine.blocks(4));
    assertSame(affine.blocks(4), affine.blocks(4), "a call allocates");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> of(16, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> of(-16, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> of(Double.NaN, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> of(0.1, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> of(0.1, 0, -1));
    assertRefused(
        "output 0: a scale of 0.1 and a bias of 1048576.0 do not fit the integer form, whose scales"
            + " are up to 15.9 and whose biases are below 1048576",
        () -> of(0.1, 1 << 20, 1));
    assertRefused("R must be 0 to 16, got 17", () -> integers(17, 0, 0, 0));
    assertRefused("M must be -16383 to 16383, got 16384", () -> integers(0, 16384, 0, 0));
    assertRefused("S must be 0 to 29, got 30", () -> integers(0, 0, 0, 30));
    assertRefused(
        "B must be -1073741823 to 1073741823, got 1073741824", () -> integers(0, 0, 1 << 30, 0));
  }

  private static Affine integers(int r, int m, int b, int s) {
    return Affine.of(r, new int[] {m}, new int[][] {{b}}, new int[] {s});
  }

  private static void assertRefused(String answer, Executable asked) {
    assertEquals(answer, assertThrows(IllegalArgumentException.class, asked).getMessage());
  }
}
