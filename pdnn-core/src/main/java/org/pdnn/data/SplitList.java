package org.pdnn.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.data.ImageFolder.Entry;

/// Which images of a folder are for training and which for test: lines `file,split` below such a
/// header, where split is `train`, `valid` (or `val`) or `test`.
///
/// Validation images, and images that the list does not name, are left out.
record SplitList(List<Entry> entries, int validation) {
  private static final String NAME = "list.csv";
  private static final String HEADER = "file,split";
  private static final long MOST_BYTES = 1 << 26;

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(NAME));
  }

  /// What the set's note says about the split.
  String note() {
    return validation == 0
        ? ""
        : "The %s validation images of %s are left out.".formatted(validation, NAME);
  }

  /// Reads `list.csv`.
  ///
  /// @throws IOException if a line is malformed or names an image that is not in the folder
  static SplitList read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    List<String> lines = lines(file);
    if (lines.isEmpty() || !lines.getFirst().strip().equals(HEADER)) {
      throw new IOException("%s must begin with the line %s; add it".formatted(file, HEADER));
    }
    List<Entry> entries = new ArrayList<>();
    int validation = 0;
    for (int line = 1; line < lines.size(); line++) {
      String text = lines.get(line).strip();
      int comma = text.lastIndexOf(',');
      String image = text.substring(0, Math.max(comma, 0));
      if (image.isEmpty() || image.contains("/") || image.contains("\\") || image.contains("\0")) {
        throw new IOException(
            ("%s, line %s: needs an image of this folder, a comma and its split,"
                    + " got '%s'; correct the line")
                .formatted(file, line + 1, text));
      }
      switch (text.substring(comma + 1)) {
        case "train" -> entries.add(entry(file, line, image, false));
        case "test" -> entries.add(entry(file, line, image, true));
        case "valid", "val" -> validation++;
        default ->
            throw new IOException(
                "%s, line %s: the split must be train, valid or test, got '%s'; correct the line"
                    .formatted(file, line + 1, text.substring(comma + 1)));
      }
    }
    return new SplitList(entries, validation);
  }

  private static Entry entry(Path list, int line, String image, boolean test) throws IOException {
    Path file = list.resolveSibling(image);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "%s, line %s: there is no image '%s'; put it there or remove the line"
              .formatted(list, line + 1, image));
    }
    return new Entry(file, 0, test);
  }

  private static List<String> lines(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("%s is larger than 64 MiB; shorten it".formatted(file));
    }
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new IOException("%s is not text in UTF-8; save it as such".formatted(file), e);
    }
  }
}
