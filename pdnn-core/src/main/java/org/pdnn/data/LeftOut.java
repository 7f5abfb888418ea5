package org.pdnn.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pdnn.names.Printable;

/// Counts the files of a folder that are not read, by the endings of their names.
final class LeftOut {
  /// Endings that a note lists.
  private static final int LISTED = 5;

  /// No ending, as it holds a space.
  private static final String NO_FILE = "pipe, device or broken link";

  private final Map<String, Integer> counts = new TreeMap<>();

  /// Whether a file is read as a picture; counted if not.
  boolean reads(Path file) {
    // Pipes and devices may never end, and a link may lead nowhere.
    boolean regular = Files.isRegularFile(file);
    boolean picture = regular && PictureForm.named(file);
    if (!picture) {
      counts.merge(regular ? PictureForm.ending(file) : NO_FILE, 1, Integer::sum);
    }
    return picture;
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /// As in `3 .txt, 1 .svg`, the most frequent first.
  String listed() {
    String listed =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(LISTED)
            .map(LeftOut::listed)
            .collect(Collectors.joining(", "));
    return counts.size() > LISTED ? listed + ", ..." : listed;
  }

  private static String listed(Map.Entry<String, Integer> count) {
    String kind =
        switch (count.getKey()) {
          case "" -> "without ending";
          case NO_FILE -> NO_FILE;
          default -> "." + Printable.of(count.getKey(), 12);
        };
    return count.getValue() + " " + kind;
  }

  /// What the set's note says, if there is anything to say.
  List<String> notes() {
    int files = counts.values().stream().mapToInt(Integer::intValue).sum();
    return switch (files) {
      case 0 -> List.of();
      case 1 ->
          List.of("1 file is left out, as it is not a readable picture (%s).".formatted(listed()));
      default ->
          List.of(
              "%s files are left out, as they are not readable pictures (%s)."
                  .formatted(files, listed()));
    };
  }
}
