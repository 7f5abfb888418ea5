package org.pdnn.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The IDX files of one set in a folder, under the names that MNIST, EMNIST, and the tools that
/// unpack them give: `train-images-idx3-ubyte`, `train-images.idx3-ubyte`,
/// `emnist-letters-test-labels-idx1-ubyte.gz`.
///
/// @param folder where they lie
/// @param prefix what their names begin with before `train` and `t10k`
/// @param members the files by part and content, as in `train images`
record IdxFiles(Path folder, String prefix, Map<String, Path> members) {
  private static final Pattern NAME =
      Pattern.compile(
          "(.*?)(train|t10k|test)[-_.](images|labels)[-_.]idx[13][-_.]ubyte(\\.gz)?",
          Pattern.CASE_INSENSITIVE);

  private static final String TRAINING_IMAGES = "train images";

  /// How deep below a folder its files may lie: torchvision's `MNIST/raw`.
  private static final int DEEPEST = 2;

  /// The set in a folder, or in one of the folders below it.
  ///
  /// @throws IOException if there are several
  static Optional<IdxFiles> find(Path folder) throws IOException {
    return find(folder, DEEPEST);
  }

  private static Optional<IdxFiles> find(Path folder, int deepest) throws IOException {
    Map<String, IdxFiles> sets = new TreeMap<>();
    // A plain file comes before its packed copy, as it has the shorter name.
    for (Path file :
        FolderListing.files(folder).stream()
            .sorted(Comparator.comparingInt(file -> file.toString().length()))
            .toList()) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        String part = name.group(2).equalsIgnoreCase("train") ? "train" : "t10k";
        sets.computeIfAbsent(name.group(1), prefix -> new IdxFiles(folder, prefix, new TreeMap<>()))
            .members
            .putIfAbsent(part + " " + name.group(3).toLowerCase(Locale.ROOT), file);
      }
    }
    List<IdxFiles> found =
        new ArrayList<>(
            sets.values().stream()
                .filter(set -> set.members.containsKey(TRAINING_IMAGES))
                .toList());
    if (found.isEmpty() && deepest > 0) {
      for (Path subfolder : FolderListing.subfolders(folder)) {
        find(subfolder, deepest - 1).ifPresent(found::add);
      }
    }
    if (found.size() > 1) {
      throw new IOException(
          "%s holds several sets (%s and %s); name a folder with one of them"
              .formatted(folder, found.get(0).images(), found.get(1).images()));
    }
    return found.stream().findFirst();
  }

  boolean isComplete() {
    return members.size() == 4;
  }

  private Path images() {
    return member("train", "images");
  }

  /// One of the four files; the name that MNIST gives it if there is none.
  ///
  /// @param part `train` or `t10k`
  /// @param content `images` or `labels`
  Path member(String part, String content) {
    String name =
        "%s%s-%s-idx%s-ubyte".formatted(prefix, part, content, content.equals("images") ? 3 : 1);
    return members.getOrDefault(part + " " + content, folder.resolve(name));
  }
}
