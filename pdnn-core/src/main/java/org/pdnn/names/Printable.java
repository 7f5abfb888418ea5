package org.pdnn.names;

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
