package org.pdnn.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Reads folders of pictures: one subfolder for each class, as torchvision lays them out.
///
/// `DIR/CLASS/...`, or `DIR/train/CLASS/...` and `DIR/test/CLASS/...`, or pictures without classes
/// in `DIR` itself, perhaps with a `list.csv` ([SplitList]). Classes are in alphabetical order and
/// keep their names; subfolders of a class belong to it. A folder without a split has one held out
/// ([HoldOut]). Pictures come in a shuffled, stratified order, as a folder has none of its own.
public final class ImageFolder {
  private static final Map<String, Part> PARTS =
      Map.ofEntries(
          Map.entry("train", Part.TRAINING),
          Map.entry("training", Part.TRAINING),
          Map.entry("test", Part.TEST),
          Map.entry("testing", Part.TEST),
          Map.entry("val", Part.VALIDATION),
          Map.entry("valid", Part.VALIDATION),
          Map.entry("validation", Part.VALIDATION));

  private ImageFolder() {}

  /// What an image is for.
  enum Part {
    TRAINING,
    TEST,
    /// Left out where there are test images.
    VALIDATION,
    /// Training or test, as its content decides.
    EITHER
  }

  /// An image file, the class it shows, and what it is for.
  record Entry(Path file, int label, Part part) {}

  /// Reads a folder.
  ///
  /// @param name what the set is called
  /// @throws IOException if there are no images, one cannot be decoded, or their sizes differ
  public static DataSet read(String name, Path folder) throws IOException {
    return read(name, folder, MemoryBudget.ofHeap());
  }

  static DataSet read(String name, Path folder, MemoryBudget budget) throws IOException {
    Path home = FolderListing.unwrapped(folder);
    Map<Part, Path> parts = parts(home);
    if (!parts.isEmpty()) {
      return split(name, home, parts, budget);
    }
    if (SplitList.isIn(home)) {
      SplitList list = SplitList.read(home);
      List<String> notes = list.note().isEmpty() ? List.of() : List.of(list.note());
      return new DecodedImages(name, home, list.classNames(), list.entries())
          .read(true, notes, budget);
    }
    LeftOut leftOut = new LeftOut();
    ClassFolders classes = ClassFolders.of(home, leftOut);
    return new DecodedImages(name, home, classes.names(), classes.entries(Part.EITHER))
        .read(false, leftOut.notes(), budget);
  }

  /// The folders train, test and validation, if there are at least the first and one of the others.
  private static Map<Part, Path> parts(Path folder) throws IOException {
    Map<Part, Path> parts = new TreeMap<>();
    List<Path> subfolders = FolderListing.subfolders(folder);
    for (Path subfolder : subfolders) {
      Part part = PARTS.get(subfolder.getFileName().toString().toLowerCase(Locale.ROOT));
      Path twin = part == null ? null : parts.put(part, subfolder);
      if (twin != null) {
        throw new IOException("%s and %s are the same part; keep one".formatted(twin, subfolder));
      }
    }
    if (!parts.containsKey(Part.TRAINING)
        && !parts.isEmpty()
        && parts.size() == subfolders.size()) {
      throw new IOException(
          "%s has no folder train; put the training images there".formatted(folder));
    }
    return parts.containsKey(Part.TRAINING) && parts.size() > 1 ? parts : Map.of();
  }

  private static DataSet split(String name, Path home, Map<Part, Path> parts, MemoryBudget budget)
      throws IOException {
    LeftOut leftOut = new LeftOut();
    Path training = Objects.requireNonNull(parts.get(Part.TRAINING));
    Path validation = parts.get(Part.VALIDATION);
    Path test = Objects.requireNonNull(parts.getOrDefault(Part.TEST, validation));
    ClassFolders trained = ClassFolders.of(training, leftOut);
    ClassFolders tested = ClassFolders.of(test, leftOut).numberedAs(trained);
    List<String> notes = new ArrayList<>();
    if (test.equals(validation)) {
      notes.add("The images of %s are the test images.".formatted(test.getFileName()));
    } else if (validation != null) {
      notes.add(
          "The %s images of %s are left out, neither trained on nor measured."
              .formatted(
                  FolderListing.pictures(validation, new LeftOut()).size(),
                  validation.getFileName()));
    }
    notes.addAll(leftOut.notes());
    List<Entry> entries = new ArrayList<>(trained.entries(Part.TRAINING));
    entries.addAll(tested.entries(Part.TEST));
    return new DecodedImages(name, home, trained.names(), entries).read(false, notes, budget);
  }
}
