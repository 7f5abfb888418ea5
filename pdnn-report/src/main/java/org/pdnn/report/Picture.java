package org.pdnn.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// A small immutable picture with words below it; unsigned bytes, row by row from the top left, or
/// a JPEG file that stays as it is.
public final class Picture {
  private static final byte[] NONE = {};

  private final int width;
  private final int height;
  private final int channels;
  private final byte[] pixels;
  private final String caption;

  /// Empty if the page shows the pixels as PNG.
  private final byte[] jpeg;

  private Picture(int width, int height, int channels, byte[] pixels, String caption, byte[] jpeg) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture must have at least 1 pixel, got %s x %s".formatted(width, height));
    }
    if (pixels.length != (long) width * height * channels) {
      throw new IllegalArgumentException(
          "a picture of %s x %s pixels has %s bytes, got %s"
              .formatted(width, height, (long) width * height * channels, pixels.length));
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.pixels = pixels.clone();
    this.caption = caption;
    this.jpeg = jpeg;
  }

  /// One byte a pixel, 0 black.
  public static Picture grey(int width, int height, byte[] pixels, String caption) {
    return new Picture(width, height, 1, pixels, caption, NONE);
  }

  /// Three bytes a pixel: red, green, blue.
  public static Picture rgb(int width, int height, byte[] pixels, String caption) {
    return new Picture(width, height, 3, pixels, caption, NONE);
  }

  /// A JPEG file, grey or in colours: many times smaller than PNG for photographs.
  ///
  /// @throws IllegalArgumentException if it cannot be decoded
  public static Picture jpeg(byte[] file, String caption) {
    BufferedImage image = decoded(file);
    int channels = image.getRaster().getNumBands();
    int[] samples =
        image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    byte[] pixels = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      pixels[i] = (byte) samples[i];
    }
    return new Picture(
        image.getWidth(), image.getHeight(), channels, pixels, caption, file.clone());
  }

  private static BufferedImage decoded(byte[] file) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
      if (image != null) {
        return image;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("a picture's JPEG file is damaged", e);
    }
    throw new IllegalArgumentException("a picture's file is no JPEG");
  }

  /// What [#file] is, as in `image/png`.
  String mediaType() {
    return jpeg.length > 0 ? "image/jpeg" : "image/png";
  }

  /// The file that a page shows.
  byte[] file() {
    return jpeg.length > 0 ? jpeg.clone() : png();
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public String caption() {
    return caption;
  }

  /// The picture as a PNG file.
  public byte[] png() {
    int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage image = new BufferedImage(width, height, type);
    // Raster, not setRGB: a grey image's colour space would bend the values.
    int[] samples = new int[pixels.length];
    Arrays.setAll(samples, i -> Byte.toUnsignedInt(pixels[i]));
    image.getRaster().setPixels(0, 0, width, height, samples);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture that
        && width == that.width
        && height == that.height
        && channels == that.channels
        && Arrays.equals(pixels, that.pixels)
        && caption.equals(that.caption);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(pixels) + caption.hashCode();
  }

  @Override
  public String toString() {
    return "Picture %s x %s: %s".formatted(width, height, caption);
  }
}
