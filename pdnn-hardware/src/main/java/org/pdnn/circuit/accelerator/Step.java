package org.pdnn.circuit.accelerator;

/// A step of an accelerator: P units at a time (a group), whose terms come one in a cycle, all P
/// reading the same input.
///
/// @param layer its name in the model
/// @param kind what it does
/// @param terms inputs of a unit that are read
/// @param units of the layer
/// @param planes bits of an input, of which a sweep over the terms sees one
/// @param slots cycles of a sweep: the terms, and more where the generators must move further
/// @param elements P
public record Step(
    String layer, Kind kind, int terms, int units, int planes, int slots, int elements) {
  /// What a step does.
  public enum Kind {
    /// The first layer's sums, bit by bit of its inputs, and the thresholds of its p-bits: once for
    /// an input, as they depend on no draw.
    THRESHOLDS,

    /// The draw of the first layer's p-bits.
    DRAW,

    /// Sums of weights whose p-bit is up, and p-bits.
    HIDDEN,

    /// Sums of weights whose p-bit is up, added to those of the passes before.
    LAST
  }

  /// Cycles from the last cycle of a group to its last unit's p-bit, but for the elements' turn.
  static final int LATENCY = 6;

  /// Groups of P units.
  public int groups() {
    return Math.ceilDiv(units, elements);
  }

  /// Units, with those that fill the last group.
  int places() {
    return groups() * elements;
  }

  /// Cycles in which the pipeline empties.
  int flush() {
    return elements + LATENCY;
  }

  /// Cycles of the step.
  public long cycles() {
    return (long) groups() * planes * (slots + 1) + flush();
  }
}
