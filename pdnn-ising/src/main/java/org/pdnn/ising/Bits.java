package org.pdnn.ising;

/// States as bits: 1 for up.
final class Bits {
  private Bits() {}

  static String of(Spins spins) {
    StringBuilder bits = new StringBuilder(spins.size());
    for (int spin = 0; spin < spins.size(); spin++) {
      bits.append(spins.up(spin) ? '1' : '0');
    }
    return bits.toString();
  }
}
