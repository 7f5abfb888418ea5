package org.pdnn.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.pdnn.network.Shape;

class ImageGridTest {
  private static BufferedImage read(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  /// Three images of 1x2 pixels in two columns; planes become pixels.
  @Test
  void imagesLieInRows() throws IOException {
    float[][] images = {
      {1, 0, 0, 0, 0, 0.5f}, {0, 0, 1, 1, 0, 0}, {0, 0, 0, 0, 1, -3},
    };
    ImageGrid grid = new ImageGrid(images, Shape.of(3, 1, 2), 2);
    BufferedImage picture = read(grid.png());
    assertEquals(4, picture.getWidth());
    assertEquals(2, picture.getHeight());
    assertEquals(0xFFFF0000, picture.getRGB(0, 0));
    assertEquals(0xFF000080, picture.getRGB(1, 0));
    assertEquals(0xFF00FF00, picture.getRGB(2, 0));
    assertEquals(0xFF0000FF, picture.getRGB(0, 1));
    assertEquals(0xFF000000, picture.getRGB(1, 1));
    assertEquals(0xFF000000, picture.getRGB(3, 1), "an empty place is black");
  }

  @Test
  void greyStaysGrey() throws IOException {
    BufferedImage picture =
        read(new ImageGrid(new float[][] {{0.25f, 1}}, Shape.of(1, 2, 1), 8).png());
    assertEquals(1, picture.getWidth());
    assertEquals(64, picture.getRaster().getSample(0, 0, 0));
    assertEquals(255, picture.getRaster().getSample(0, 1, 0));
  }

  @Test
  void aJpegIsNearAndSmall() throws IOException {
    float[] ramp = new float[64 * 64];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % 64 / 63f;
    }
    ImageGrid grid = new ImageGrid(new float[][] {ramp}, Shape.of(1, 64, 64), 1);
    BufferedImage picture = read(grid.jpeg(0.8));
    assertEquals(128, picture.getRaster().getSample(32, 32, 0), 6);
    assertTrue(grid.jpeg(0.2).length < grid.jpeg(0.95).length);
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ImageGrid(new float[][] {{1, 1}}, Shape.of(2, 1, 1), 1));
    assertThrows(
        IllegalArgumentException.class, () -> new ImageGrid(new float[0][], Shape.of(1, 1, 1), 1));
  }
}
