package org.pdnn.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.pdnn.network.Shape;

/// Reads the binary versions of CIFAR-10 and CIFAR-100.
///
/// A. Krizhevsky, "Learning multiple layers of features from tiny images", 2009. A file is a list
/// of records: the label, or of CIFAR-100 the coarse and the fine label, of which the fine one
/// counts; then 32x32 red, green and blue values in row-major order.
public final class Cifar {
  /// The published archive, from which the batches are read without unpacking it to disk.
  static final String ARCHIVE = CifarVersion.TEN.archive();

  private static final Shape SHAPE = Shape.of(3, 32, 32);

  private Cifar() {}

  /// Whether a folder holds the first file of a version, its folder, or its archive.
  static boolean isIn(Path folder) {
    return CifarVersion.ALL.stream().anyMatch(version -> source(version, folder).isPresent());
  }

  /// Reads the set from a folder with the files, or with the archive, or from the archive.
  ///
  /// Of CIFAR-10 without `test_batch.bin` the last training batch is held out for test, and the
  /// note says so.
  ///
  /// @throws IOException if a file is missing or damaged, naming it
  public static DataSet read(Path folderOrArchive) throws IOException {
    if (!Files.isDirectory(folderOrArchive)) {
      return read(archived(folderOrArchive), folderOrArchive);
    }
    for (CifarVersion version : CifarVersion.ALL) {
      Optional<Path> source = source(version, folderOrArchive);
      if (source.isPresent()) {
        return read(version, source.get());
      }
    }
    throw new IOException(
        "%s holds neither %s nor %s; put one of them there"
            .formatted(folderOrArchive, CifarVersion.TEN.training().getFirst(), ARCHIVE));
  }

  /// The version of an archive by its name; CIFAR-10 if that says nothing.
  private static CifarVersion archived(Path archive) {
    return CifarVersion.ALL.stream()
        .filter(version -> archive.endsWith(version.archive()))
        .findFirst()
        .orElse(CifarVersion.TEN);
  }

  private static Optional<Path> source(CifarVersion version, Path folder) {
    for (Path inside : List.of(folder, folder.resolve(version.folder()))) {
      if (version.files().stream().allMatch(name -> Files.exists(inside.resolve(name)))
          || Files.exists(inside.resolve(version.sign()))) {
        return Optional.of(inside);
      }
    }
    return Optional.of(folder.resolve(version.archive())).filter(Files::exists);
  }

  private static DataSet read(CifarVersion version, Path source) throws IOException {
    return Files.isDirectory(source)
        ? assemble(version, source, readFolder(version, source))
        : assemble(
            version, source, Tar.read(source, version.files()::contains, version.mostBytes()));
  }

  private static Map<String, byte[]> readFolder(CifarVersion version, Path folder)
      throws IOException {
    Map<String, byte[]> batches = new TreeMap<>();
    for (String name : version.files()) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        batches.put(name, Unpacked.bytes(file, version.mostBytes()));
      }
    }
    return batches;
  }

  private static DataSet assemble(CifarVersion version, Path source, Map<String, byte[]> batches)
      throws IOException {
    boolean published = batches.containsKey(version.test());
    for (String name : version.training()) {
      if (!batches.containsKey(name)) {
        throw new IOException("%s has no %s; put the complete set there".formatted(source, name));
      }
    }
    List<String> training = version.training();
    if (!published && training.size() == 1) {
      throw new IOException(
          "%s has no %s; put the complete set there".formatted(source, version.test()));
    }
    String test = published ? version.test() : training.getLast();
    String note =
        published
            ? ""
            : "%s is absent, so %s is held out for test and the other four batches are trained on."
                .formatted(version.test(), test);
    return new DataSet(
        version.name(),
        images(
            version,
            " training",
            source,
            batches,
            published ? training : training.subList(0, training.size() - 1)),
        images(version, " test", source, batches, List.of(test)),
        note);
  }

  private static Images images(
      CifarVersion version,
      String part,
      Path source,
      Map<String, byte[]> batches,
      List<String> names)
      throws IOException {
    int record = version.record();
    List<byte[]> pixels = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (String batch : names) {
      // Taken out, so that a batch and its images are in memory together for one batch at a time.
      byte[] bytes = Objects.requireNonNull(batches.remove(batch));
      Path file = source.resolve(batch);
      if (bytes.length == 0 || bytes.length % record != 0) {
        throw Unpacked.damaged(
            file,
            "has %s bytes, not a multiple of %s, the size of a record"
                .formatted(bytes.length, record),
            null);
      }
      for (int at = 0; at < bytes.length; at += record) {
        int label = bytes[at + version.labels() - 1] & 0xFF;
        if (label >= version.classes().size()) {
          throw Unpacked.damaged(
              file,
              "has label %s at byte %s (image %s), but labels are 0 to %s"
                  .formatted(label, at, at / record, version.classes().size() - 1),
              null);
        }
        labels.add(label);
        pixels.add(Arrays.copyOfRange(bytes, at + version.labels(), at + record));
      }
    }
    return new Images(
        version.name() + part,
        SHAPE,
        version.classes(),
        pixels.toArray(byte[][]::new),
        labels.stream().mapToInt(Integer::intValue).toArray());
  }
}
