package org.pdnn.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures have the values that lie in the file, whatever its form and profile.
class PictureFileTest {
  @TempDir private Path folder;

  private byte[] read(byte[] file) throws IOException {
    Decoded decoded = PictureFile.read(Files.write(folder.resolve("picture"), file)).pixels();
    return decoded.planes(decoded.grey() ? 1 : 3);
  }

  static byte[] written(BufferedImage image, String form) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, form, bytes));
    return bytes.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /// Two pixels of components of eight bits.
  private static WritableRaster pair(int... components) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 2, 1, components.length / 2, null);
    raster.setPixels(0, 0, 2, 1, components);
    return raster;
  }

  private static BufferedImage image(ColorSpace space, WritableRaster raster) {
    var model =
        new ComponentColorModel(
            space,
            raster.getNumBands() > space.getNumComponents(),
            false,
            raster.getNumBands() > space.getNumComponents()
                ? Transparency.TRANSLUCENT
                : Transparency.OPAQUE,
            raster.getTransferType());
    return new BufferedImage(model, raster, false, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void coloursAreTheStoredOnes(String form) throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x0A64C8);
    image.setRGB(1, 0, 0xFF8001);
    byte[] planes = bytes(10, 255, 100, 128, 200, 1);
    assertArrayEquals(planes, read(written(image, form)));
  }

  /// A linear profile brightens 100 to 168 where it is applied.
  @ParameterizedTest
  @ValueSource(strings = {"tiff", "jpg"})
  void aColourProfileInTheFileIsNotApplied(String form) throws IOException {
    ICC_ColorSpace linear = new ICC_ColorSpace(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB));
    byte[] file = written(image(linear, pair(100, 50, 200, 100, 50, 200)), form);
    assertArrayEquals(bytes(100, 100, 50, 50, 200, 200), rounded(read(file)));
  }

  /// JPEG keeps colours to within a few steps; these are multiples of 50.
  private static byte[] rounded(byte[] planes) {
    byte[] rounded = new byte[planes.length];
    for (int i = 0; i < planes.length; i++) {
      rounded[i] = (byte) (50 * Math.round((planes[i] & 0xFF) / 50f));
    }
    return rounded;
  }

  @Test
  void aGammaInAPngIsNotApplied() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x0A64C8);
    byte[] plain = written(image, "png");
    // gAMA of 1/1.0 with its CRC, after the header of 33 bytes.
    byte[] gamma = bytes(0, 0, 0, 4, 'g', 'A', 'M', 'A', 0, 1, 0x86, 0xA0, 0x31, 0xE8, 0x96, 0x5F);
    byte[] file = new byte[plain.length + gamma.length];
    System.arraycopy(plain, 0, file, 0, 33);
    System.arraycopy(gamma, 0, file, 33, gamma.length);
    System.arraycopy(plain, 33, file, 33 + gamma.length, plain.length - 33);
    assertArrayEquals(read(plain), read(file));
  }

  @Test
  void transparencyIsIgnoredAndPalettesAreLookedUp() throws IOException {
    ColorSpace rgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    BufferedImage clear = image(rgb, pair(10, 20, 30, 0, 40, 50, 60, 128));
    assertArrayEquals(bytes(10, 40, 20, 50, 30, 60), read(written(clear, "png")));
    ColorSpace grey = ColorSpace.getInstance(ColorSpace.CS_GRAY);
    assertArrayEquals(bytes(7, 99), read(written(image(grey, pair(7, 0, 99, 128)), "png")));
    IndexColorModel palette = new IndexColorModel(4, 2, bytes(1, 200), bytes(2, 100), bytes(3, 50));
    BufferedImage indexed = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
    indexed.getRaster().setSample(1, 0, 0, 1);
    for (String form : new String[] {"png", "gif", "bmp"}) {
      assertArrayEquals(bytes(1, 200, 2, 100, 3, 50), read(written(indexed, form)), form);
    }
  }

  @Test
  void greyOfOneBitIsBlackAndWhiteAndOfSixteenItsUpperByte() throws IOException {
    BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.getRaster().setSample(1, 0, 0, 1);
    assertArrayEquals(bytes(0, 255), read(written(bits, "png")));
    BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 0x12FF);
    deep.getRaster().setSample(1, 0, 0, 0xFFFF);
    assertArrayEquals(bytes(0x12, 255), read(written(deep, "png")));
  }

  /// A JPEG whose components are these numbers, by the markers that are asked for.
  ///
  /// @param adobe the transform in Adobe's marker
  private static byte[] jpeg(int adobe, int... components) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, components.length, null);
    for (int i = 0; i < 64; i++) {
      raster.setPixel(i % 8, i / 8, components);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam finest = writer.getDefaultWriteParam();
      finest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      finest.setCompressionQuality(1);
      writer.write(null, new IIOImage(raster, null, null), finest);
    } finally {
      writer.dispose();
    }
    byte[] plain = bytes.toByteArray();
    byte[] marker = bytes(0xFF, 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, adobe);
    byte[] file = new byte[plain.length + marker.length];
    System.arraycopy(plain, 0, file, 0, 2);
    System.arraycopy(marker, 0, file, 2, marker.length);
    System.arraycopy(plain, 2, file, 2 + marker.length, plain.length - 2);
    return file;
  }

  private byte[] firstPixel(byte[] file) throws IOException {
    byte[] planes =
        PictureFile.read(Files.write(folder.resolve("picture"), file)).pixels().planes(3);
    return bytes(planes[0], planes[64], planes[128]);
  }

  /// Inks are stored as 255 - ink, so 50, 180, 0, 255 is cyan 205, magenta 75, yellow 255, black 0.
  @ParameterizedTest
  @CsvSource({
    "50, 180, 0, 255, 50, 180, 0",
    "50, 180, 0, 128, 25, 90, 0",
    "255, 255, 200, 0, 0, 0, 0",
    "200, 100, 50, 51, 40, 20, 10"
  })
  void cmykIsInkTakenFromLight(int c, int m, int y, int k, int red, int green, int blue)
      throws IOException {
    assertArrayEquals(bytes(red, green, blue), firstPixel(jpeg(0, c, m, y, k)));
  }

  @Test
  void ycckIsCmykWhoseInksAreYcc() throws IOException {
    // Y, Cb, Cr of (50, 100, 200) by JFIF, which are the inks; light 255 - ink, all of it.
    assertArrayEquals(bytes(205, 156, 54), firstPixel(jpeg(2, 96, 187, 95, 255)));
  }

  @Test
  void threeComponentsAreYccUnlessAdobeSaysRgb() throws IOException {
    assertArrayEquals(bytes(50, 99, 201), firstPixel(jpeg(1, 96, 187, 95)));
    assertArrayEquals(bytes(96, 187, 95), firstPixel(jpeg(0, 96, 187, 95)));
  }

  @ParameterizedTest
  @CsvSource({
    "'P1 # bits\n2 2\n01 1 0', 255 0 0 255",
    "'P2\n2 2 10\n0 5\n10 3', 0 128 255 77",
    "'P3 1 1 255 10 20 30', 10 20 30",
    "'P3 2 1 255 9 9 9 8 8 8', 9 8",
    "'P5 2 1 255\nAB', 65 66",
    "'P6 1 1 255\nABC', 65 66 67",
    "'P4 2 2\n@\u007f', 255 0 255 0"
  })
  void pnmIsReadAsTextOrBytes(String file, String pixels) throws IOException {
    int[] expected = Arrays.stream(pixels.split(" ")).mapToInt(Integer::parseInt).toArray();
    assertArrayEquals(bytes(expected), read(file.getBytes(ISO_8859_1)));
  }

  /// A lossless WebP with the first two pixels, (200, 100, 50) and (200, 180, 50): symbols of one
  /// value take no bits, those of two take one.
  static byte[] webp(int width, int height) {
    Bits bits = new Bits();
    bits.put(0x2F, 8).put(width - 1, 14).put(height - 1, 14).put(0, 1).put(0, 3);
    // No transform, no colour cache, one group of codes: green, red, blue, alpha, distance.
    bits.put(0, 3);
    bits.put(0b111, 3).put(100, 8).put(180, 8);
    for (int value : new int[] {200, 50, 255}) {
      bits.put(0b101, 3).put(value, 8);
    }
    bits.put(0b0001, 4).put(0b10, 2);
    byte[] content = bits.bytes();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("RIFF".getBytes(ISO_8859_1));
    file.writeBytes(bytes(12 + content.length, 0, 0, 0));
    file.writeBytes("WEBPVP8L".getBytes(ISO_8859_1));
    file.writeBytes(bytes(content.length, 0, 0, 0));
    file.writeBytes(content);
    return file.toByteArray();
  }

  /// Bits in bytes, the lowest first; an even number of bytes.
  private static final class Bits {
    private final BitSet bits = new BitSet();
    private int length;

    Bits put(int value, int count) {
      for (int i = 0; i < count; i++, length++) {
        bits.set(length, (value >> i & 1) == 1);
      }
      return this;
    }

    byte[] bytes() {
      return Arrays.copyOf(bits.toByteArray(), 2 * Math.ceilDiv(length, 16));
    }
  }

  @Test
  void webpIsRead() throws IOException {
    assertArrayEquals(bytes(200, 200, 100, 180, 50, 50), read(webp(2, 1)));
  }

  /// 4096x4096 pixels in 48 bytes: the codes of the first are there, its pixels are not.
  @Test
  void webpThatEndsEarlyIsRefused() throws IOException {
    Path path = Files.write(folder.resolve("x.webp"), webp(4096, 4096));
    Refusal.of(
        () -> PictureFile.read(path), "x.webp cannot be decoded (it ends before its last pixel)");
  }

  @Test
  void theContentSaysTheFormAndNotTheName() throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    Path file = Files.write(folder.resolve("tiff.png"), written(image, "tiff"));
    assertEquals(8, PictureFile.read(file).pixels().height());
    Path wbmp = Files.write(folder.resolve("wbmp.png"), bytes(0, 0, 8, 8, 1, 2, 3, 4, 5, 6, 7, 8));
    Refusal.of(
        () -> PictureFile.read(wbmp),
        "wbmp.png is not a PNG, JPEG, BMP, GIF, WebP, TIFF or PNM picture");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P5 4097 4096 255 ",
        "P5 99999999999 1 255 ",
        "P5 2 2 255\nABC",
        "P2 2 2 255 1 2 3",
        "P5 2 2 65536\nABCD",
        "P5",
        "P1 1 1 2"
      })
  void damagedPnmIsRefused(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("x.pgm"), text);
    Refusal.of(() -> PictureFile.read(file), "x.pgm cannot be decoded (", "save it again, as PNG");
  }

  /// A scan of nothing but ends of bands takes few bytes and as long as the picture is large.
  @Test
  void theScansOfAJpegAreBounded() throws IOException {
    BufferedImage image = new BufferedImage(2048, 2048, BufferedImage.TYPE_BYTE_GRAY);
    byte[] plain = written(image, "jpg");
    int scan = indexOf(plain, 0xDA);
    byte[] header = Arrays.copyOfRange(plain, scan, scan + 10);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(plain, 0, scan);
    for (int i = 0; i < 64; i++) {
      bytes.writeBytes(header);
    }
    bytes.write(plain, scan, plain.length - scan);
    assertEquals(65, Jpeg.of(bytes.toByteArray()).scans());
    Path file = Files.write(folder.resolve("x.jpg"), bytes.toByteArray());
    Refusal.of(
        () -> PictureFile.read(file), "its 65 scans of 2048x2048 pixels would take too long");
  }

  private static int indexOf(byte[] file, int marker) {
    int at = 0;
    while (file[at] != -1 || (file[at + 1] & 0xFF) != marker) {
      at++;
    }
    return at;
  }

  @Test
  void theDigestIsOfTheBytes() throws IOException {
    Path file = Files.writeString(folder.resolve("a.pgm"), "P2 1 1 255 7");
    long digest = PictureFile.read(file).digest();
    Files.writeString(file, "P2 1 1 255 7 ");
    assertNotEquals(digest, PictureFile.read(file).digest());
    assertFalse(PictureFile.read(file).pixels().planes(3).length == 1);
  }
}
