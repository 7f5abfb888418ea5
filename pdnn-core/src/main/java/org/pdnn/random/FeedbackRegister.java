package org.pdnn.random;

/// A linear feedback shift register (LFSR) in Galois form with the longest period there is: its
/// `width` bits take on all 2^width - 1 states but 0, and return. Immutable.
///
/// After one shift most bits are those of before, a place lower, so numbers that are read one shift
/// apart have correlation 1/2 (32 bits) or 0.38. After as many shifts as there are bits they have
/// none ([#correlation]); words should be that far apart.
public final class FeedbackRegister {
  private final int width;
  private final int taps;

  /// Entry k is 2^k shifts.
  private final Jump[] jumps;

  /// A register of 8 bits (taps x^8 + x^6 + x^5 + x^4 + 1), 16 (x^16 + x^14 + x^13 + x^11 + 1) or
  /// 32 (x^32 + x^22 + x^2 + x + 1).
  public FeedbackRegister(int width) {
    this.width = width;
    this.taps =
        switch (width) {
          case 8 -> 0xB8;
          case 16 -> 0xB400;
          case 32 -> 0x80200003;
          default ->
              throw new IllegalArgumentException("a register has 8, 16 or 32 bits, got " + width);
        };
    this.jumps = jumps();
  }

  /// Number of bits.
  public int width() {
    return width;
  }

  /// The bits that are inverted when a 1 falls out.
  public int taps() {
    return taps;
  }

  /// One shift: to the right, the taps joining in when a 1 falls out.
  public int shift(int state) {
    return (state >>> 1) ^ (-(state & 1) & taps);
  }

  /// The state after a number of shifts, in the time of its logarithm.
  ///
  /// @param shifts at least 0
  public int advance(int state, long shifts) {
    int found = state;
    for (long left = shifts % ((1L << width) - 1); left != 0; left &= left - 1) {
      found = jumps[Long.numberOfTrailingZeros(left)].from(found);
    }
    return found;
  }

  /// A number of shifts to do many times.
  public Jump jump(long shifts) {
    int[] images = new int[width];
    for (int bit = 0; bit < width; bit++) {
      images[bit] = advance(1 << bit, shifts);
    }
    return new Jump(images);
  }

  /// A number of shifts, which takes a look-up for each byte of a state.
  public static final class Jump {
    /// By byte of a state and its value: what becomes of it. They add up over GF(2).
    private final int[] images = new int[Integer.BYTES << Byte.SIZE];

    /// @param units what becomes of the states of a single 1
    private Jump(int[] units) {
      for (int bit = 0; bit < units.length; bit++) {
        int first = (bit / Byte.SIZE) << Byte.SIZE;
        int value = 1 << (bit % Byte.SIZE);
        for (int lower = 0; lower < value; lower++) {
          images[first + value + lower] = images[first + lower] ^ units[bit];
        }
      }
    }

    /// The state after them.
    public int from(int state) {
      return images[state & 0xFF]
          ^ images[0x100 + (state >>> 8 & 0xFF)]
          ^ images[0x200 + (state >>> 16 & 0xFF)]
          ^ images[0x300 + (state >>> 24)];
    }
  }

  /// A state as a word: in the upper bits the state, below them half a step, so that u = (state +
  /// 1/2) / 2^width.
  public int word(int state) {
    return width == Integer.SIZE
        ? state
        : state << (Integer.SIZE - width) | 1 << (Integer.SIZE - width - 1);
  }

  /// The state with which a random word starts a register: its upper bits, and 1 in place of 0,
  /// which a register never leaves.
  public int start(int word) {
    int state = word >>> (Integer.SIZE - width);
    return state == 0 ? 1 : state;
  }

  /// The correlation, over the whole period, of numbers that many shifts apart, but for 2^-width.
  ///
  /// A bit of the later number is a sum over GF(2) of bits of the earlier one. It is independent of
  /// each of them unless the sum has one term; then both are the same bit, which counts 3 times the
  /// product of its two place values.
  public double correlation(long shifts) {
    Jump jump = jump(shifts);
    double correlation = 0;
    for (int later = 0; later < width; later++) {
      int terms = 0;
      int earlier = 0;
      for (int bit = 0; bit < width; bit++) {
        if ((jump.from(1 << bit) >>> later & 1) != 0) {
          terms++;
          earlier = bit;
        }
      }
      if (terms == 1) {
        correlation += Math.scalb(3.0, earlier + later - 2 * width);
      }
    }
    return correlation;
  }

  private Jump[] jumps() {
    Jump[] made = new Jump[width];
    int[] units = new int[width];
    for (int k = 0; k < width; k++) {
      for (int bit = 0; bit < width; bit++) {
        units[bit] = k == 0 ? shift(1 << bit) : made[k - 1].from(made[k - 1].from(1 << bit));
      }
      made[k] = new Jump(units);
    }
    return made;
  }
}
