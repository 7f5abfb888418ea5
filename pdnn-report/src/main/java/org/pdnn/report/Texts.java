package org.pdnn.report;

import java.util.regex.Pattern;

/// What words of a report must be.
final class Texts {
  /// Safe as a file name everywhere, in a link and as an HTML id.
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private Texts() {}

  static void requirePresent(String name, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }

  static void requireSlug(String id) {
    if (!SLUG.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "id must be lower-case letters and digits joined by hyphens, got '%s'".formatted(id));
    }
  }
}
