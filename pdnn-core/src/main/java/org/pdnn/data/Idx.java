package org.pdnn.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pdnn.network.Shape;

/// Reads the IDX files of MNIST and of the sets published in its form (Fashion-MNIST, KMNIST).
///
/// Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits". An image file
/// is the big-endian integers 2051, count, height, width and then one byte a pixel; a label file is
/// 2049, count and then one byte a label. Files may be packed with gzip, whatever their names say.
public final class Idx {
  private static final int IMAGES = 2051;
  private static final int LABELS = 2049;
  private static final int CLASSES = 10;

  /// Larger sets (2^30 bytes, 2^24 images) are taken for a mistake or an attack.
  private static final long MOST_BYTES = 1L << 30;

  private static final int MOST_IMAGES = 1 << 24;

  private Idx() {}

  /// Whether a folder holds the training images under MNIST's name, with or without `.gz`.
  static boolean isIn(Path folder) {
    return Files.exists(member(folder, "train-images-idx3-ubyte"));
  }

  /// Reads the four files of MNIST's layout, each with or without `.gz`.
  ///
  /// @param name what the set is called
  /// @throws IOException if a file is missing or damaged, naming it
  public static DataSet readFolder(String name, Path folder) throws IOException {
    return new DataSet(
        name,
        readPair(name + " training", folder, "train"),
        readPair(name + " test", folder, "t10k"),
        "");
  }

  private static Images readPair(String name, Path folder, String prefix) throws IOException {
    return read(
        name,
        member(folder, prefix + "-images-idx3-ubyte"),
        member(folder, prefix + "-labels-idx1-ubyte"));
  }

  /// The file as it lies in the folder; the packed name if there is neither.
  static Path member(Path folder, String name) {
    Path plain = folder.resolve(name);
    return Files.exists(plain) ? plain : folder.resolve(name + ".gz");
  }

  /// Reads the images of one file and their labels, 0 to 9, from another.
  ///
  /// @param name what the images are called
  /// @throws IOException if a file is missing or damaged or they do not belong together
  public static Images read(String name, Path imageFile, Path labelFile) throws IOException {
    int[] labels = labels(labelFile);
    try (Unpacked in = Unpacked.open(imageFile)) {
      int count = count(in, IMAGES, "images");
      long height = Integer.toUnsignedLong(in.readInt());
      long width = Integer.toUnsignedLong(in.readInt());
      if (height < 1 || width < 1 || height > MOST_BYTES || width > MOST_BYTES / height / count) {
        throw in.fault(
            "announces %s images of %dx%s pixels, which are not 1 to 2^30 bytes"
                .formatted(count, height, width));
      }
      if (count * height * width > in.most()) {
        throw in.fault(
            "announces %s images of %dx%s pixels, more than it can hold"
                .formatted(count, height, width));
      }
      if (count != labels.length) {
        throw new IOException(
            "%s has %s images but %s has %s labels; put files there that belong together"
                .formatted(imageFile, count, labelFile, labels.length));
      }
      Shape shape = shape(in, (int) height, (int) width);
      byte[][] pixels = new byte[count][];
      for (int index = 0; index < count; index++) {
        pixels[index] = new byte[shape.size()];
        in.readFully(pixels[index]);
      }
      in.expectEnd();
      return new Images(name, shape, Images.numbered(CLASSES), pixels, labels);
    }
  }

  private static Shape shape(Unpacked in, int height, int width) throws IOException {
    try {
      return Shape.of(1, height, width);
    } catch (IllegalArgumentException e) {
      throw in.fault("announces images that are too large (" + e.getMessage() + ")");
    }
  }

  private static int[] labels(Path file) throws IOException {
    try (Unpacked in = Unpacked.open(file)) {
      byte[] bytes = new byte[count(in, LABELS, "labels")];
      in.readFully(bytes);
      in.expectEnd();
      int[] labels = new int[bytes.length];
      for (int index = 0; index < labels.length; index++) {
        labels[index] = bytes[index] & 0xFF;
        if (labels[index] >= CLASSES) {
          throw in.fault(
              "says that label %s is %s, but labels are 0 to 9".formatted(index, labels[index]));
        }
      }
      return labels;
    }
  }

  private static int count(Unpacked in, int magic, String what) throws IOException {
    int found = in.readInt();
    if (found != magic) {
      throw in.fault(
          "is no IDX file of %s: its first four bytes must be %s, got %s"
              .formatted(what, magic, found));
    }
    long count = Integer.toUnsignedLong(in.readInt());
    if (count < 1 || count > MOST_IMAGES) {
      throw in.fault("announces %s %s, not 1 to 2^24".formatted(count, what));
    }
    if (count > in.most()) {
      throw in.fault("announces %s %s, more than it can hold".formatted(count, what));
    }
    return (int) count;
  }
}
