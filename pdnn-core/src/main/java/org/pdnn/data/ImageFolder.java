package org.pdnn.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// Reads folders of images: a folder a class, as torchvision lays them out.
///
/// `DIR/CLASS/*.png`, or `DIR/train/CLASS` and `DIR/test/CLASS`, or images without classes in `DIR`
/// itself. Classes are numbered in alphabetical order. Without a split of its own (the two folders,
/// or a `list.csv` beside images without classes) about one image in six, chosen by the CRC-32 of
/// its file name, is for test.
public final class ImageFolder {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "gif");
  private static final int TEST_ONE_IN = 6;

  private ImageFolder() {}

  /// An image file, the class it shows, and whether it is for test.
  record Entry(Path file, int label, boolean test) {}

  /// Reads a folder.
  ///
  /// @param name what the set is called
  /// @throws IOException if there are no images, one cannot be decoded, or their sizes differ
  public static DataSet read(String name, Path folder) throws IOException {
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    if (Files.isDirectory(train) && Files.isDirectory(test)) {
      return split(name, folder, train, test);
    }
    String chosen =
        "About one image in %s, chosen by the CRC-32 of its file name, is held out for test."
            .formatted(TEST_ONE_IN);
    if (images(folder).isEmpty()) {
      List<Path> classes = classes(folder);
      return DecodedImages.read(
          name, folder, entries(classes, ImageFolder::heldOut), names(classes), chosen);
    }
    if (SplitList.isIn(folder)) {
      SplitList list = SplitList.read(folder);
      return DecodedImages.read(name, folder, list.entries(), Images.numbered(1), list.note());
    }
    List<Path> one = List.of(folder);
    return DecodedImages.read(
        name, folder, entries(one, ImageFolder::heldOut), Images.numbered(1), chosen);
  }

  private static DataSet split(String name, Path folder, Path train, Path test) throws IOException {
    List<Path> training = classes(train);
    List<Path> testing = classes(test);
    if (!names(training).equals(names(testing))) {
      throw new IOException(
          "%s has the classes %s but %s has %s; give both the same folders"
              .formatted(train, names(training), test, names(testing)));
    }
    List<Entry> entries = new ArrayList<>(entries(training, file -> false));
    entries.addAll(entries(testing, file -> true));
    return DecodedImages.read(name, folder, entries, names(training), "");
  }

  private static List<String> names(List<Path> folders) {
    return folders.stream().map(ImageFolder::name).toList();
  }

  private static List<Entry> entries(List<Path> classes, Predicate<Path> test) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      List<Path> files = images(classes.get(label));
      if (files.isEmpty()) {
        throw new IOException(
            "%s holds no images (%s); add some or remove it (a split needs both train and test)"
                .formatted(
                    classes.get(label), String.join(", ", ENDINGS.stream().sorted().toList())));
      }
      for (Path file : files) {
        entries.add(new Entry(file, label, test.test(file)));
      }
    }
    return entries;
  }

  private static boolean heldOut(Path file) {
    CRC32 hash = new CRC32();
    hash.update(name(file).getBytes(UTF_8));
    return hash.getValue() % TEST_ONE_IN == 0;
  }

  private static List<Path> classes(Path folder) throws IOException {
    List<Path> classes =
        inside(folder, path -> Files.isDirectory(path) && !name(path).startsWith("."));
    if (classes.isEmpty()) {
      throw new IOException(
          "%s holds neither images nor a folder a class; lay it out as %s"
              .formatted(folder, folder.resolve("CLASS").resolve("image.png")));
    }
    return classes;
  }

  private static List<Path> images(Path folder) throws IOException {
    return inside(
        folder,
        path -> {
          String name = name(path);
          String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
          return !name.startsWith(".") && ENDINGS.contains(ending) && Files.isRegularFile(path);
        });
  }

  private static List<Path> inside(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(wanted).sorted(Comparator.comparing(ImageFolder::name)).toList();
    } catch (UncheckedIOException e) {
      throw new IOException(folder + " cannot be listed; check its permissions", e);
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
