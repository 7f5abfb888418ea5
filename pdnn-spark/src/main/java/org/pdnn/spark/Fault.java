package org.pdnn.spark;

/// What went wrong in a job, in one sentence.
final class Fault {
  private Fault() {}

  /// What went wrong in a task is the deepest cause of what Spark throws.
  static String sentence(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String sentence = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return sentence.isBlank() ? cause.toString() : sentence;
  }
}
