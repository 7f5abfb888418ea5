package org.pdnn.circuit.accelerator;

/// A step of an accelerator: place by place of a kernel, P units at a time (a group), whose terms
/// come one in a cycle, all P reading the same input.
///
/// @param layer its name in the model
/// @param kind what it does
/// @param scan what is read for each place
/// @param channels units of a place
/// @param planes bits of an input, of which a sweep over the terms sees one
/// @param slots cycles of the last sweep: the terms, and more where the generators must move
///   further or the units before have not left
/// @param elements P
/// @param flush cycles in which the pipeline empties
public record Step(
    String layer,
    Kind kind,
    Scan scan,
    int channels,
    int planes,
    int slots,
    int elements,
    int flush) {
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

  /// Inputs of a unit that are read.
  int terms() {
    return scan.termCount();
  }

  /// Places of the kernel, those of all members of pools.
  public int places() {
    return scan.placeCount();
  }

  /// Groups of P units at a place.
  public int groups() {
    return Math.ceilDiv(channels, elements);
  }

  /// Units that the step leaves, those of a pool as one.
  int units() {
    return scan.pixels() * channels;
  }

  /// Cycles of the step.
  public long cycles() {
    return (long) places() * groups() * ((planes - 1) * (terms() + 1) + slots + 1) + flush;
  }
}
