package org.pdnn.sums;

/// The sums of so many images, from one place in memory to another. It serves one thread at a time;
/// different ones run at once.
public interface Summation {

  /// Reads the codes and writes all sums.
  void run();
}
