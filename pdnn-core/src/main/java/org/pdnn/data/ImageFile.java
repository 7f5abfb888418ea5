package org.pdnn.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pdnn.network.Shape;

/// One picture in a file, without a label: what a user wants a class for.
public final class ImageFile {
  private ImageFile() {}

  /// Reads a file of any [PictureForm].
  ///
  /// @param shape (channels, height, width) that is wanted; a grey picture serves as three channels
  /// @return a set of one image, whose label is 0 for want of a better one
  /// @throws IOException if the file is none of them, damaged or of another shape
  public static Images read(Path file, Shape shape) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("%s is not a file; name a %s picture".formatted(file, PictureForm.NAMES));
    }
    Decoded decoded = Picture.read(file).pixels();
    Shape found = Shape.of(decoded.grey() ? 1 : 3, decoded.height(), decoded.width());
    boolean fits =
        shape.rank() == 3
            && shape.dimension(1) == decoded.height()
            && shape.dimension(2) == decoded.width()
            && (decoded.grey() || shape.dimension(0) == 3);
    if (!fits) {
      throw new IOException(
          "%s is a picture of %s (channels, height, width), but %s is wanted; convert it first"
              .formatted(file, found, shape));
    }
    byte[][] pixels = {decoded.planes(shape.dimension(0))};
    return new Images(
        String.valueOf(file.getFileName()), shape, Images.numbered(1), pixels, new int[1]);
  }
}
