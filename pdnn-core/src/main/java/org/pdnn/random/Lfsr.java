package org.pdnn.random;

/// Linear feedback shift registers of 8, 16 or 32 bits with the longest period there is, 2^width -
/// 1; that of 32 bits is the circuit's.
///
/// Each neuron has a register of its own, which starts at a random non-zero state for each input
/// and moves some shifts from one pass to the next: as many as it has bits, unless told otherwise,
/// so that no bit serves twice. A word has the register's state in its upper bits and, below them,
/// half a step: u = (state + 1/2) / 2^width. A register never reaches 0, hence neither does its
/// state. A linear generator: fast in hardware, weaker than [Philox]; a short register repeats
/// itself after 2^width - 1 passes, and those of all neurons walk along the same circle.
public final class Lfsr implements RandomWords {
  private final int width;
  private final int shiftsAPass;
  private final RandomWords starts;

  /// Entry k is the matrix of 2^k shifts over GF(2), as the images of the unit states.
  private final int[][] jumps;

  /// Registers of 32 bits whose starts follow from the seed.
  public Lfsr(long seed) {
    this(Integer.SIZE, Integer.SIZE, Philox.forPurpose(seed, "lfsr"));
  }

  /// Registers that start at the words of pass 0 of a source.
  ///
  /// @param width bits of a register: 8, 16 or 32
  /// @param shiftsAPass shifts from one pass to the next, 1 to 32
  /// @param starts the upper bits of its words are the first states; 1 in place of 0
  public Lfsr(int width, int shiftsAPass, RandomWords starts) {
    if (shiftsAPass < 1 || shiftsAPass > Integer.SIZE) {
      throw new IllegalArgumentException("shifts a pass must be 1 to 32, got " + shiftsAPass);
    }
    this.width = width;
    this.shiftsAPass = shiftsAPass;
    this.starts = starts;
    this.jumps = jumps(width);
  }

  @Override
  public int word(long input, int layer, int unit, int sample) {
    int start = start(starts.word(input, layer, unit, 0));
    return word(advance(start, (sample + 1L) * shiftsAPass));
  }

  @Override
  public void fill(long input, int layer, int sample, int[] words) {
    int[] jump = new int[width];
    for (int bit = 0; bit < width; bit++) {
      jump[bit] = advance(1 << bit, (sample + 1L) * shiftsAPass);
    }
    starts.fill(input, layer, 0, words);
    for (int unit = 0; unit < words.length; unit++) {
      words[unit] = word(times(jump, start(words[unit])));
    }
  }

  private int start(int word) {
    int state = word >>> (Integer.SIZE - width);
    return state == 0 ? 1 : state;
  }

  private int word(int state) {
    return width == Integer.SIZE
        ? state
        : state << (Integer.SIZE - width) | 1 << (Integer.SIZE - width - 1);
  }

  /// The state after a number of shifts, in the time of its logarithm.
  int advance(int start, long shifts) {
    int state = start;
    for (long left = shifts; left != 0; left &= left - 1) {
      state = times(jumps[Long.numberOfTrailingZeros(left)], state);
    }
    return state;
  }

  /// One shift: to the right, the taps joining in when a 1 falls out.
  static int shift(int width, int state) {
    return (state >>> 1) ^ (-(state & 1) & taps(width));
  }

  /// Taps of the longest period: x^8 + x^6 + x^5 + x^4 + 1, x^16 + x^14 + x^13 + x^11 + 1 and x^32
  /// + x^22 + x^2 + x + 1.
  private static int taps(int width) {
    return switch (width) {
      case 8 -> 0xB8;
      case 16 -> 0xB400;
      case 32 -> 0x80200003;
      default ->
          throw new IllegalArgumentException("a register has 8, 16 or 32 bits, got " + width);
    };
  }

  private static int[][] jumps(int width) {
    int[][] jumps = new int[Long.SIZE][width];
    for (int bit = 0; bit < width; bit++) {
      jumps[0][bit] = shift(width, 1 << bit);
    }
    for (int k = 1; k < jumps.length; k++) {
      for (int bit = 0; bit < width; bit++) {
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
