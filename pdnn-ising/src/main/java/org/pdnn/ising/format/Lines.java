package org.pdnn.ising.format;

import java.nio.charset.StandardCharsets;
import org.pdnn.names.Printable;

/// The lines of a text of numbers, word by word. Faults are IllegalArgumentExceptions that begin
/// with the line.
final class Lines {
  private final byte[] bytes;

  /// The first byte that was not read.
  private int at;

  /// Where the line ends.
  private int end;

  private int number;

  Lines(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Goes to the next line that has a word.
  ///
  /// @return whether there is one
  boolean next() {
    while (end < bytes.length) {
      at = number == 0 ? 0 : end + 1;
      number++;
      end = at;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      if (hasWord()) {
        return true;
      }
    }
    return false;
  }

  /// Whether the line has another word.
  boolean hasWord() {
    while (at < end && bytes[at] <= ' ' && bytes[at] >= 0) {
      at++;
    }
    return at < end;
  }

  /// The first character of the next word.
  char peek() {
    return hasWord() ? (char) (bytes[at] & 0xFF) : '\n';
  }

  /// How many words the rest of the line has.
  int words() {
    int words = 0;
    boolean between = true;
    for (int k = at; k < end; k++) {
      boolean space = bytes[k] <= ' ' && bytes[k] >= 0;
      words += between && !space ? 1 : 0;
      between = space;
    }
    return words;
  }

  /// The next word.
  ///
  /// @param name what it is
  String word(String name) {
    if (!hasWord()) {
      throw fault(
          "%s is missing; a line was cut off, or the file is of another format".formatted(name));
    }
    int from = at;
    while (at < end && (bytes[at] > ' ' || bytes[at] < 0)) {
      at++;
    }
    return new String(bytes, from, at - from, StandardCharsets.UTF_8);
  }

  /// The next word as a whole number.
  ///
  /// @param name what it is
  int integer(String name, int least, int most) {
    hasWord();
    int from = at;
    boolean negative = at < end && bytes[at] == '-';
    at += negative ? 1 : 0;
    int digits = at;
    long value = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - digits < 10) {
      value = 10 * value + bytes[at++] - '0';
    }
    if (at == digits || (at < end && (bytes[at] > ' ' || bytes[at] < 0))) {
      at = from;
      throw fault(
          "%s must be a whole number, got %s".formatted(name, Printable.quoted(word(name))));
    }
    value = negative ? -value : value;
    if (value < least || value > most) {
      throw fault("%s must be %s to %s, got %s".formatted(name, least, most, value));
    }
    return (int) value;
  }

  /// The next word as a finite number.
  ///
  /// @param name what it is
  double real(String name) {
    String word = word(name);
    double value;
    try {
      value = Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw fault("%s must be a number, got %s".formatted(name, Printable.quoted(word)));
    }
    if (!Double.isFinite(value)) {
      throw fault("%s must be finite, got %s".formatted(name, Printable.quoted(word)));
    }
    return value;
  }

  /// Checks that the line has no further word.
  void requireEnd() {
    if (hasWord()) {
      throw fault(
          "%s is one word too many; the file is of another format"
              .formatted(Printable.quoted(word(""))));
    }
  }

  /// A fault of this line.
  IllegalArgumentException fault(String sentence) {
    return fault(number, sentence);
  }

  /// A fault of a line.
  static IllegalArgumentException fault(int line, String sentence) {
    return new IllegalArgumentException("line %s: %s".formatted(line, sentence));
  }

  /// The number of this line, from 1.
  int number() {
    return number;
  }
}
