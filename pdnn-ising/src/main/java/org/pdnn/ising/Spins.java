package org.pdnn.ising;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// A state of a model: each spin up (+1) or down (-1). Immutable.
public final class Spins {
  private final int size;
  private final long[] words;

  private Spins(int size, long[] words) {
    this.size = size;
    this.words = words;
  }

  /// A state.
  ///
  /// @param size number of spins
  /// @param up which of them are up
  public static Spins of(int size, IntPredicate up) {
    long[] words = new long[(size + Long.SIZE - 1) / Long.SIZE];
    for (int spin = 0; spin < size; spin++) {
      if (up.test(spin)) {
        words[spin / Long.SIZE] |= 1L << spin;
      }
    }
    return new Spins(size, words);
  }

  /// Reads what [#toString] writes: `+` for up, `-` for down.
  public static Spins parse(String text) {
    for (int spin = 0; spin < text.length(); spin++) {
      if (text.charAt(spin) != '+' && text.charAt(spin) != '-') {
        throw new IllegalArgumentException(
            "a state has + and -, got '%s' at spin %s".formatted(text.charAt(spin), spin));
      }
    }
    return of(text.length(), spin -> text.charAt(spin) == '+');
  }

  /// Number of spins.
  public int size() {
    return size;
  }

  /// Whether a spin is up.
  public boolean up(int spin) {
    return (words[spin / Long.SIZE] >>> spin & 1) != 0;
  }

  /// The value of a spin, -1 or +1.
  public int value(int spin) {
    return up(spin) ? 1 : -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Spins that && size == that.size && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * size + Arrays.hashCode(words);
  }

  /// One `+` or `-` for each spin.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(size);
    for (int spin = 0; spin < size; spin++) {
      text.append(up(spin) ? '+' : '-');
    }
    return text.toString();
  }
}
