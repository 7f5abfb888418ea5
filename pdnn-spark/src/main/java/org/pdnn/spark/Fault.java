package org.pdnn.spark;

/// What went wrong in a job, in one sentence.
final class Fault {
  /// Spark quotes a whole line of a table.
  private static final int MOST_CHARACTERS = 400;

  private Fault() {}

  /// What went wrong in a task is the deepest cause of what Spark throws.
  static String sentence(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String sentence = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    if (sentence.startsWith("No space left")) {
      return "no space is left where the job writes (%s); make room and run it again"
          .formatted(sentence);
    }
    if (sentence.length() > MOST_CHARACTERS) {
      return sentence.substring(0, MOST_CHARACTERS) + " ...";
    }
    return sentence.isBlank() ? cause.toString() : sentence;
  }
}
