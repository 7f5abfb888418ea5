package org.pdnn.generation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.pdnn.network.Shape;

/// Images side by side in rows, as one picture.
public final class ImageGrid {
  private final BufferedImage picture;

  /// @param images row-major, 0 black to 1 bright; the last row may be shorter
  /// @param shape (1 or 3, height, width)
  /// @param columns images per row, at least 1
  public ImageGrid(float[][] images, Shape shape, int columns) {
    if (shape.rank() != 3 || (shape.dimension(0) != 1 && shape.dimension(0) != 3)) {
      throw new IllegalArgumentException("pictures have 1 or 3 channels, got " + shape);
    }
    if (columns < 1 || images.length < 1) {
      throw new IllegalArgumentException(
          "a grid must have at least 1 image and column, got %s and %s"
              .formatted(images.length, columns));
    }
    int height = shape.dimension(1);
    int width = shape.dimension(2);
    boolean grey = shape.dimension(0) == 1;
    picture =
        new BufferedImage(
            width * Math.min(columns, images.length),
            height * Math.ceilDiv(images.length, columns),
            grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    int[] pixels = new int[shape.size()];
    for (int i = 0; i < images.length; i++) {
      interleave(images[i], shape, pixels);
      // Raster, not setRGB: a grey image's colour space would bend the values.
      picture
          .getRaster()
          .setPixels(i % columns * width, i / columns * height, width, height, pixels);
    }
  }

  /// Planes to pixels of one or three bytes.
  private static void interleave(float[] image, Shape shape, int[] pixels) {
    int channels = shape.dimension(0);
    int plane = image.length / channels;
    for (int i = 0; i < plane; i++) {
      for (int channel = 0; channel < channels; channel++) {
        float value = image[channel * plane + i];
        pixels[i * channels + channel] = Math.clamp(Math.round(255 * value), 0, 255);
      }
    }
  }

  public int width() {
    return picture.getWidth();
  }

  public int height() {
    return picture.getHeight();
  }

  /// The grid as a PNG file.
  public byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  /// The grid as a JPEG file.
  ///
  /// @param quality 0 to 1
  public byte[] jpeg(double quality) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality((float) quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
