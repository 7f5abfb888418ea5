package org.pdnn.names;

/// A number with its noun, as a sentence has it: `1 sample`, `8 samples`.
public final class Counted {
  private Counted() {}

  /// The number and the noun, in the plural unless the number is 1.
  ///
  /// @param noun in the singular; its plural ends in -s, or -es after an s
  public static String of(long count, String noun) {
    return count == 1 ? "1 " + noun : count + " " + noun + (noun.endsWith("s") ? "es" : "s");
  }

  /// A number as the subject of a verb: `1 sample loses`, `8 samples lose`.
  ///
  /// @param verb in the plural, as in `lose` or `are`
  public static String of(long count, String noun, String verb) {
    String singular =
        switch (verb) {
          case "are" -> "is";
          case "have" -> "has";
          default -> verb + "s";
        };
    return of(count, noun) + " " + (count == 1 ? singular : verb);
  }
}
