package org.pdnn.random;

/// The 32-bit linear feedback shift register of the circuit: taps 0x80200003, period 2^32 - 1.
///
/// Each neuron has a register of its own, which starts at a random non-zero state for each input
/// and moves 32 shifts from one pass to the next, so that no bit serves twice. A register never
/// reaches 0, hence neither do its words. A linear generator: fast in hardware, weaker than
/// [Philox].
public final class Lfsr implements RandomWords {
  private static final int TAPS = 0x80200003;

  private static final int SHIFTS_A_WORD = 32;

  /// Row k holds the matrix of 2^k shifts over GF(2), as the images of the 32 unit states.
  private static final int[][] JUMPS = jumps();

  private final Philox starts;

  /// Registers whose starts follow from the seed.
  public Lfsr(long seed) {
    this.starts = Philox.forPurpose(seed, "lfsr");
  }

  @Override
  public int word(long input, int layer, int unit, int sample) {
    int start = starts.word(input, layer, unit, 0);
    return advance(start == 0 ? 1 : start, (sample + 1L) * SHIFTS_A_WORD);
  }

  /// The state after a number of shifts, in the time of its logarithm.
  static int advance(int start, long shifts) {
    int state = start;
    for (long left = shifts; left != 0; left &= left - 1) {
      state = times(JUMPS[Long.numberOfTrailingZeros(left)], state);
    }
    return state;
  }

  /// One shift: to the right, the taps joining in when a 1 falls out.
  static int shift(int state) {
    return (state >>> 1) ^ (-(state & 1) & TAPS);
  }

  private static int[][] jumps() {
    int[][] jumps = new int[Long.SIZE][Integer.SIZE];
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      jumps[0][bit] = shift(1 << bit);
    }
    for (int k = 1; k < jumps.length; k++) {
      for (int bit = 0; bit < Integer.SIZE; bit++) {
        jumps[k][bit] = times(jumps[k - 1], jumps[k - 1][bit]);
      }
    }
    return jumps;
  }

  private static int times(int[] matrix, int state) {
    int product = 0;
    for (int bits = state; bits != 0; bits &= bits - 1) {
      product ^= matrix[Integer.numberOfTrailingZeros(bits)];
    }
    return product;
  }
}
