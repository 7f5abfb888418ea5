package org.pdnn.sampling.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The weights of a layer, ready for tables of partial sums: 32 bits hold the weight of one input
/// for four outputs, 8 bits each, or for two, 16 bits each.
///
/// They are added as integers, borrows and all. What keeps the sums of every output from going
/// below zero is added first: [#bases]; it is the output's [#offset] in the end. Sums of 8 bits may
/// run for a segment of words before they must be widened. Immutable; threads share it.
public final class PackedWeights {
  /// Entries of a table: four input bits choose one of sixteen sums.
  static final int ENTRIES = 16;

  /// Input bits that index a table.
  static final int INDEX = 4;

  /// Tables that one word of 32 bits indexes.
  static final int TABLES = 8;

  /// Rows of tables that together hold the outputs of a block, or of half of it.
  static final int ROWS = 4;

  private static final int WORD = 32;
  private static final int BYTE = 0xFF;

  private final int[] packed;
  private final int[] taps;
  private final int[] offsets;
  private final boolean bytes;

  /// By block: where segments end, and by segment, then row, their bases.
  private final int[][] ends;

  private final int[][] bases;

  /// Made when a kernel first asks for it.
  private volatile @Nullable BytePlanes planes;

  /// Packs weights.
  ///
  /// @param weights by output, then word and bit: 32 weights for each tap
  /// @param taps from a position to each word that it reads
  public PackedWeights(short[][] weights, int[] taps) {
    int blocks = Math.ceilDiv(weights.length, Kernel.BLOCK);
    this.taps = taps.clone();
    this.offsets = new int[blocks * Kernel.BLOCK];
    for (int o = 0; o < weights.length; o++) {
      offsets[o] = down(weights[o], 0, taps.length);
    }
    this.ends = new int[blocks][];
    boolean fit = true;
    for (int block = 0; block < blocks && fit; block++) {
      ends[block] = segments(weights, block, taps.length);
      fit = ends[block].length > 0 || taps.length == 0;
    }
    this.bytes = fit;
    if (!bytes) {
      Arrays.fill(ends, segments(taps.length));
    }
    this.packed = new int[blocks * blockSize()];
    this.bases = new int[blocks][];
    for (int block = 0; block < blocks; block++) {
      bases[block] = new int[halves() * ends[block].length * ROWS];
    }
    for (int o = 0; o < weights.length; o++) {
      pack(weights[o], o);
    }
  }

  /// Where sums of 8 bits must be widened, so that none overflows for any output of a block; empty
  /// if a single word can overflow one.
  private static int[] segments(short[][] weights, int block, int words) {
    int first = block * Kernel.BLOCK;
    int last = Math.min(weights.length, first + Kernel.BLOCK);
    int[] spans = new int[last - first];
    List<Integer> ends = new ArrayList<>();
    for (int word = 0; word < words; word++) {
      boolean full = false;
      int[] ofWord = new int[spans.length];
      for (int o = first; o < last; o++) {
        for (int i = word * WORD; i < (word + 1) * WORD; i++) {
          if (weights[o][i] != (byte) weights[o][i]) {
            return new int[0];
          }
          ofWord[o - first] += Math.abs(weights[o][i]);
        }
        if (ofWord[o - first] > BYTE) {
          return new int[0];
        }
        full |= spans[o - first] + ofWord[o - first] > BYTE;
      }
      if (full) {
        ends.add(word);
        Arrays.fill(spans, 0);
      }
      for (int o = 0; o < spans.length; o++) {
        spans[o] += ofWord[o];
      }
    }
    ends.add(words);
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  /// Where nothing overflows: segments whose tables take 8 kB, to share the first cache with sums.
  private static int[] segments(int words) {
    return IntStream.rangeClosed(1, Math.ceilDiv(words, 2))
        .map(segment -> Math.min(words, 2 * segment))
        .toArray();
  }

  /// How far sums over some words can go below zero.
  private static int down(short[] weights, int from, int to) {
    int sum = 0;
    for (int i = from * WORD; i < to * WORD; i++) {
      sum += Math.max(0, -weights[i]);
    }
    return sum;
  }

  private void pack(short[] weights, int output) {
    int block = output / Kernel.BLOCK;
    for (int i = 0; i < weights.length; i++) {
      packed[at(output, i)] += weights[i] << shift(output);
    }
    int from = 0;
    for (int segment = 0; segment < ends[block].length; segment++) {
      int row = (half(output) * ends[block].length + segment) * ROWS + row(output);
      bases[block][row] += down(weights, from, ends[block][segment]) << shift(output);
      from = ends[block][segment];
    }
  }

  /// Where the weight of an input is packed.
  private int at(int output, int input) {
    int table = half(output) * taps.length * TABLES + input / INDEX;
    return output / Kernel.BLOCK * blockSize()
        + (table * ROWS + row(output)) * INDEX
        + input % INDEX;
  }

  /// The weight of an input.
  int weight(int output, int input) {
    int word = packed[at(output, input)];
    int shift = shift(output);
    // What lies below may have borrowed; it is less than half of the lowest bit.
    int rounded = shift == 0 ? word : ((word >> (shift - 1)) + 1) >> 1;
    return bytes ? (byte) rounded : (short) rounded;
  }

  /// The row that holds an output's weights. Pair j of the sums holds outputs 2 j and 2 j + 1; see
  /// the kernels' widening of bytes.
  private int row(int output) {
    return bytes ? output / 4 % ROWS : output / 2 % ROWS;
  }

  /// The lowest bit of an output in 32 bits.
  private int shift(int output) {
    return bytes ? 16 * (output % 2) + 8 * (output / 2 % 2) : 16 * (output % 2);
  }

  /// The half of a block, if weights are 16 bits wide.
  private int half(int output) {
    return bytes ? 0 : output / 8 % 2;
  }

  private int halves() {
    return bytes ? 1 : 2;
  }

  /// The same weights as tables for permutations of bytes.
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

  /// By block, half if 16 bits wide, word, table, row, then the four inputs of the table.
  int[] packed() {
    return packed;
  }

  /// Elements of [#packed] for a block of outputs.
  int blockSize() {
    return halves() * taps.length * TABLES * ROWS * INDEX;
  }

  /// Elements of the tables of a block: sixteen sums for every four inputs.
  public int tableSize() {
    return blockSize() / INDEX * ENTRIES;
  }

  /// From a position to each word that it reads.
  int[] taps() {
    return taps;
  }

  /// Whether 32 bits hold four outputs of 8 bits, not two of 16 bits.
  public boolean bytes() {
    return bytes;
  }

  /// Where the segments of a block end, in words.
  int[] ends(int block) {
    return ends[block];
  }

  /// What sums begin with in a block: by half if weights are 16 bits wide, segment, then row.
  int[] bases(int block) {
    return bases[block];
  }

  /// What the sum of an output is too large by.
  public int offset(int output) {
    return offsets[output];
  }

  /// Number of blocks of outputs.
  public int blocks() {
    return ends.length;
  }

  /// Memory of the weights, in bytes.
  public long size() {
    BytePlanes made = planes;
    return (long) Integer.BYTES * packed.length + (made == null ? 0 : made.entries().length);
  }
}
