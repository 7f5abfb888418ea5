package org.pdnn.onnx;

/// Names that a file gives, made fit for a sentence: in quotes, on one line, not endless.
final class Quote {
  private static final int LONGEST = 60;

  private Quote() {}

  /// A name in single quotes; what is no visible character becomes `?`.
  static String of(String name) {
    StringBuilder visible = new StringBuilder("'");
    name.codePoints()
        .limit(LONGEST)
        .map(c -> c == ' ' || isVisible(c) ? c : '?')
        .forEach(visible::appendCodePoint);
    return visible
        .append(name.codePointCount(0, name.length()) > LONGEST ? "...'" : "'")
        .toString();
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
