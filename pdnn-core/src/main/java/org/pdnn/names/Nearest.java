package org.pdnn.names;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The known name that an unknown one was probably meant to be.
public final class Nearest {
  /// Characters below which too many names begin with them.
  private static final int LEAST_PREFIX = 3;

  private Nearest() {}

  /// ` (did you mean 'vgg5'?)` if a known name begins with the unknown one, or is within two edits
  /// or a third of its length; else nothing.
  public static String suggestion(String unknown, Collection<String> known) {
    Optional<String> nearest =
        known.stream().min(Comparator.comparingInt(name -> distance(unknown, name)));
    return nearest
        .filter(name -> distance(unknown, name) <= Math.max(2, name.length() / 3))
        .or(() ->
            known.stream()
                .filter(name -> unknown.length() >= LEAST_PREFIX && name.startsWith(unknown))
                .min(Comparator.naturalOrder()))
        .map(name -> " (did you mean '" + name + "'?)")
        .orElse("");
  }

  /// Levenshtein distance.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(diagonal + change, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
