package org.pdnn.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.pdnn.network.Shape;

/// Reads the IDX files of MNIST and of the sets published in its form (Fashion-MNIST, KMNIST,
/// EMNIST).
///
/// Y. LeCun, C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits". An image file
/// is the big-endian integers 2051, count, height, width and then one byte a pixel; a label file is
/// 2049, count and then one byte a label. Files may be packed with gzip, whatever their names say.
/// There are as many classes as the largest label of either part asks for.
public final class Idx {
  private static final int IMAGES = 2051;
  private static final int LABELS = 2049;

  /// Larger sets (2^30 bytes, 2^22 images) are taken for a mistake or an attack.
  private static final long MOST_BYTES = 1L << 30;

  private static final int MOST_IMAGES = 1 << 22;

  /// EMNIST's letters.
  private static final int LETTERS = 26;

  private Idx() {}

  /// The images of one file and their labels, before the classes are known.
  @SuppressWarnings("ArrayRecordComponent") // Handed on within this file, never compared.
  private record Part(Shape shape, byte[][] pixels, int[] labels) {
    /// @param first the label of the first class
    Images named(String name, List<String> classes, int first) {
      int[] numbered = Arrays.stream(labels).map(label -> label - first).toArray();
      return new Images(name, shape, classes, pixels, numbered);
    }
  }

  /// Reads the four files of MNIST's layout, each with or without `.gz`.
  ///
  /// @param name what the set is called
  /// @throws IOException if a file is missing or damaged, naming it
  public static DataSet readFolder(String name, Path folder) throws IOException {
    IdxFiles files =
        IdxFiles.find(folder)
            .orElseThrow(() ->
                new IOException(
                    folder + " holds no train-images-idx3-ubyte; put the four files there"));
    return read(name, files, MemoryBudget.ofHeap());
  }

  static DataSet read(String name, IdxFiles files, MemoryBudget budget) throws IOException {
    Part training = part(files.member("train", "images"), files.member("train", "labels"), budget);
    Part test = part(files.member("t10k", "images"), files.member("t10k", "labels"), budget);
    if (!training.shape().equals(test.shape())) {
      throw new IOException(
          "%s has images of %s, but %s of %s; put files there that belong together"
              .formatted(
                  files.member("train", "images"),
                  training.shape(),
                  files.member("t10k", "images"),
                  test.shape()));
    }
    IntSummaryStatistics labels =
        IntStream.concat(Arrays.stream(training.labels()), Arrays.stream(test.labels()))
            .summaryStatistics();
    // EMNIST numbers its letters from 1.
    boolean letters =
        files.prefix().toLowerCase(Locale.ROOT).contains("letters")
            && labels.getMin() == 1
            && labels.getMax() == LETTERS;
    List<String> classes =
        letters
            ? IntStream.range(0, LETTERS).mapToObj(i -> Character.toString('a' + i)).toList()
            : Images.numbered(labels.getMax() + 1);
    Images trained = training.named(name + " training", classes, letters ? 1 : 0);
    Images tested = test.named(name + " test", classes, letters ? 1 : 0);
    List<String> notes = new ArrayList<>(Absent.notes("training", trained));
    notes.addAll(Absent.notes("test", tested));
    return new DataSet(name, trained, tested, String.join(" ", notes));
  }

  /// Reads the images of one file and their labels from another.
  ///
  /// @param name what the images are called
  /// @throws IOException if a file is missing or damaged or they do not belong together
  public static Images read(String name, Path imageFile, Path labelFile) throws IOException {
    Part part = part(imageFile, labelFile, MemoryBudget.ofHeap());
    int classes = Arrays.stream(part.labels()).max().orElseThrow() + 1;
    return part.named(name, Images.numbered(classes), 0);
  }

  private static Part part(Path imageFile, Path labelFile, MemoryBudget budget) throws IOException {
    int[] labels = labels(labelFile);
    try (Unpacked in = Unpacked.open(imageFile)) {
      int count = count(in, IMAGES, "images");
      long height = Integer.toUnsignedLong(in.readInt());
      long width = Integer.toUnsignedLong(in.readInt());
      if (height < 1 || width < 1 || height > MOST_BYTES || width > MOST_BYTES / height / count) {
        throw in.fault(
            "announces %s images of %sx%s pixels, which are not 1 to 2^30 bytes"
                .formatted(count, height, width));
      }
      if (count * height * width > in.most()) {
        throw in.fault(
            "announces %s images of %sx%s pixels, more than it can hold"
                .formatted(count, height, width));
      }
      if (count != labels.length) {
        throw new IOException(
            "%s has %s images but %s has %s labels; put files there that belong together"
                .formatted(imageFile, count, labelFile, labels.length));
      }
      Shape shape = shape(in, (int) height, (int) width);
      budget.take(imageFile, count, shape.size());
      byte[][] pixels = new byte[count][];
      for (int index = 0; index < count; index++) {
        pixels[index] = new byte[shape.size()];
        in.readFully(pixels[index]);
      }
      in.expectEnd();
      return new Part(shape, pixels, labels);
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
      throw in.fault("announces %s %s, not 1 to 2^22".formatted(count, what));
    }
    if (count > in.most()) {
      throw in.fault("announces %s %s, more than it can hold".formatted(count, what));
    }
    return (int) count;
  }
}
