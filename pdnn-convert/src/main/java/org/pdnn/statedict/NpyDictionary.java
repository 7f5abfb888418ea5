package org.pdnn.statedict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.names.Printable;

/// The dictionary in the header of an array of NumPy, and nothing else of Python: `{'descr': '<f4',
/// 'fortran_order': False, 'shape': (3, 4), }`.
final class NpyDictionary {
  /// As many dimensions as NumPy knows.
  private static final int MOST_DIMENSIONS = 64;

  /// Digits of a number that surely fits into 64 bits.
  private static final int MOST_DIGITS = 18;

  private final String text;
  private int at;
  private Optional<String> descr = Optional.empty();
  private Optional<Boolean> columns = Optional.empty();
  private Optional<long[]> dimensions = Optional.empty();

  NpyDictionary(String text) {
    this.text = text;
  }

  /// @throws IllegalArgumentException with the character that is not understood
  NpyHeader header() {
    expect('{');
    while (!skips('}')) {
      field();
      if (!skips(',')) {
        expect('}');
        break;
      }
    }
    blanks();
    if (at < text.length()) {
      throw fault();
    }
    return NpyHeader.of(
        descr.orElseThrow(() -> missing("descr")),
        columns.orElseThrow(() -> missing("fortran_order")),
        dimensions.orElseThrow(() -> missing("shape")));
  }

  private void field() {
    int start = at;
    String key = quoted();
    expect(':');
    switch (key) {
      case "descr" -> descr = once(descr, type(), start);
      case "fortran_order" -> columns = once(columns, truth(), start);
      case "shape" -> dimensions = once(dimensions, tuple(), start);
      default -> {
        at = start;
        throw fault();
      }
    }
  }

  private <T> Optional<T> once(Optional<T> before, T value, int start) {
    if (before.isPresent()) {
      at = start;
      throw fault();
    }
    return Optional.of(value);
  }

  private String type() {
    blanks();
    if (at < text.length() && text.charAt(at) == '[') {
      throw new IllegalArgumentException(
          "has a structured type; save each of its fields as an array");
    }
    return quoted();
  }

  private boolean truth() {
    blanks();
    for (String word : List.of("True", "False")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw fault();
  }

  private long[] tuple() {
    List<Long> numbers = new ArrayList<>();
    expect('(');
    while (!skips(')')) {
      numbers.add(number());
      if (!skips(',')) {
        expect(')');
        break;
      }
    }
    if (numbers.size() > MOST_DIMENSIONS) {
      throw new IllegalArgumentException("has %s dimensions".formatted(numbers.size()));
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private long number() {
    blanks();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw fault();
    }
    if (at - start > MOST_DIGITS) {
      throw new IllegalArgumentException(
          "has a dimension of %s".formatted(Printable.of(text.substring(start, at), 40)));
    }
    return Long.parseLong(text, start, at, 10);
  }

  private String quoted() {
    blanks();
    int end = at < text.length() ? text.indexOf(text.charAt(at), at + 1) : -1;
    if (end < 0 || (text.charAt(at) != '\'' && text.charAt(at) != '"')) {
      throw fault();
    }
    String inside = text.substring(at + 1, end);
    at = end + 1;
    return inside;
  }

  private void blanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
      at++;
    }
  }

  private boolean skips(char wanted) {
    blanks();
    boolean found = at < text.length() && text.charAt(at) == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char wanted) {
    if (!skips(wanted)) {
      throw fault();
    }
  }

  private IllegalArgumentException fault() {
    return new IllegalArgumentException(
        at >= text.length()
            ? "has a header that ends too early"
            : "has a header that is not understood at character %s: %s"
                .formatted(at, Printable.of(text.substring(at).strip(), 20)));
  }

  private static IllegalArgumentException missing(String key) {
    return new IllegalArgumentException("has a header without '%s'".formatted(key));
  }
}
