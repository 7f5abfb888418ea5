package org.pdnn.energy;

/// The check that all counts of this package share.
final class Check {
  private Check() {}

  static void requireAtLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1, got %s".formatted(name, value));
    }
  }
}
