package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Shape;

class ImageFolderTest {
  @TempDir private Path folder;

  /// A picture of 3x2 pixels of one colour (0xRRGGBB).
  private void picture(String path, int colour) throws IOException {
    picture(path, colour, BufferedImage.TYPE_INT_RGB, 3, 2);
  }

  private void picture(String path, int colour, int type, int width, int height)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int i = 0; i < width * height; i++) {
      if (type == BufferedImage.TYPE_BYTE_GRAY) {
        image.getRaster().setSample(i % width, i / width, 0, colour & 0xFF);
      } else {
        image.setRGB(i % width, i / width, colour);
      }
    }
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    String format = path.substring(path.lastIndexOf('.') + 1).replace("jpeg", "jpg");
    assertTrue(ImageIO.write(image, format, file.toFile()));
  }

  private static float[] pixels(Images images, int index) {
    float[] pixels = new float[images.shape().size()];
    images.read(index, pixels, 0);
    return pixels;
  }

  @Test
  void theFoldersTrainAndTestAreTheSplitAndClassesAreInAlphabeticalOrder() throws IOException {
    picture("train/dog/a.png", 0xFF0000);
    picture("train/cat/b.png", 0x00FF00);
    picture("train/cat/a.png", 0x0000FF);
    picture("test/cat/x.png", 0x000000);
    picture("test/dog/x.png", 0xFFFFFF);
    DataSet set = ImageFolder.read("pets", folder);
    assertEquals(Shape.of(3, 2, 3), set.training().shape());
    assertEquals(2, set.training().classes());
    assertEquals(3, set.training().count());
    assertEquals(List.of("cat", "dog"), set.training().classNames());
    float[] red = {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    for (int i = 0; i < 3; i++) {
      assertEquals(
          set.training().label(i) == 1,
          Arrays.equals(red, pixels(set.training(), i)),
          "image " + i);
    }
    for (int i = 0; i < 2; i++) {
      assertEquals(set.test().label(i), pixels(set.test(), i)[0]);
    }
    assertEquals("", set.note());
  }

  @Test
  void greyImagesHaveOneChannelAndKeepTheirValues() throws IOException {
    picture("train/a/grey.png", 100, BufferedImage.TYPE_BYTE_GRAY, 3, 2);
    picture("train/a/rgb.png", 0x646464);
    picture("test/a/grey.gif", 0x646464);
    DataSet set = ImageFolder.read("grey", folder);
    assertEquals(Shape.of(1, 2, 3), set.training().shape());
    assertEquals(100 / 255f, pixels(set.training(), 0)[0]);
    assertEquals(100 / 255f, pixels(set.training(), 1)[5]);
    assertEquals(100 / 255f, pixels(set.test(), 0)[3]);
  }

  @Test
  void oneColouredImageGivesAllThreeChannels() throws IOException {
    picture("train/a/grey.png", 100, BufferedImage.TYPE_BYTE_GRAY, 3, 2);
    picture("test/a/red.jpeg", 0xFF0000);
    DataSet set = ImageFolder.read("mixed", folder);
    assertEquals(Shape.of(3, 2, 3), set.training().shape());
    for (float value : pixels(set.training(), 0)) {
      assertEquals(100 / 255f, value);
    }
  }

  @Test
  void anImageOfAnotherSizeIsNamed() throws IOException {
    picture("train/a/1.png", 0);
    picture("train/a/2.png", 0, BufferedImage.TYPE_INT_RGB, 4, 2);
    picture("test/a/1.png", 0);
    refused("2.png has 4x2 pixels but", "1.png has 3x2; scale all images to one size");
  }

  @Test
  void imagesWithoutClassesFollowTheirList() throws IOException {
    List<String> lines = new ArrayList<>(List.of("file,split"));
    String[] splits = {"train", "train", "test", "valid", "val"};
    for (int i = 0; i < splits.length; i++) {
      picture(i + ".jpg", 0xFF0000);
      lines.add(i + ".jpg," + splits[i]);
    }
    picture("unlisted.jpg", 0xFF0000);
    Files.write(folder.resolve("list.csv"), lines);
    DataSet set = ImageFolder.read("faces", folder);
    assertEquals(1, set.training().classes());
    assertEquals(2, set.training().count());
    assertEquals(1, set.test().count());
    assertEquals("The 2 validation images of list.csv are left out.", set.note());
  }

  @Test
  void imagesWithoutClassesAndListAreOneClass() throws IOException {
    for (int i = 0; i < 40; i++) {
      picture(i + ".png", i);
    }
    DataSet set = ImageFolder.read("flat", folder);
    assertEquals(1, set.test().classes());
    assertEquals(40, set.training().count() + set.test().count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.png;train", "../1.png,train", "1.png,training", ",train", "2.png,train", ""})
  void aWrongLineOfTheListIsNamed(String line) throws IOException {
    picture("1.png", 0);
    Files.write(folder.resolve("list.csv"), List.of("file,split", "1.png,test", line));
    refused("list.csv, line 3: ");
  }

  @Test
  void aListMustBeginWithItsHeader() throws IOException {
    picture("1.png", 0);
    Files.writeString(folder.resolve("list.csv"), "1.png,test\n");
    refused("list.csv must begin with the line file,split");
  }

  @Test
  void aListThatIsNoTextIsRefused() throws IOException {
    picture("1.png", 0);
    Files.write(folder.resolve("list.csv"), new byte[] {'f', (byte) 0xFF, (byte) 0xFE});
    refused("list.csv is not text in UTF-8");
  }

  @Test
  void anEmptyFolderIsToldTheLayout() {
    refused("holds neither images nor a folder for each class; lay the images out as");
  }

  @Test
  void anEmptyClassIsNamed() throws IOException {
    picture("a/1.png", 0);
    Files.createDirectory(folder.resolve("b"));
    refused("b holds no images (PNG, JPEG, BMP, GIF, WebP, TIFF or PNM)");
  }

  @Test
  void aTestPartMayLackAClassButNotHaveAnotherOne() throws IOException {
    picture("train/a/1.png", 0);
    picture("train/b/1.png", 0);
    picture("test/b/1.png", 0);
    DataSet set = ImageFolder.read("x", folder);
    assertEquals(1, set.test().label(0));
    assertEquals("There are no test images of a.", set.note());
    picture("test/c/1.png", 0);
    refused("test has the class c, which", "train has not; give both the same folders");
  }

  @Test
  void tooFewImagesForASplitAreRefused() throws IOException {
    picture("a/1.png", 0);
    refused("images; add images, or the folders train and test");
  }

  @Test
  void aFileThatIsNoImageIsNamed() throws IOException {
    picture("train/a/1.png", 0);
    picture("test/a/1.png", 0);
    Files.writeString(folder.resolve("train/a/2.png"), "not a picture");
    refused("2.png is not a PNG, JPEG, BMP, GIF, WebP, TIFF or PNM picture; replace it");
  }

  @Test
  void anImageCutShortIsNamed() throws IOException {
    picture("train/a/1.png", 0);
    picture("test/a/1.png", 0);
    byte[] bytes = Files.readAllBytes(folder.resolve("train/a/1.png"));
    for (int length = 20; length < 45; length++) {
      Files.write(folder.resolve("test/a/1.png"), Arrays.copyOf(bytes, length));
      refused("1.png cannot be decoded (");
    }
  }

  @Test
  void anImageThatAnnouncesGigapixelsIsNotAllocated() throws IOException {
    picture("train/a/1.png", 0);
    picture("test/a/1.png", 0);
    byte[] bytes = Files.readAllBytes(folder.resolve("test/a/1.png"));
    // Width and height lie at bytes 16 and 20 of a PNG file, big-endian.
    bytes[17] = 1;
    bytes[21] = 1;
    Files.write(folder.resolve("test/a/1.png"), bytes);
    refused("65539x65538 pixels are not 1 to 2^24");
  }

  private void refused(String... parts) {
    Refusal.of(() -> ImageFolder.read("x", folder), parts);
  }
}
