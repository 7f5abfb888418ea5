package org.pdnn.names;

import java.util.HexFormat;
import java.util.function.IntFunction;

/// A text from a file as it may stand in a sentence: one line, short, no control characters.
public final class Printable {
  private static final int MOST = 80;

  private Printable() {}

  /// The text with a question mark for each character that is not printed, cut after 80 characters.
  public static String of(String text) {
    return of(text, MOST);
  }

  /// The text with a question mark for each character that is not printed.
  ///
  /// @param most characters after which it is cut and `...` stands for the rest
  public static String of(String text, int most) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(most)
        .forEach(point -> line.appendCodePoint(isPrinted(point) ? point : '?'));
    return text.codePointCount(0, text.length()) <= most ? line.toString() : line + "...";
  }

  /// The same in single quotes, as a name stands in a sentence.
  public static String quoted(String text) {
    return "'" + of(text) + "'";
  }

  /// A text of several lines as it may stand on a terminal: tabs and ends of lines stay, every
  /// other character that is not printed becomes a question mark.
  public static String lines(String text) {
    return replaced(text, point -> "?");
  }

  /// The same JSON document without characters that are not printed: as escapes, which readers turn
  /// back.
  public static String json(String document) {
    return replaced(document, Printable::escape);
  }

  private static String escape(int point) {
    StringBuilder escape = new StringBuilder();
    for (char unit : Character.toChars(point)) {
      escape.append("\\u").append(HexFormat.of().toHexDigits(unit));
    }
    return escape.toString();
  }

  private static String replaced(String text, IntFunction<String> replacement) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (isPrinted(point) || point == '\n' || point == '\t') {
            clean.appendCodePoint(point);
          } else {
            clean.append(replacement.apply(point));
          }
        });
    return clean.toString();
  }

  private static boolean isPrinted(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
