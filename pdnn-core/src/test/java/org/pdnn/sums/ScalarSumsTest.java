package org.pdnn.sums;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.Window;

/// The sums, against their definition: each code that a kernel lies over counts its weight.
class ScalarSumsTest {
  static List<Geometry> geometries() {
    return Geometries.of(1, 60);
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void aSumIsOfCodesTimesWeightsUnderTheKernel(Geometry geometry) {
    Operands operands = Operands.random(geometry, 3, 255, 1);
    assertArrayEquals(defined(operands), operands.sums(new ScalarSums()), geometry.toString());
  }

  /// Each pair of a pixel that is read and one that is written has a tap or none.
  private static int[] defined(Operands operands) {
    Geometry geometry = operands.geometry();
    int written = geometry.outputRows() * geometry.outputColumns();
    int[] sums = new int[operands.images() * written * geometry.outputs()];
    for (int image = 0; image < operands.images(); image++) {
      for (int to = 0; to < written; to++) {
        for (int from = 0; from < geometry.rows() * geometry.columns(); from++) {
          Window window = geometry.window();
          int down =
              tap(
                  geometry,
                  window.rows(),
                  from / geometry.columns(),
                  to / geometry.outputColumns());
          int across =
              tap(
                  geometry,
                  window.columns(),
                  from % geometry.columns(),
                  to % geometry.outputColumns());
          if (down >= 0 && across >= 0) {
            int tap = down * window.columns().kernel() + across;
            addPixel(operands, image, from, tap, sums, (image * written + to) * geometry.outputs());
          }
        }
      }
    }
    return sums;
  }

  /// The kernel's element between a place that is read and one that is written, or -1.
  private static int tap(Geometry geometry, Window.Axis axis, int from, int to) {
    int distance =
        geometry.transposed()
            ? to + axis.before() - from * axis.stride()
            : from + axis.before() - to * axis.stride();
    boolean met =
        distance >= 0
            && distance % axis.dilation() == 0
            && distance / axis.dilation() < axis.kernel();
    return met ? distance / axis.dilation() : -1;
  }

  private static void addPixel(
      Operands operands, int image, int from, int tap, int[] sums, int at) {
    Geometry geometry = operands.geometry();
    int channels = geometry.channels() / geometry.groups();
    for (int output = 0; output < geometry.outputs(); output++) {
      int group = output / (geometry.outputs() / geometry.groups());
      for (int channel = 0; channel < channels; channel++) {
        int code =
            operands
                    .codes()[
                    image * geometry.codes()
                        + from * geometry.channels()
                        + group * channels
                        + channel]
                & 0xff;
        int weight = operands.weights()[output * geometry.fanIn() + tap * channels + channel];
        sums[at + output] += code * weight;
      }
    }
  }

  @Test
  void aSumOfAllExtremesIsExact() {
    Operands operands = Operands.constant(Geometry.dense(4608, 3), 2, -127, 255);
    int[] sums = operands.sums(new ScalarSums());
    assertTrue(Arrays.stream(sums).allMatch(sum -> sum == -127 * 255 * 4608));
    assertEquals(6, sums.length);
  }

  @Test
  void weightsWhoseSumsMayExceed32BitsAreRefused() {
    Operands operands = Operands.constant(Geometry.dense(1 << 17, 1), 1, 127, 0);
    assertEquals(
        "the sums of output 0 may exceed 32 bits; use fewer bits",
        refusal(() -> operands.sums(new ScalarSums())));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertEquals(
        "6 channels and 9 outputs are not divisible into 2 groups",
        refusal(() -> new Geometry(6, 3, 3, 9, 2, Window.of(1, 1), false)));
    assertEquals(
        "a layer of weights has no ceil mode; pad it instead",
        refusal(() -> new Geometry(6, 3, 3, 9, 1, Window.of(1, 1).ceil(true), false)));
    assertEquals(
        "5 outputs of 7 weights each, got 34",
        refusal(() -> new ScalarSums().pack(Geometry.dense(7, 5), 1, new byte[34])));
    assertEquals(
        "the greatest code must be 1 to 255, got 256",
        refusal(() -> new ScalarSums().pack(Geometry.dense(7, 5), 256, new byte[35])));
  }

  private static String refusal(Executable refused) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, refused).getMessage());
  }

  @Test
  void aDenseLayerIsAKernelOverTheWholeImage() {
    assertTrue(Geometry.dense(7, 5).dense());
    assertTrue(new Geometry(8, 4, 3, 5, 1, Window.of(4, 3), false).dense());
    assertFalse(new Geometry(8, 4, 3, 5, 1, Window.square(3, 1, 1), false).dense());
  }
}
