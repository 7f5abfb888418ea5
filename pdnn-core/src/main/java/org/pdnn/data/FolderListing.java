package org.pdnn.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What lies in folders, in alphabetical order, without what begins with a dot or was packed by
/// macOS.
final class FolderListing {
  /// Folders in folders; deeper ones are taken for a mistake.
  private static final int DEEPEST = 32;

  private FolderListing() {}

  static List<Path> subfolders(Path folder) throws IOException {
    return inside(folder, 1, Files::isDirectory);
  }

  /// The regular files of a folder itself.
  static List<Path> files(Path folder) throws IOException {
    return inside(folder, 1, Files::isRegularFile);
  }

  /// The pictures in a folder and all its subfolders.
  ///
  /// @param leftOut records the files that are not read
  static List<Path> pictures(Path folder, LeftOut leftOut) throws IOException {
    return inside(folder, DEEPEST, path -> !Files.isDirectory(path)).stream()
        .filter(leftOut::reads)
        .toList();
  }

  /// The folder that an archive's folders lead to: as long as one holds nothing but one folder of
  /// folders, that.
  static Path unwrapped(Path folder) throws IOException {
    Path home = folder;
    for (int depth = 0; depth < DEEPEST; depth++) {
      List<Path> subfolders = subfolders(home);
      if (subfolders.size() != 1
          || files(home).stream().anyMatch(PictureForm::named)
          || files(subfolders.getFirst()).stream().anyMatch(PictureForm::named)
          || subfolders(subfolders.getFirst()).isEmpty()) {
        return home;
      }
      home = subfolders.getFirst();
    }
    return home;
  }

  private static List<Path> inside(Path folder, int depth, Predicate<Path> wanted)
      throws IOException {
    try (Stream<Path> paths = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      return paths
          .filter(path -> !path.equals(folder) && shown(folder.relativize(path)))
          .filter(wanted)
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (UncheckedIOException e) {
      throw new IOException(
          "%s cannot be listed (%s); check its permissions and links"
              .formatted(folder, Unpacked.reason(Objects.requireNonNull(e.getCause()))),
          e);
    }
  }

  private static boolean shown(Path path) {
    for (Path name : path) {
      if (name.toString().startsWith(".") || name.toString().equals("__MACOSX")) {
        return false;
      }
    }
    return true;
  }
}
