package org.pdnn.sampling.kernel;

/// [LookupTables] for permutations of bytes: sixteen entries of 8 bits fill a 128-bit vector, which
/// `pshufb` and NEON's `tbl` permute by the indices of sixteen chains at once.
///
/// Entries that are wider than sums of bytes allow are cut into digits of 5 bits, a plane each:
/// eight of them, those of one word of inputs, add up to at most 248.
final class BytePlanes {
  /// Bits of a digit.
  static final int DIGIT = 5;

  private static final int ROW = LookupTables.ENTRIES;
  private static final int MASK = (1 << DIGIT) - 1;

  private final byte[] entries;
  private final int digits;

  BytePlanes(LookupTables tables) {
    int[] words = tables.entries();
    int groups = tables.taps().length * LookupTables.TABLES;
    this.digits = tables.bytes() ? 1 : digits(words);
    this.entries = new byte[tables.blocks() * Kernel.BLOCK * digits * groups * ROW];
    int at = 0;
    for (int block = 0; block < tables.blocks(); block++) {
      for (int from = 0; from < groups; from += LookupTables.TABLES) {
        for (int o = 0; o < Kernel.BLOCK; o++) {
          for (int digit = 0; digit < digits; digit++) {
            for (int group = from; group < from + LookupTables.TABLES; group++) {
              for (int index = 0; index < ROW; index++) {
                int entry = entry(tables, block * tables.blockSize(), groups, group, o, index);
                entries[at++] = (byte) (tables.bytes() ? entry : (entry >> (digit * DIGIT)) & MASK);
              }
            }
          }
        }
      }
    }
  }

  private static int digits(int[] words) {
    int all = 0;
    for (int word : words) {
      all |= word | word >>> 16;
    }
    return Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(all & 0xFFFF), DIGIT);
  }

  private static int entry(
      LookupTables tables, int block, int groups, int group, int output, int index) {
    int half = tables.half(output) * groups;
    int at = block + ((half + group) * 4 + tables.row(output)) * ROW + index;
    return tables.entries()[at] >>> tables.shift(output) & (tables.bytes() ? 0xFF : 0xFFFF);
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
