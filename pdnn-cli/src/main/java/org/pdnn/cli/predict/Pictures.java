package org.pdnn.cli.predict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pdnn.data.ImageFile;

/// The pictures that files and folders name, a folder's in the order of their names, those of inner
/// folders included.
///
/// @param files whether they can be read shows later
/// @param others files of the folders that are not named as pictures
record Pictures(List<Path> files, int others) {
  /// 2^20, more than anybody wants to read.
  private static final int MOST = 1 << 20;

  Pictures {
    files = List.copyOf(files);
  }

  /// @throws IOException if a folder cannot be listed or holds no picture, or there are too many
  static Pictures under(List<Path> named) throws IOException {
    List<Path> files = new ArrayList<>();
    int others = 0;
    for (Path path : named) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      List<Path> inside = inside(path);
      List<Path> pictures = inside.stream().filter(ImageFile::named).toList();
      if (pictures.isEmpty()) {
        throw new IOException(path + " holds no pictures; name another folder, or files");
      }
      files.addAll(pictures);
      others += inside.size() - pictures.size();
    }
    if (files.size() > MOST) {
      throw new IOException(
          "there are %d pictures, more than %d; name fewer folders".formatted(files.size(), MOST));
    }
    return new Pictures(files, others);
  }

  /// The files below a folder; hidden ones are left aside.
  private static List<Path> inside(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> files =
          paths
              .filter(path -> !Files.isDirectory(path) && !isHidden(folder.relativize(path)))
              .limit(2L * MOST)
              .sorted()
              .toList();
      return files;
    } catch (UncheckedIOException e) {
      throw new IOException(folder + " cannot be listed; check its permissions", e);
    }
  }

  private static boolean isHidden(Path inside) {
    for (Path part : inside) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
