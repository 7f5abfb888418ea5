package org.pdnn.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pdnn.names.Nearest;

/// The data sets by the names users type: `digits`, `mnist`, `cifar10`, `celeba`, or a folder.
///
/// Below the data folder, `mnist` holds the four IDX files, `cifar10` the batches or their archive,
/// `celeba64` the face images. The first two are downloaded when first used.
public final class DataSets {
  private static final String DIGITS = "digits";
  private static final String MNIST = "mnist";
  private static final String CIFAR10 = "cifar10";
  private static final String CELEBA = "celeba";
  private static final String CELEBA_FOLDER = "celeba64";

  private DataSets() {}

  /// The names that [#open] knows.
  public static List<String> names() {
    return List.of(DIGITS, MNIST, CIFAR10, CELEBA);
  }

  /// Reads a set, after downloading it if it is published and not there.
  ///
  /// A folder may hold IDX files (MNIST's form), the binary version of CIFAR-10 or CIFAR-100, or
  /// pictures ([ImageFolder]).
  ///
  /// @param name one of [#names], or the path of a folder
  /// @param dataFolder where the sets lie; made when something is downloaded
  /// @param digits how many digits to draw, and from which seed
  /// @throws IllegalArgumentException if there is neither a set nor a file or folder of this name
  /// @throws IOException if the set cannot be read or had, with what to do
  public static DataSet open(String name, Path dataFolder, Digits.Sizes digits, Download download)
      throws IOException {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case DIGITS -> Digits.generate(digits);
      case MNIST -> mnist(dataFolder.resolve(MNIST), download);
      case CIFAR10 -> cifar10(dataFolder.resolve(CIFAR10), download);
      case CELEBA -> celeba(dataFolder.resolve(CELEBA_FOLDER));
      default -> folder(name);
    };
  }

  private static DataSet mnist(Path folder, Download download) throws IOException {
    for (PublishedFile file : PublishedFile.mnist()) {
      if (!isThere(file, folder)) {
        fetch(file, PublishedFile.mnist(), folder, download);
      }
    }
    return Idx.readFolder(MNIST, folder);
  }

  /// Whether a file of MNIST lies in a folder, unpacked or under another tool's name too.
  private static boolean isThere(PublishedFile file, Path folder) throws IOException {
    return Files.exists(folder.resolve(file.name().replace(".gz", "")))
        || (Files.isDirectory(folder)
            && IdxFiles.find(folder).filter(IdxFiles::isComplete).isPresent());
  }

  private static DataSet cifar10(Path folder, Download download) throws IOException {
    if (!Cifar.isIn(folder)) {
      PublishedFile archive = PublishedFile.cifar10();
      fetch(archive, List.of(archive), folder, download);
    }
    return Cifar.read(folder);
  }

  /// Downloads one file of a set, or says how to have the set without a download.
  static void fetch(PublishedFile file, List<PublishedFile> set, Path folder, Download download)
      throws IOException {
    try {
      download.fetch(file, folder);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          ("cannot download %s (%s): put %s"
                  + " into %s yourself, published at %s,"
                  + " or use --data digits, which needs no download")
              .formatted(
                  file.name(),
                  e.getMessage(),
                  set.stream().map(PublishedFile::name).collect(Collectors.joining(", ")),
                  folder.toAbsolutePath(),
                  file.folders().getFirst()),
          e);
    }
  }

  private static DataSet celeba(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          ("%s is missing: CelebA may not be redistributed, so put its images, all of one size,"
                  + " into that folder (with list.csv of lines file,split where split is train,"
                  + " valid or test), or use --data digits, which needs no download")
              .formatted(folder.toAbsolutePath()));
    }
    return ImageFolder.read(CELEBA, folder);
  }

  private static DataSet folder(String name) throws IOException {
    Path folder = existing(name);
    String title = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    Optional<IdxFiles> idx = IdxFiles.find(folder);
    if (idx.isPresent()) {
      return Idx.read(title, idx.get(), MemoryBudget.ofHeap());
    }
    return Cifar.isIn(folder) ? Cifar.read(folder) : ImageFolder.read(title, folder);
  }

  private static Path existing(String name) throws IOException {
    Path path = path(name);
    if (path != null && Files.isDirectory(path)) {
      return path;
    }
    if (path != null && Files.exists(path)) {
      throw new IOException(NearMiss.ofFile(path));
    }
    throw new IllegalArgumentException(
        "unknown data set '%s'%s; use %s or the path of a folder"
            .formatted(name, Nearest.suggestion(name, names()), String.join(", ", names())));
  }

  private static @Nullable Path path(String name) {
    try {
      return name.isBlank() ? null : Path.of(name);
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
