package org.pdnn.sampling.kernel;

/// [PackedWeights] as tables for permutations of bytes: sixteen entries of 8 bits fill a 128-bit
/// vector, which `pshufb` and NEON's `tbl` permute by the indices of sixteen chains at once.
///
/// Entries are sums less the least possible sum, so that they are never negative. Those that are
/// wider than sums of bytes allow are cut into digits of 5 bits, a plane each: eight of them, those
/// of one word of inputs, add up to at most 248.
final class BytePlanes {
  /// Bits of a digit.
  static final int DIGIT = 5;

  private static final int ROW = PackedWeights.ENTRIES;
  private static final int MASK = (1 << DIGIT) - 1;

  private final byte[] entries;
  private final int digits;

  BytePlanes(PackedWeights weights) {
    int groups = weights.taps().length * PackedWeights.TABLES;
    int outputs = weights.blocks() * Kernel.BLOCK;
    this.digits = weights.bytes() ? 1 : digits(weights, outputs, groups);
    this.entries = new byte[outputs * digits * groups * ROW];
    for (int output = 0; output < outputs; output++) {
      for (int group = 0; group < groups; group++) {
        int[] table = table(weights, output, group);
        int word =
            output / Kernel.BLOCK * groups / PackedWeights.TABLES + group / PackedWeights.TABLES;
        for (int digit = 0; digit < digits; digit++) {
          int plane = (word * Kernel.BLOCK + output % Kernel.BLOCK) * digits + digit;
          int at = (plane * PackedWeights.TABLES + group % PackedWeights.TABLES) * ROW;
          for (int index = 0; index < ROW; index++) {
            int entry = table[index];
            entries[at + index] =
                (byte) (weights.bytes() ? entry : (entry >> (digit * DIGIT)) & MASK);
          }
        }
      }
    }
  }

  private static int digits(PackedWeights weights, int outputs, int groups) {
    int greatest = 1;
    for (int output = 0; output < outputs; output++) {
      for (int group = 0; group < groups; group++) {
        for (int entry : table(weights, output, group)) {
          greatest = Math.max(greatest, entry);
        }
      }
    }
    return Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(greatest), DIGIT);
  }

  private static int[] table(PackedWeights weights, int output, int group) {
    int[] table = new int[ROW];
    for (int bit = 0; bit < PackedWeights.INDEX; bit++) {
      int weight = weights.weight(output, group * PackedWeights.INDEX + bit);
      for (int index = 0; index < ROW; index++) {
        boolean up = (index >> bit & 1) == 1;
        table[index] += up ? Math.max(0, weight) : Math.max(0, -weight);
      }
    }
    return table;
  }

  /// By block, word, output, digit, four input bits, then sixteen entries.
  byte[] entries() {
    return entries;
  }

  /// Digits of an entry, the least significant first; 1 if sums of a word fit a byte.
  int digits() {
    return digits;
  }
}
