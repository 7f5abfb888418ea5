package org.pdnn.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
  /// A folder may hold IDX files under MNIST's names, CIFAR-10 batches, or images ([ImageFolder]).
  ///
  /// @param name one of [#names], or the path of a folder
  /// @param dataFolder where the sets lie; made when something is downloaded
  /// @param digits how many digits to draw, and from which seed
  /// @throws IllegalArgumentException if there is neither a set nor a folder of this name
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
      if (!Files.exists(Idx.member(folder, file.name().replace(".gz", "")))) {
        fetch(file, PublishedFile.mnist(), folder, download);
      }
    }
    return Idx.readFolder(MNIST, folder);
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
    if (Idx.isIn(folder)) {
      return Idx.readFolder(title, folder);
    }
    return Cifar.isIn(folder) ? Cifar.read(folder) : ImageFolder.read(title, folder);
  }

  private static Path existing(String name) {
    try {
      Path folder = Path.of(name);
      if (!name.isBlank() && Files.isDirectory(folder)) {
        return folder;
      }
    } catch (InvalidPathException e) {
      // Certainly no folder; told below.
    }
    throw new IllegalArgumentException(
        "unknown data set '%s'%s; use %s or the path of a folder"
            .formatted(name, Nearest.suggestion(name, names()), String.join(", ", names())));
  }
}
