package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {
  private static byte[] picture(int height, int width) {
    byte[] pixels = new byte[height * width];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        pixels[row * width + column] = (byte) (37 * row * row + 91 * column + 13 * row * column);
      }
    }
    return pixels;
  }

  private static byte[] scaled(int height, int width, int toHeight, int toWidth) {
    return Resampling.of(picture(height, width), height, width, toHeight, toWidth);
  }

  /// Pillow 9.4: `Image.resize((width, height), Image.BILINEAR)`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3 | 4 | 5 | 7 | 0 33 85 137 170 76 17 15 49 105 159 196 104 47 37 74 134 193 234 147 93 104 88 65 118 174 179 183 148 98 19 68 134 201 243
          7 | 5 | 3 | 2 | 103 136 129 155 137 128
          4 | 4 | 4 | 3 | 27 137 66 68 193 139 106 68 208 116 144 172
          2 | 2 | 1 | 1 | 68
          """)
  void picturesAreScaledAsPillowDoes(
      int height, int width, int toHeight, int toWidth, String expected) {
    byte[] bytes = scaled(height, width, toHeight, toWidth);
    int[] pixels = new int[bytes.length];
    Arrays.setAll(pixels, i -> bytes[i] & 0xFF);
    assertEquals(expected, Arrays.toString(pixels).replaceAll("[\\[\\],]", ""));
  }

  @Test
  void theSameSizeIsTheSamePicture() {
    assertArrayEquals(picture(6, 5), scaled(6, 5, 6, 5));
  }

  @Test
  void planesDoNotMix() {
    byte[] planes = new byte[3 * 16];
    Arrays.fill(planes, 16, 32, (byte) 200);
    byte[] scaled = Resampling.of(planes, 4, 4, 3, 7);
    byte[] expected = new byte[3 * 21];
    Arrays.fill(expected, 21, 42, (byte) 200);
    assertArrayEquals(expected, scaled);
  }
}
