package org.pdnn.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.pdnn.data.ImageFolder.Entry;
import org.pdnn.data.ImageFolder.Part;
import org.pdnn.names.Printable;

/// Which images of a folder are for training and which for test, and perhaps their classes: lines
/// of a file, its split and, if the header names a class, that.
///
/// The header is `file,split`, `file,split,class` or `file,class,split`; a split is `train`,
/// `valid` (or `val`) or `test`. Validation images, and images that the list does not name, are
/// left out.
///
/// @param classNames the classes in alphabetical order; one, called 0, where the list names none
record SplitList(List<Entry> entries, List<String> classNames) {
  private static final String NAME = "list.csv";
  private static final List<String> HEADERS =
      List.of("file,split", "file,split,class", "file,class,split");
  private static final int MOST_BYTES = 1 << 26;

  /// A line of the list, taken apart.
  private record Line(Path file, Part part, String className) {}

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(NAME));
  }

  /// What the set's note says about the split.
  String note() {
    long validation = entries.stream().filter(entry -> entry.part() == Part.VALIDATION).count();
    return switch ((int) validation) {
      case 0 -> "";
      case 1 -> "The validation image of %s is left out.".formatted(NAME);
      default -> "The %s validation images of %s are left out.".formatted(validation, NAME);
    };
  }

  /// Reads `list.csv`.
  ///
  /// @throws IOException if a line is malformed or names an image that is not in the folder
  static SplitList read(Path folder) throws IOException {
    Path list = folder.resolve(NAME);
    List<String> texts = texts(list);
    String header =
        texts.isEmpty() ? "" : texts.getFirst().replace(" ", "").toLowerCase(Locale.ROOT);
    if (!HEADERS.contains(header)) {
      throw new IOException(
          "%s must begin with the line %s; add it".formatted(list, String.join(" or ", HEADERS)));
    }
    List<String> columns = List.of(header.split(","));
    List<Line> lines = new ArrayList<>();
    Set<Path> listed = new HashSet<>();
    for (int i = 1; i < texts.size(); i++) {
      try {
        Line line = line(list, columns, texts.get(i).strip());
        if (!listed.add(line.file())) {
          throw new IllegalArgumentException("names an image again; remove the line");
        }
        lines.add(line);
      } catch (IllegalArgumentException e) {
        throw new IOException("%s, line %s: %s".formatted(list, i + 1, e.getMessage()), e);
      }
    }
    List<String> classes = lines.stream().map(Line::className).distinct().sorted().toList();
    return new SplitList(
        lines.stream()
            .map(line ->
                new Entry(
                    line.file(), Collections.binarySearch(classes, line.className()), line.part()))
            .toList(),
        classes);
  }

  /// A file's name may hold commas, as it comes first.
  private static Line line(Path list, List<String> columns, String text) {
    List<String> fields = new ArrayList<>();
    String rest = text;
    for (int i = columns.size() - 1; i > 0; i--) {
      int comma = rest.lastIndexOf(',');
      fields.addFirst(rest.substring(comma + 1).strip());
      rest = rest.substring(0, Math.max(comma, 0));
    }
    if (rest.isEmpty() || rest.contains("/") || rest.contains("\\") || rest.contains("\0")) {
      throw new IllegalArgumentException(
          "needs an image of this folder, a comma and its split, got '%s'; correct the line"
              .formatted(Printable.of(text)));
    }
    Path file = list.resolveSibling(rest);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "there is no image '%s'; put it there or remove the line".formatted(Printable.of(rest)));
    }
    int className = columns.indexOf("class");
    return new Line(
        file,
        part(fields.get(columns.indexOf("split") - 1)),
        className < 0 ? "0" : fields.get(className - 1));
  }

  private static Part part(String split) {
    return switch (split) {
      case "train" -> Part.TRAINING;
      case "test" -> Part.TEST;
      case "valid", "val" -> Part.VALIDATION;
      default ->
          throw new IllegalArgumentException(
              "the split must be train, valid or test, got '%s'; correct the line"
                  .formatted(Printable.of(split)));
    };
  }

  /// The lines, without the byte order mark that spreadsheets begin a file with.
  private static List<String> texts(Path file) throws IOException {
    String text;
    try {
      text =
          UTF_8.newDecoder().decode(ByteBuffer.wrap(Unpacked.bytes(file, MOST_BYTES))).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("%s is not text in UTF-8; save it as such".formatted(file), e);
    }
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
  }
}
