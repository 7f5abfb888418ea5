package org.pdnn.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pdnn.network.Shape;

/// One picture in a file, without a label: what a user wants a class for.
public final class ImageFile {
  private ImageFile() {}

  /// Whether a file is named as a picture that is read.
  public static boolean named(Path file) {
    return PictureForm.named(file);
  }

  /// How the names of such files end, in lower case, without the dot.
  public static List<String> endings() {
    return PictureForm.endings().toList();
  }

  /// Reads a file of any [PictureForm].
  ///
  /// @param shape (channels, height, width) that is wanted; a grey picture serves as three channels
  /// @param resize whether a picture of another size is scaled to that height and width, each on
  ///   its own, bilinearly as Pillow does it; else it is refused
  /// @return a set of one image, whose label is 0 for want of a better one
  /// @throws IOException if the file is none of them, damaged or of another shape
  public static Images read(Path file, Shape shape, boolean resize) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "%s is not a file; name a %s picture".formatted(file, PictureForm.NAMES));
    }
    return fitted(
        file.toString(),
        String.valueOf(file.getFileName()),
        PictureFile.read(file).pixels(),
        shape,
        resize,
        "scale it, as --resize does");
  }

  /// Reads the content of such a file.
  ///
  /// @param name of the picture, for messages
  /// @throws IOException as [#read(Path, Shape, boolean)]
  public static Images read(String name, byte[] content, Shape shape, boolean resize)
      throws IOException {
    return fitted(
        name,
        name,
        PictureFile.read(name, content).pixels(),
        shape,
        resize,
        "scale it, or ask for resize=true");
  }

  private static Images fitted(
      String file, String name, Decoded decoded, Shape shape, boolean resize, String remedy)
      throws IOException {
    int channels = shape.dimension(0);
    int height = shape.dimension(1);
    int width = shape.dimension(2);
    if (!decoded.grey() && channels != 3) {
      throw new IOException(
          "%s is a colour picture, but the network reads %s; make it grey first"
              .formatted(file, channels == 1 ? "grey ones" : channels + " channels"));
    }
    byte[] pixels = decoded.planes(channels);
    if (decoded.height() != height || decoded.width() != width) {
      if (!resize) {
        throw new IOException(
            "%s has %sx%s pixels, but %sx%s are wanted; %s"
                .formatted(file, decoded.width(), decoded.height(), width, height, remedy));
      }
      pixels = Resampling.of(pixels, decoded.height(), decoded.width(), height, width);
    }
    return new Images(name, shape, Images.numbered(1), new byte[][] {pixels}, new int[1]);
  }
}
