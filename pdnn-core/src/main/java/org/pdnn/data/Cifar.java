package org.pdnn.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pdnn.network.Shape;

/// Reads the binary version of CIFAR-10: five training batches and a test batch.
///
/// A. Krizhevsky, "Learning multiple layers of features from tiny images", 2009. A batch is up to
/// 10,000 records of 3,073 bytes: the label, then 32x32 red, green and blue values in row-major
/// order.
public final class Cifar {
  /// The published archive, from which the batches are read without unpacking it to disk.
  static final String ARCHIVE = "cifar-10-binary.tar.gz";

  private static final String FOLDER = "cifar-10-batches-bin";
  private static final String TEST = "test_batch.bin";
  private static final List<String> TRAINING =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin");
  private static final Shape SHAPE = Shape.of(3, 32, 32);
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final int RECORD = 1 + 3 * 32 * 32;
  private static final int MOST_BYTES = 10_000 * RECORD;

  private Cifar() {}

  /// Whether a folder holds the first batch, the archive's folder, or the archive.
  static boolean isIn(Path folder) {
    return source(folder) != null;
  }

  /// Reads the set from a folder with the batches, or with the archive, or from the archive.
  ///
  /// Without `test_batch.bin` the last training batch is held out for test, and the note says so.
  ///
  /// @throws IOException if a batch is missing or damaged, naming it
  public static DataSet read(Path folderOrArchive) throws IOException {
    Path source = Files.isDirectory(folderOrArchive) ? source(folderOrArchive) : folderOrArchive;
    if (source == null) {
      throw new IOException(
          "%s holds neither %s nor %s; put one of them there"
              .formatted(folderOrArchive, TRAINING.getFirst(), ARCHIVE));
    }
    Map<String, byte[]> batches =
        Files.isDirectory(source)
            ? readFolder(source)
            : Tar.read(source, name -> name.equals(TEST) || TRAINING.contains(name), MOST_BYTES);
    return assemble(source, batches);
  }

  private static @Nullable Path source(Path folder) {
    for (Path inside : List.of(folder, folder.resolve(FOLDER))) {
      if (Files.exists(inside.resolve(TRAINING.getFirst()))) {
        return inside;
      }
    }
    Path archive = folder.resolve(ARCHIVE);
    return Files.exists(archive) ? archive : null;
  }

  private static Map<String, byte[]> readFolder(Path folder) throws IOException {
    Map<String, byte[]> batches = new TreeMap<>();
    List<String> names = new ArrayList<>(TRAINING);
    names.add(TEST);
    for (String name : names) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        batches.put(name, readFile(file));
      }
    }
    return batches;
  }

  private static byte[] readFile(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw Unpacked.damaged(
          file, "has %s bytes, more than the %s of a batch".formatted(size, MOST_BYTES), null);
    }
    byte[] bytes = new byte[(int) size];
    try (Unpacked in = Unpacked.plain(file)) {
      in.readFully(bytes);
      in.expectEnd();
    }
    return bytes;
  }

  private static DataSet assemble(Path source, Map<String, byte[]> batches) throws IOException {
    for (String name : TRAINING) {
      if (!batches.containsKey(name)) {
        throw new IOException("%s has no %s; put the complete set there".formatted(source, name));
      }
    }
    boolean published = batches.containsKey(TEST);
    List<String> training = published ? TRAINING : TRAINING.subList(0, 4);
    String test = published ? TEST : TRAINING.getLast();
    String note =
        published
            ? ""
            : "%s is absent, so %s is held out for test and the other four batches are trained on."
                .formatted(TEST, test);
    return new DataSet(
        "cifar10",
        images("cifar10 training", source, batches, training),
        images("cifar10 test", source, batches, List.of(test)),
        note);
  }

  private static Images images(
      String name, Path source, Map<String, byte[]> batches, List<String> names)
      throws IOException {
    List<byte[]> pixels = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (String batch : names) {
      // Taken out, so that a batch and its images are in memory together for one batch at a time.
      byte[] bytes = Objects.requireNonNull(batches.remove(batch));
      Path file = source.resolve(batch);
      if (bytes.length == 0 || bytes.length % RECORD != 0) {
        throw Unpacked.damaged(
            file,
            "has %s bytes, not a multiple of %s, the size of a record"
                .formatted(bytes.length, RECORD),
            null);
      }
      for (int at = 0; at < bytes.length; at += RECORD) {
        int label = bytes[at] & 0xFF;
        if (label >= CLASSES.size()) {
          throw Unpacked.damaged(
              file,
              "has label %s at byte %s (image %s), but labels are 0 to 9"
                  .formatted(label, at, at / RECORD),
              null);
        }
        labels.add(label);
        pixels.add(Arrays.copyOfRange(bytes, at + 1, at + RECORD));
      }
    }
    return new Images(
        name,
        SHAPE,
        CLASSES,
        pixels.toArray(byte[][]::new),
        labels.stream().mapToInt(Integer::intValue).toArray());
  }
}
