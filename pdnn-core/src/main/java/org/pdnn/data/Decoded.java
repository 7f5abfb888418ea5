package org.pdnn.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// The pixels of an image file: one grey plane if every pixel is grey, else red, green and blue.
///
/// Transparency is ignored.
final class Decoded {
  /// Larger images (2^24 pixels, 4096x4096) are taken for a mistake or an attack.
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

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  boolean grey() {
    return pixels.length == height * width;
  }

  /// The pixels as one plane, if the image is grey, or as three, equal ones if it is grey.
  byte[] planes(int channels) {
    if (channels == 1 || !grey()) {
      return pixels;
    }
    byte[] planes = Arrays.copyOf(pixels, 3 * pixels.length);
    System.arraycopy(pixels, 0, planes, pixels.length, pixels.length);
    System.arraycopy(pixels, 0, planes, 2 * pixels.length, pixels.length);
    return planes;
  }

  /// Decodes a PNG, JPEG, BMP or GIF file (of a GIF, the first picture).
  ///
  /// @throws IOException if the file is none of them, damaged or too large
  static Decoded read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        ImageInputStream stream = new MemoryCacheImageInputStream(in)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw Unpacked.damaged(file, "is not a PNG, JPEG, BMP or GIF image", null);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        long size = (long) reader.getWidth(0) * reader.getHeight(0);
        if (size > MOST_PIXELS) {
          throw new IOException("%s pixels, more than 2^24".formatted(size));
        }
        return decoded(reader.read(0));
      } catch (IOException | RuntimeException e) {
        // The decoders answer some damaged files with unchecked exceptions.
        throw Unpacked.damaged(file, "cannot be decoded (" + Unpacked.reason(e) + ")", e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static Decoded decoded(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] pixels = new byte[3 * height * width];
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      return new Decoded(height, width, greyPlane(image));
    }
    boolean grey = true;
    for (int i = 0; i < height * width; i++) {
      int rgb = image.getRGB(i % width, i / width);
      pixels[i] = (byte) (rgb >> 16);
      pixels[height * width + i] = (byte) (rgb >> 8);
      pixels[2 * height * width + i] = (byte) rgb;
      grey &= (rgb >> 16 & 0xFF) == (rgb >> 8 & 0xFF) && (rgb >> 8 & 0xFF) == (rgb & 0xFF);
    }
    return new Decoded(height, width, grey ? Arrays.copyOf(pixels, height * width) : pixels);
  }

  /// The samples as the file has them: `getRGB` would take grey values for linear light and
  /// brighten them.
  private static byte[] greyPlane(BufferedImage image) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    byte[] plane = new byte[image.getHeight() * width];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (byte) Math.round(raster.getSample(i % width, i / width, 0) * 255.0 / most);
    }
    return plane;
  }
}
