package org.pdnn.tradeoff;

import java.util.Optional;
import org.pdnn.energy.Joules;

/// Energies of a bit of the weights' memory, from 0 on.
///
/// @param least the least of them; empty if there is none
/// @param most the greatest of them; empty if they have no end, or there is none
public record MemoryRange(Optional<Joules> least, Optional<Joules> most) {
  /// Where a + b e is at most 0.
  ///
  /// @param a in pJ
  /// @param b in pJ per pJ
  static MemoryRange where(double a, double b) {
    Joules even = Joules.ofPicojoules(b == 0 ? 0 : -a / b);
    if (a <= 0) {
      return new MemoryRange(
          Optional.of(Joules.ZERO), b > 0 ? Optional.of(even) : Optional.empty());
    }
    return new MemoryRange(b < 0 ? Optional.of(even) : Optional.empty(), Optional.empty());
  }

  /// Whether no energy is in it.
  public boolean never() {
    return least.isEmpty();
  }

  /// Whether all energies are in it.
  public boolean always() {
    return least.isPresent() && least.get().equals(Joules.ZERO) && most.isEmpty();
  }
}
