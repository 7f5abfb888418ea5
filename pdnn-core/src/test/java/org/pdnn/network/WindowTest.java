package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class WindowTest {
  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  private static Shape pooled(Window window, int height, int width) {
    return new MaxPool(window).output(Shape.of(1, height, width));
  }

  /// Every small geometry against enumeration. Kernels start at -padding, -padding + stride, ...
  /// while they end within the padded extent. Ceil mode adds a last kernel if they leave some of it
  /// unread, unless that kernel would start beyond the image.
  @Test
  void outputsAreThePlacesOfTheKernel() {
    int cases = 0;
    for (int code = 0; code < 3 * 4 * 3 * 3 * 3 * 8 * 2; code++) {
      int kernel = 1 + code % 3;
      int stride = 1 + code / 3 % 4;
      int dilation = 1 + code / 12 % 3;
      int before = code / 36 % 3;
      int after = code / 108 % 3;
      int extent = 1 + code / 324 % 8;
      boolean ceil = code / 2592 == 1;
      int span = (kernel - 1) * dilation + 1;
      List<Integer> begins = new ArrayList<>();
      for (int begin = -before; begin + span <= extent + after; begin += stride) {
        begins.add(begin);
      }
      if (ceil && !begins.isEmpty()) {
        int end = begins.getLast() + span;
        if (end < extent + after) {
          begins.add(begins.getLast() + stride);
        }
        if (begins.getLast() >= extent) {
          begins.removeLast();
        }
      }
      int expected = begins.size();
      boolean seen =
          before < kernel
              && after < kernel
              && begins.stream().allMatch(begin -> sees(begin, kernel, dilation, extent));
      Window window =
          Window.of(1, kernel)
              .stride(1, stride)
              .dilation(1, dilation)
              .padding(0, before, 0, after)
              .ceil(ceil);
      if (expected > 0 && seen) {
        cases++;
        assertEquals(Shape.of(1, 1, expected), pooled(window, 1, extent), window.toString());
        Shape image = Shape.of(1, 1, extent);
        Convolution tight = Convolution.of(1, 1, window.tight(image), 1);
        assertEquals(Shape.of(1, 1, expected), tight.output(image), window.toString());
        assertEquals(
            Shape.of(1, 1, expected), pooled(window.trimmed(image), 1, extent), window.toString());
      } else {
        String message = window + " over " + extent;
        assertThrows(IllegalArgumentException.class, () -> pooled(window, 1, extent), message);
      }
    }
    assertTrue(cases > 1500, "only " + cases);
  }

  private static boolean sees(int begin, int kernel, int dilation, int extent) {
    for (int tap = 0; tap < kernel; tap++) {
      int pixel = begin + tap * dilation;
      if (pixel >= 0 && pixel < extent) {
        return true;
      }
    }
    return false;
  }

  /// What PyTorch 2 gives for `nn.MaxPool2d(3, 2, 1, ceil_mode=...)` and others on 112 and 7
  /// pixels, as in the first layers of ResNet and SqueezeNet.
  @Test
  void outputsArePyTorchs() {
    assertEquals(Shape.of(1, 56, 56), pooled(Window.square(3, 2, 1), 112, 112));
    assertEquals(Shape.of(1, 55, 55), pooled(Window.square(3, 2, 0), 112, 112));
    assertEquals(Shape.of(1, 56, 56), pooled(Window.square(3, 2, 0).ceil(true), 112, 112));
    assertEquals(Shape.of(1, 4, 4), pooled(Window.square(2, 2, 1).ceil(true), 7, 7));
    assertEquals(Shape.of(1, 4, 3), pooled(Window.of(2, 3).ceil(true), 7, 7));
    assertEquals(
        Shape.of(64, 5, 3),
        Convolution.of(1, 64, Window.of(10, 4).stride(2, 2).padding(4, 1, 5, 1), 1)
            .output(Shape.of(1, 10, 6)));
  }

  @Test
  void divisorsArePyTorchs() {
    Shape image = Shape.of(1, 4, 4);
    AveragePool counted = new AveragePool(Window.square(3, 2, 1).ceil(true), true);
    AveragePool uncounted = new AveragePool(Window.square(3, 2, 1).ceil(true), false);
    assertEquals(Shape.of(1, 3, 3), counted.output(image));
    // The last kernel holds pixel 3 and one of padding; its third hangs over and never counts.
    assertEquals(List.of(9, 6, 4), divisors(counted, image));
    assertEquals(List.of(4, 3, 1), divisors(uncounted, image));
  }

  private static List<Integer> divisors(AveragePool pool, Shape image) {
    return List.of(pool.divisor(0, 0, image), pool.divisor(1, 2, image), pool.divisor(2, 2, image));
  }

  @Test
  void simpleConstructorsAreSquares() {
    assertEquals(new MaxPool(Window.square(2, 2, 0)), new MaxPool(2));
    assertEquals(new AveragePool(Window.square(2, 2, 0), false), new AveragePool(2));
    assertTrue(new MaxPool(3).window().tiles());
    assertFalse(Window.square(3, 2, 0).tiles());
    assertFalse(Window.of(2, 2).ceil(true).tiles());
    assertTrue(Window.of(2, 3).tiles());
    assertEquals(Window.square(3, 2, 1), Convolution.of(1, 1, 3, 2, 1).window());
    assertEquals(
        new AveragePool(Window.of(5, 7), false), new GlobalAveragePool().over(Shape.of(2, 5, 7)));
  }

  @Test
  void whatIsNoWindowIsRefused() {
    assertRefused("kernel must be at least 1, got 0", () -> Window.of(0, 1));
    assertRefused("stride must be at least 1, got 0", () -> Window.of(1, 1).stride(1, 0));
    assertRefused("dilation must be at least 1, got -1", () -> Window.of(1, 1).dilation(-1, 1));
    assertRefused("padding must be 0 to 256, got 257", () -> Window.of(1, 1).padding(0, 257, 0, 0));
    assertRefused("padding must be 0 to 256, got -1", () -> Window.of(1, 1).padding(0, 0, -1, 0));
    assertRefused(
        "a max pool of 2x2 dilated by 4x4 with padding [0, 0, 0, 1] is larger than its input 1x4x9;"
            + " make it smaller or pad more",
        () -> pooled(Window.of(2, 2).dilation(4, 4).padding(0, 0, 0, 1), 4, 9));
    assertRefused(
        "a max pool of 2x2 with padding 2 is padded by its kernel or more; pad less",
        () -> pooled(Window.square(2, 1, 2), 4, 4));
    // It reads on either side of the image.
    assertRefused(
        "a max pool of 1x2 dilated by 1x4 with padding [0, 1, 0, 1] reads nothing but padding"
            + " somewhere in 1x1x3; pad less",
        () -> pooled(Window.of(1, 2).dilation(1, 4).padding(0, 1, 0, 1), 1, 3));
    assertRefused(
        "an average pool has no dilation, got 2x2 dilated by 2x1 with padding 0",
        () -> new AveragePool(Window.of(2, 2).dilation(2, 1), true));
    assertRefused(
        "a max pool reads images (channels, height, width), not 70",
        () -> new MaxPool(1).output(Shape.of(70)));
    assertRefused(
        "a global average pool reads images (channels, height, width), not 70",
        () -> new GlobalAveragePool().output(Shape.of(70)));
  }

  /// Extents and products beyond 2^31, which must not wrap around to small ones.
  @Test
  void hugeNumbersAreRefused() {
    int huge = Integer.MAX_VALUE;
    Shape image = Shape.of(1, 4, 4);
    assertEquals(Shape.of(1, 1, 1), new MaxPool(Window.of(4, 4).stride(huge, huge)).output(image));
    for (Window window :
        List.of(
            Window.of(huge, huge),
            Window.of(huge, 2).dilation(huge, huge),
            Window.of(2, 2).dilation(huge, 1).ceil(true))) {
      var e = assertThrows(IllegalArgumentException.class, () -> new MaxPool(window).output(image));
      assertTrue(
          String.valueOf(e.getMessage())
              .endsWith(" is larger than its input 1x4x4; make it smaller or pad more"),
          e.getMessage());
    }
  }

  @Test
  void groupsDivide() {
    Convolution depthwise = Convolution.of(6, 12, Window.square(3, 1, 1), 6);
    assertEquals(Shape.of(12, 1, 3, 3), depthwise.weight().shape());
    assertEquals(6, depthwise.inputs());
    assertEquals(Shape.of(12, 5, 4), depthwise.output(Shape.of(6, 5, 4)));
    assertRefused(
        "a convolution of 6 channels cannot read 12x5x4",
        () -> depthwise.output(Shape.of(12, 5, 4)));
    assertRefused(
        "6 inputs are not divisible into 4 groups; choose groups that divide inputs and outputs",
        () -> Convolution.of(6, 12, Window.of(1, 1), 4));
    assertRefused(
        "6 inputs are not divisible into 0 groups; choose groups that divide inputs and outputs",
        () -> Convolution.of(6, 12, Window.of(1, 1), 0));
    assertRefused(
        "8 outputs are not divisible into 3 groups; choose groups that divide inputs and outputs",
        () -> Convolution.of(6, 8, Window.of(1, 1), 3));
    assertRefused(
        "a convolution has no ceil mode; pad it instead",
        () -> Convolution.of(6, 8, Window.of(1, 1).ceil(true), 1));
    assertRefused(
        "a window of 2x2 with padding 0 does not fit a weight of shape 1x1x3x3",
        () ->
            new Convolution(
                Tensor.filled(Shape.of(1, 1, 3, 3), 0),
                Tensor.filled(Shape.of(1), 0),
                Window.of(2, 2),
                1));
  }
}
