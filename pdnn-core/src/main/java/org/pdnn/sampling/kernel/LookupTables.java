package org.pdnn.sampling.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The weights of a layer as tables of partial sums: four input bits choose one of sixteen sums of
/// four weights. An entry is 32 bits: four outputs of 8 bits, or two of 16 bits.
///
/// Entries are sums less the least possible sum, so that they are never negative; what a total is
/// too large by is the output's [#offset]. Entries of 8 bits may be added for [#flush] words before
/// the sums must be widened. Immutable; threads share it.
public final class LookupTables {
  /// Entries of a table.
  static final int ENTRIES = 16;

  /// Tables that one word of 32 bits indexes.
  static final int TABLES = 8;

  private static final int WORD = 32;
  private static final int BYTE = 0xFF;

  private final int[] entries;
  private final int[] taps;
  private final int[] offsets;
  private final int[] flushes;
  private final boolean bytes;

  /// Made when a kernel first asks for it.
  private volatile @Nullable BytePlanes planes;

  /// Builds the tables.
  ///
  /// @param weights by output, then word and bit: 32 weights for each tap
  /// @param taps from a position to each word that it reads
  public LookupTables(short[][] weights, int[] taps) {
    int blocks = Math.ceilDiv(weights.length, Kernel.BLOCK);
    this.taps = taps.clone();
    this.offsets = new int[blocks * Kernel.BLOCK];
    for (int o = 0; o < weights.length; o++) {
      for (short weight : weights[o]) {
        offsets[o] += Math.max(0, -weight);
      }
    }
    this.flushes = new int[blocks];
    for (int block = 0; block < blocks; block++) {
      flushes[block] = flush(weights, block, taps.length);
    }
    this.bytes = taps.length == 0 || Arrays.stream(flushes).allMatch(flush -> flush > 0);
    this.entries = new int[blocks * blockSize()];
    for (int o = 0; o < weights.length; o++) {
      enter(weights[o], o);
    }
  }

  /// The most words, for all outputs of a block, between which sums of 8 bits cannot overflow; 0 if
  /// a single word can.
  private static int flush(short[][] weights, int block, int words) {
    int first = block * Kernel.BLOCK;
    int last = Math.min(weights.length, first + Kernel.BLOCK);
    int[][] spans = new int[last - first][words];
    for (int o = first; o < last; o++) {
      for (int i = 0; i < words * WORD; i++) {
        spans[o - first][i / WORD] += Math.abs(weights[o][i]);
      }
    }
    for (int flush = words; flush > 0; flush--) {
      int most = 0;
      for (int[] ofOutput : spans) {
        for (int from = 0; from < words; from += flush) {
          int span = 0;
          for (int word = from; word < Math.min(words, from + flush); word++) {
            span += ofOutput[word];
          }
          most = Math.max(most, span);
        }
      }
      if (most <= BYTE) {
        return flush;
      }
    }
    return 0;
  }

  private void enter(short[] weights, int output) {
    int block = output / Kernel.BLOCK;
    int row = row(output);
    int shift = shift(output);
    int half = half(output);
    for (int table = 0; table < taps.length * TABLES; table++) {
      int at = block * blockSize() + ((half * taps.length * TABLES + table) * 4 + row) * ENTRIES;
      for (int index = 0; index < ENTRIES; index++) {
        int sum = 0;
        for (int bit = 0; bit < 4; bit++) {
          int weight = weights[table * 4 + bit];
          sum += (index >> bit & 1) == 1 ? Math.max(0, weight) : Math.max(0, -weight);
        }
        entries[at + index] |= sum << shift;
      }
    }
  }

  /// The row that holds an output's entries. Pair j of the sums holds outputs 2 j and 2 j + 1; see
  /// the kernels' widening of bytes.
  int row(int output) {
    return bytes ? output / 4 % 4 : output / 2 % 4;
  }

  /// The lowest bit of an output in its entries.
  int shift(int output) {
    return bytes ? 16 * (output % 2) + 8 * (output / 2 % 2) : 16 * (output % 2);
  }

  /// The half of a block, if entries are 16 bits wide.
  int half(int output) {
    return bytes ? 0 : output / 8 % 2;
  }

  /// The same tables for permutations of bytes.
  BytePlanes planes() {
    BytePlanes made = planes;
    if (made == null) {
      synchronized (this) {
        made = planes;
        if (made == null) {
          made = new BytePlanes(this);
          planes = made;
        }
      }
    }
    return made;
  }

  /// By block, half if 16 bits wide, word, four input bits, then four rows of sixteen entries.
  int[] entries() {
    return entries;
  }

  /// Entries of a block of outputs.
  int blockSize() {
    return (bytes ? 1 : 2) * taps.length * TABLES * 4 * ENTRIES;
  }

  /// From a position to each word that it reads.
  int[] taps() {
    return taps;
  }

  /// Whether entries hold four outputs of 8 bits, not two of 16 bits.
  public boolean bytes() {
    return bytes;
  }

  /// Words of a block between widenings.
  int flush(int block) {
    return flushes[block];
  }

  /// What the sum of an output is too large by.
  public int offset(int output) {
    return offsets[output];
  }

  /// Number of blocks of outputs.
  public int blocks() {
    return flushes.length;
  }

  /// Memory of the entries.
  public long size() {
    BytePlanes made = planes;
    return 4L * entries.length + (made == null ? 0 : made.entries().length);
  }
}
