package org.pdnn.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pdnn.names.Printable;

/// What to tell someone whose file or folder is almost a data set.
final class NearMiss {
  private static final String LAYOUT =
      "lay the images out as %s, or see docs/data.md for the other forms that are read";

  private NearMiss() {}

  /// A sentence on a folder in which nothing is read: what it holds, and what to do.
  static String of(Path folder) throws IOException {
    List<Path> files = FolderListing.files(folder);
    Optional<String> known =
        files.stream().map(NearMiss::known).flatMap(Optional::stream).findFirst();
    LeftOut others = new LeftOut();
    files.forEach(others::reads);
    return "%s holds neither images nor a folder for each class%s; %s"
        .formatted(
            folder,
            others.isEmpty() ? "" : ", but " + others.listed(),
            known.orElse(LAYOUT.formatted(folder.resolve("CLASS").resolve("image.png"))));
  }

  /// A sentence on a file where a folder is wanted.
  static String ofFile(Path file) {
    return "%s is a file, and a data set is a folder; %s"
        .formatted(
            file, known(file).orElse(LAYOUT.formatted(Path.of("DIR", "CLASS", "image.png"))));
  }

  /// What to do with a file that is something else by its name.
  private static Optional<String> known(Path file) {
    String name = Printable.of(file.getFileName().toString());
    if (name.matches("data_batch_1|cifar-10(0)?-python\\.tar\\.gz")) {
      return Optional.of(
          name
              + " is CIFAR in Python's own form; put the binary version there,"
              + " cifar-10-binary.tar.gz or cifar-100-binary.tar.gz from the same page");
    }
    String remedy =
        switch (PictureForm.ending(file)) {
          case "zip", "tar", "tgz", "gz", "7z", "rar", "xz", "bz2" ->
              "unpack %s and name its folder";
          case "onnx", "pt", "pth", "safetensors", "h5", "keras" ->
              "%s is a network, name the folder of the images that it classifies";
          case "npz", "npy" -> "write the arrays of %s as IDX files, as docs/data.md shows";
          case "parquet", "arrow", "tfrecord", "csv", "mat", "pkl", "pickle" ->
              "write the images of %s as pictures in a folder for each class";
          default -> "";
        };
    return remedy.isEmpty() ? Optional.empty() : Optional.of(remedy.formatted(name));
  }
}
