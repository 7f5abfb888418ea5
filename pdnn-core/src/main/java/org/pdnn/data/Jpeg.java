package org.pdnn.data;

import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;

/// What the markers of a JPEG file say: how its components become colours, and how many scans there
/// are to decode.
///
/// @param scans passes over the picture
/// @param jfif whether the file says that it is JFIF, whose colours are YCbCr
/// @param adobe the colour transform that Adobe's marker names; -1 without one
/// @param components identifiers of the components, one a character
record Jpeg(int scans, boolean jfif, int adobe, String components) {
  /// Sixteen scans of the largest picture: a scan takes time in proportion to the picture, but next
  /// to no bytes.
  private static final long MOST_WORK = 1L << 28;

  private static final int YCCK = 2;

  /// Reads the markers, passing over what lies between them.
  static Jpeg of(byte[] file) {
    int scans = 0;
    boolean jfif = false;
    int adobe = -1;
    String components = "";
    for (int at = 2; at + 4 <= file.length; ) {
      int marker = file[at] == -1 ? file[at + 1] & 0xFF : 0;
      if (marker < 0xC0 || marker == 0xFF || (marker >= 0xD0 && marker <= 0xD8)) {
        // A byte of a scan, a fill byte, or a marker without content.
        at++;
        continue;
      }
      if (marker == 0xD9) {
        break;
      }
      int length = (file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF);
      int end = Math.min(at + 2 + Math.max(length, 2), file.length);
      switch (marker) {
        case 0xDA -> scans++;
        case 0xE0 -> jfif |= holds(file, at + 4, end, "JFIF");
        case 0xEE ->
            adobe = holds(file, at + 4, end, "Adobe") && end - at > 15 ? file[at + 15] : adobe;
        case 0xC0, 0xC1, 0xC2, 0xC3 -> components = components(file, at + 10, end);
        default -> {}
      }
      at = end;
    }
    return new Jpeg(scans, jfif, adobe, components);
  }

  private static String components(byte[] file, int from, int end) {
    StringBuilder identifiers = new StringBuilder();
    for (int at = from; at < end; at += 3) {
      identifiers.append((char) (file[at] & 0xFF));
    }
    return identifiers.toString();
  }

  private static boolean holds(byte[] file, int from, int end, String name) {
    boolean holds = end - from >= name.length();
    for (int i = 0; holds && i < name.length(); i++) {
      holds = file[from + i] == name.charAt(i);
    }
    return holds;
  }

  /// Decodes the picture, converting its components as libjpeg and Pillow do.
  Decoded read(ImageReader reader) throws IOException {
    if ((long) scans * reader.getHeight(0) * reader.getWidth(0) > MOST_WORK) {
      throw new IOException(
          "its %s scans of %sx%s pixels would take too long"
              .formatted(scans, reader.getWidth(0), reader.getHeight(0)));
    }
    Raster raster = reader.readRaster(0, null);
    return switch (raster.getNumBands()) {
      case 1 -> StoredColours.pixels(raster, 1, (from, at, to, put) -> to[put] = (byte) from[at]);
      case 3 -> StoredColours.pixels(raster, 3, isRgb() ? Jpeg::rgb : Jpeg::fromYcc);
      case 4 -> StoredColours.pixels(raster, 3, adobe == YCCK ? Jpeg::fromYcck : Jpeg::fromCmyk);
      default -> throw new IOException("it has %s components".formatted(raster.getNumBands()));
    };
  }

  /// Whether three components are red, green and blue, by libjpeg's rules.
  private boolean isRgb() {
    return !jfif && (adobe == 0 || (adobe < 0 && components.equals("RGB")));
  }

  private static void rgb(int[] from, int at, byte[] to, int put) {
    for (int i = 0; i < 3; i++) {
      to[put + i] = (byte) from[at + i];
    }
  }

  /// JFIF's equations in 16 bits after the binary point, as libjpeg rounds them.
  private static void fromYcc(int[] from, int at, byte[] to, int put) {
    int y = from[at];
    int cb = from[at + 1] - 128;
    int cr = from[at + 2] - 128;
    to[put] = clamped(y + ((91881 * cr + 32768) >> 16));
    to[put + 1] = clamped(y + ((-22554 * cb - 46802 * cr + 32768) >> 16));
    to[put + 2] = clamped(y + ((116130 * cb + 32768) >> 16));
  }

  /// Inks are stored inverted: 255 is none.
  private static void fromCmyk(int[] from, int at, byte[] to, int put) {
    for (int i = 0; i < 3; i++) {
      to[put + i] = StoredColours.remaining(255 - from[at + i], from[at + 3]);
    }
  }

  private static void fromYcck(int[] from, int at, byte[] to, int put) {
    fromYcc(from, at, to, put);
    for (int i = 0; i < 3; i++) {
      to[put + i] = StoredColours.remaining(to[put + i] & 0xFF, from[at + 3]);
    }
  }

  private static byte clamped(int value) {
    return (byte) Math.clamp(value, 0, 255);
  }
}
