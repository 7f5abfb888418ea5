package org.pdnn.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/// The colours of a raster as the file has them.
///
/// `BufferedImage.getRGB` would convert them by the colour profile inside, and take grey values for
/// linear light and brighten them.
final class StoredColours {
  private StoredColours() {}

  static Decoded of(BufferedImage image) throws IOException {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    if (model instanceof IndexColorModel palette) {
      return pixels(
          raster,
          3,
          (from, at, to, put) -> {
            int rgb = palette.getRGB(from[at]);
            to[put] = (byte) (rgb >> 16);
            to[put + 1] = (byte) (rgb >> 8);
            to[put + 2] = (byte) rgb;
          });
    }
    int bits = bits(raster);
    return switch (model.getColorSpace().getType()) {
      case ColorSpace.TYPE_GRAY ->
          pixels(raster, 1, (from, at, to, put) -> to[put] = eight(from[at], bits));
      case ColorSpace.TYPE_RGB ->
          pixels(
              raster,
              3,
              (from, at, to, put) -> {
                for (int i = 0; i < 3; i++) {
                  to[put + i] = eight(from[at + i], bits);
                }
              });
      case ColorSpace.TYPE_CMYK ->
          pixels(
              raster,
              3,
              (from, at, to, put) -> {
                int light = 255 - (eight(from[at + 3], bits) & 0xFF);
                for (int i = 0; i < 3; i++) {
                  to[put + i] = remaining(eight(from[at + i], bits) & 0xFF, light);
                }
              });
      default -> throw new IOException("its colours are not grey, RGB or CMYK");
    };
  }

  /// Makes the bytes of one pixel from its samples.
  @FunctionalInterface
  interface Pixel {
    /// Converts one pixel.
    ///
    /// @param from samples of a row, the pixel's from `at` on
    /// @param to bytes, the pixel's from `put` on
    void convert(int[] from, int at, byte[] to, int put);
  }

  /// Converts a raster pixel by pixel.
  ///
  /// @param channels bytes of a pixel, 1 or 3
  static Decoded pixels(Raster raster, int channels, Pixel pixel) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] bytes = new byte[raster.getHeight() * width * channels];
    int[] row = new int[width * bands];
    int put = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++, put += channels) {
        pixel.convert(row, x * bands, bytes, put);
      }
    }
    return Decoded.of(raster.getHeight(), width, bytes);
  }

  /// What is left of light after an ink: light (255 - ink) / 255, rounded as Pillow rounds it.
  ///
  /// @param light 255 less the black
  static byte remaining(int ink, int light) {
    int product = ink * light + 128;
    return (byte) (light - (((product >> 8) + product) >> 8));
  }

  private static int bits(Raster raster) throws IOException {
    int bits = raster.getSampleModel().getSampleSize(0);
    boolean whole =
        switch (raster.getTransferType()) {
          case DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT, DataBuffer.TYPE_INT -> true;
          default -> false;
        };
    if (!whole || bits > 16) {
      throw new IOException("its samples are not whole numbers of 1 to 16 bits");
    }
    return bits;
  }

  /// A sample in eight bits: of sixteen the upper ones, of fewer than eight stretched to 255.
  private static byte eight(int sample, int bits) {
    return (byte)
        switch (bits) {
          case 8 -> sample;
          case 16 -> sample >>> 8;
          default -> sample * 255 / ((1 << bits) - 1);
        };
  }
}
