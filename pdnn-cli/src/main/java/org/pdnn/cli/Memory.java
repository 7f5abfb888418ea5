package org.pdnn.cli;

/// What to do when memory ends.
final class Memory {
  private Memory() {}

  static String exhausted(OutOfMemoryError failure) {
    if (String.valueOf(failure.getMessage()).contains("native thread")) {
      return "the system gives no more threads; use fewer --threads";
    }
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    return "%s MiB of memory are too few; give more, as in PDNN_MEMORY=%sg, or use fewer --threads"
        .formatted(mebibytes, Math.max(4, 2 * (mebibytes + 1023) / 1024));
  }
}
