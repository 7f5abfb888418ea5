package org.pdnn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Text broken at its spaces.
final class Wrapping {
  private Wrapping() {}

  /// The lines of a text; a word longer than the width has a line of its own.
  ///
  /// @param width characters of a line
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int within = rest.lastIndexOf(' ', width);
      int end = within > 0 ? within : rest.indexOf(' ', width);
      if (end < 0) {
        break;
      }
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  /// Characters of the longest word.
  static int longestWord(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToInt(String::length).max().orElse(0);
  }
}
