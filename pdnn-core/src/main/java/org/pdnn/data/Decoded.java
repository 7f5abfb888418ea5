package org.pdnn.data;

import java.io.IOException;
import java.util.Arrays;

/// The pixels of a picture: one grey plane if every pixel is grey, else red, green and blue.
final class Decoded {
  /// Larger pictures (2^24 pixels, 4096x4096) are taken for a mistake or an attack.
  private static final long MOST_PIXELS = 1 << 24;

  private final int height;
  private final int width;

  /// One or three row-major planes of `height * width` bytes.
  private final byte[] pixels;

  private Decoded(int height, int width, byte[] pixels) {
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  /// A picture from the bytes of its rows, one for each pixel of a grey picture, else three: red,
  /// green and blue.
  static Decoded of(int height, int width, byte[] rows) {
    int size = height * width;
    if (rows.length == size) {
      return new Decoded(height, width, rows);
    }
    boolean grey = true;
    for (int i = 0; grey && i < rows.length; i += 3) {
      grey = rows[i] == rows[i + 1] && rows[i + 1] == rows[i + 2];
    }
    byte[] planes = new byte[grey ? size : 3 * size];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = rows[3 * (i % size) + i / size];
    }
    return new Decoded(height, width, planes);
  }

  /// @throws IOException if a picture is larger than any that is read, before memory is taken
  static void requireSize(long height, long width) throws IOException {
    if (height < 1 || width < 1 || height > MOST_PIXELS / width) {
      throw new IOException("%sx%s pixels are not 1 to 2^24".formatted(width, height));
    }
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  boolean grey() {
    return pixels.length == height * width;
  }

  /// The pixels as one plane, if the picture is grey, or as three, equal ones if it is grey.
  byte[] planes(int channels) {
    if (channels == 1 || !grey()) {
      return pixels;
    }
    byte[] planes = Arrays.copyOf(pixels, 3 * pixels.length);
    System.arraycopy(pixels, 0, planes, pixels.length, pixels.length);
    System.arraycopy(pixels, 0, planes, 2 * pixels.length, pixels.length);
    return planes;
  }
}
