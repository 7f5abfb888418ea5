package org.pdnn.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.pdnn.network.Shape;

class BilinearTest {
  /// `torch.nn.functional.interpolate([0, 1], scale_factor=2, mode='linear')`: centres of the new
  /// pixels lie at -0.25, 0.25, 0.75 and 1.25 of the old.
  @Test
  void twoPixelsBecomeFour() {
    assertArrayEquals(
        new float[] {0, 0.25f, 0.75f, 1, 0, 0.25f, 0.75f, 1},
        Bilinear.resize(new float[] {0, 1}, Shape.of(1, 1, 2), Shape.of(1, 2, 4)));
  }

  /// Centres at 0.5 and 2.5 of four: the means of neighbours.
  @Test
  void fourPixelsBecomeTwo() {
    assertArrayEquals(
        new float[] {0.5f, 2.5f},
        Bilinear.resize(new float[] {0, 1, 2, 3}, Shape.of(1, 4, 1), Shape.of(1, 2, 1)));
  }

  @Test
  void theSameSizeIsTheSameImage() {
    float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    assertArrayEquals(image, Bilinear.resize(image, Shape.of(3, 2, 2), Shape.of(3, 2, 2)));
  }

  @Test
  void greyBecomesThreeEqualPlanes() {
    assertArrayEquals(
        new float[] {1, 2, 1, 2, 1, 2},
        Bilinear.resize(new float[] {1, 2}, Shape.of(1, 1, 2), Shape.of(3, 1, 2)));
  }
}
