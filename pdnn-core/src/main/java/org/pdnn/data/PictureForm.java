package org.pdnn.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The forms of pictures that are read. The first bytes of a file say which it is, whatever its
/// name says; names only tell pictures from other files.
@SuppressWarnings("ImmutableEnumChecker") // Its lists are made by List.of.
enum PictureForm {
  PNG(List.of("png"), "\u0089PNG\r\n\u001a\n"),
  JPEG(List.of("jpg", "jpeg", "jpe", "jfif"), "\u00ff\u00d8\u00ff"),
  BMP(List.of("bmp", "dib"), "BM"),
  GIF(List.of("gif"), "GIF87a", "GIF89a"),
  WEBP(List.of("webp"), "RIFF....WEBP"),
  TIFF(List.of("tif", "tiff"), "II*\0", "MM\0*"),
  PNM(List.of("pnm", "ppm", "pgm", "pbm"), "P1", "P2", "P3", "P4", "P5", "P6");

  /// The forms as a sentence names them: `is not a ... picture`.
  static final String NAMES = "PNG, JPEG, BMP, GIF, WebP, TIFF or PNM";

  /// First bytes as characters; a dot stands for any.
  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> beginnings;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> endings;

  PictureForm(List<String> endings, String... beginnings) {
    this.endings = endings;
    this.beginnings = List.of(beginnings);
  }

  /// The form of a file by its content.
  static Optional<PictureForm> of(byte[] file) {
    return Arrays.stream(values())
        .filter(form -> form.beginnings.stream().anyMatch(beginning -> begins(file, beginning)))
        .findFirst();
  }

  /// Whether a file is named as a picture that is read.
  static boolean named(Path file) {
    String ending = ending(file);
    return endings().anyMatch(ending::equals);
  }

  /// The endings of all forms.
  static Stream<String> endings() {
    return Arrays.stream(values()).flatMap(form -> form.endings.stream());
  }

  /// What follows the last dot of a file's name, in lower case; empty without a dot.
  static String ending(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean begins(byte[] file, String beginning) {
    if (file.length < beginning.length()) {
      return false;
    }
    for (int i = 0; i < beginning.length(); i++) {
      char wanted = beginning.charAt(i);
      if (wanted != '.' && wanted != (file[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }
}
