package org.pdnn.names;

/// The bounds of a number that a caller gives, refused in one form of sentence.
public final class Limits {
  private Limits() {}

  /// Checks a lower bound: `threads must be at least 1, got 0`.
  ///
  /// @throws IllegalArgumentException if the value is below it
  public static void atLeast(String name, long least, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %s, got %s".formatted(name, least, value));
    }
  }

  /// Checks both bounds: `samples must be 1 to 65536, got 0`.
  ///
  /// @throws IllegalArgumentException if the value is outside of them
  public static void between(String name, long least, long most, long value) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be %s to %s, got %s".formatted(name, least, most, value));
    }
  }
}
