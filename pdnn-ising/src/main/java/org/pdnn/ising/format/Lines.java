package org.pdnn.ising.format;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.pdnn.names.Printable;

/// The lines of a text of numbers, word by word. Faults are IllegalArgumentExceptions that begin
/// with the line.
final class Lines {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private final byte[] bytes;

  /// The first byte that was not read.
  private int at;

  /// Where the line ends.
  private int end;

  private int number;

  Lines(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Words are kept apart by these.
  private static boolean isSpace(byte character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\f';
  }

  /// Goes to the next line that has a word.
  ///
  /// @return whether there is one
  boolean next() {
    while (end < bytes.length) {
      at = number == 0 ? afterMark() : end + 1;
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

  /// Where the text begins: some editors put a mark of UTF-8 before it.
  private int afterMark() {
    boolean marked =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /// Whether the line has another word.
  boolean hasWord() {
    while (at < end && isSpace(bytes[at])) {
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
      boolean space = isSpace(bytes[k]);
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
    while (at < end && !isSpace(bytes[at])) {
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
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - digits < 18) {
      value = 10 * value + bytes[at++] - '0';
    }
    if (at == digits || (at < end && !isSpace(bytes[at]))) {
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
    hasWord();
    int from = at;
    boolean negative = at < end && bytes[at] == '-';
    at += negative ? 1 : 0;
    int digits = at;
    long whole = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - digits < 15) {
      whole = 10 * whole + bytes[at++] - '0';
    }
    if (at > digits && (at == end || isSpace(bytes[at]))) {
      // Most weights: reading them as text would take most of the time of a file.
      return negative ? -whole : whole;
    }
    at = from;
    String word = word(name);
    if (!NUMBER.matcher(word).matches()) {
      throw fault("%s must be a number, got %s".formatted(name, Printable.quoted(word)));
    }
    double value = Double.parseDouble(word);
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
    return new IllegalArgumentException("line %s: %s".formatted(Math.max(1, line), sentence));
  }

  /// The number of this line, from 1.
  int number() {
    return number;
  }
}
