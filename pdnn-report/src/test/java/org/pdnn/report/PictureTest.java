package org.pdnn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTest {
  @Test
  void greyValuesSurviveThePng() throws IOException {
    byte[] pixels = {0, 1, 64, 127, (byte) 128, (byte) 255};
    BufferedImage read = read(Picture.grey(3, 2, pixels, ""));
    assertArrayEquals(
        new int[] {0, 1, 64, 127, 128, 255}, read.getRaster().getPixels(0, 0, 3, 2, (int[]) null));
  }

  @Test
  void coloursSurviveThePng() throws IOException {
    byte[] pixels = {(byte) 255, 0, 0, 1, (byte) 128, 64};
    BufferedImage read = read(Picture.rgb(2, 1, pixels, ""));
    assertEquals(0xffff0000, read.getRGB(0, 0));
    assertEquals(0xff018040, read.getRGB(1, 0));
  }

  private static BufferedImage read(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.png()));
  }
}
