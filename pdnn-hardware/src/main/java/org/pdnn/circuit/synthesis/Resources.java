package org.pdnn.circuit.synthesis;

/// What a circuit takes of a chip.
///
/// @param luts look-up tables
/// @param flipFlops registers of one bit
/// @param carries cells of carry chains
/// @param dsps hard multipliers
/// @param rams blocks of memory
public record Resources(long luts, long flipFlops, long carries, long dsps, long rams) {
  public static final Resources NONE = new Resources(0, 0, 0, 0, 0);

  public Resources plus(Resources other) {
    return new Resources(
        luts + other.luts,
        flipFlops + other.flipFlops,
        carries + other.carries,
        dsps + other.dsps,
        rams + other.rams);
  }

  /// Of so many equal circuits.
  public Resources times(long count) {
    return new Resources(
        luts * count, flipFlops * count, carries * count, dsps * count, rams * count);
  }
}
