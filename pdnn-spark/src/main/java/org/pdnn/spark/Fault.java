package org.pdnn.spark;

import java.io.IOException;

/// What went wrong in a job, in one sentence.
final class Fault {
  /// Spark quotes a whole line of a table.
  private static final int MOST_CHARACTERS = 400;

  private Fault() {}

  /// What our own code says, which Spark wraps and which wraps what a library says; else the
  /// deepest cause.
  static String sentence(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !isOurs(cause)) {
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

  private static boolean isOurs(Throwable cause) {
    StackTraceElement[] frames = cause.getStackTrace();
    return (cause.getClass() == IOException.class
            || cause.getClass() == IllegalArgumentException.class)
        && frames.length > 0
        && frames[0].getClassName().startsWith("org.pdnn.");
  }
}
