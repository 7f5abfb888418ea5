package org.pdnn.sampling.kernel;

import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Sums of weights by table look-up in 512-bit vectors: one permutation of sixteen 32-bit entries
/// (`vpermd`) looks up four input bits of sixteen chains for four outputs of 8 bits or two of 16,
/// and one addition adds them: 256 or 128 multiply-accumulates.
///
/// Two positions by four rows of tables are in work at a time: fewer reload tables, more spill
/// registers. The groups of four bits are not unrolled, for the same reason.
final class Lookup512 {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
  private static final int ROW = PackedWeights.ENTRIES;
  private static final int ROWS = PackedWeights.ROWS;
  private static final int LOW_BYTES = 0x00FF00FF;

  /// By bit: all ones in the lanes whose number has it.
  private static final int[] MASKS = masks();

  private Lookup512() {}

  private static int[] masks() {
    int[] masks = new int[PackedWeights.INDEX * LANES];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = -(((i % LANES) >> (i / LANES)) & 1);
    }
    return masks;
  }

  /// See [Kernel#expand]: all sixteen sums of four weights at a time.
  static void expand(PackedWeights weights, int block, int[] tables) {
    IntVector mask0 = IntVector.fromArray(INTS, MASKS, 0);
    IntVector mask1 = IntVector.fromArray(INTS, MASKS, LANES);
    IntVector mask2 = IntVector.fromArray(INTS, MASKS, 2 * LANES);
    IntVector mask3 = IntVector.fromArray(INTS, MASKS, 3 * LANES);
    int[] packed = weights.packed();
    int from = block * weights.blockSize();
    for (int to = 0; to < weights.tableSize(); to += ROW) {
      mask0
          .and(packed[from])
          .add(mask1.and(packed[from + 1]))
          .add(mask2.and(packed[from + 2]))
          .add(mask3.and(packed[from + 3]))
          .intoArray(tables, to);
      from += PackedWeights.INDEX;
    }
  }

  /// Entries of four outputs of 8 bits. Bytes are added as parts of integers, which is the same as
  /// long as none overflows. Before one could, integers and, apart, their odd bytes go on in
  /// registers of their own; the difference, at the end, is that of the even bytes.
  static void bytes(
      PackedWeights weights,
      int block,
      int[] tables,
      int[] bits,
      int first,
      int second,
      int[] sums,
      int at) {
    int[] taps = weights.taps();
    int[] ends = weights.ends(block);
    int[] bases = weights.bases(block);
    int table = 0;
    int from = 0;
    IntVector all00 = IntVector.zero(INTS);
    IntVector all01 = all00;
    IntVector all02 = all00;
    IntVector all03 = all00;
    IntVector all10 = all00;
    IntVector all11 = all00;
    IntVector all12 = all00;
    IntVector all13 = all00;
    IntVector odd00 = all00;
    IntVector odd01 = all00;
    IntVector odd02 = all00;
    IntVector odd03 = all00;
    IntVector odd10 = all00;
    IntVector odd11 = all00;
    IntVector odd12 = all00;
    IntVector odd13 = all00;
    for (int segment = 0; segment < ends.length; segment++) {
      int to = ends[segment];
      int base = segment * ROWS;
      IntVector sum00 = IntVector.broadcast(INTS, bases[base]);
      IntVector sum01 = IntVector.broadcast(INTS, bases[base + 1]);
      IntVector sum02 = IntVector.broadcast(INTS, bases[base + 2]);
      IntVector sum03 = IntVector.broadcast(INTS, bases[base + 3]);
      IntVector sum10 = sum00;
      IntVector sum11 = sum01;
      IntVector sum12 = sum02;
      IntVector sum13 = sum03;
      for (int tap = from; tap < to; tap++) {
        IntVector word0 = IntVector.fromArray(INTS, bits, first + taps[tap]);
        IntVector word1 = IntVector.fromArray(INTS, bits, second + taps[tap]);
        for (int group = 0; group < PackedWeights.TABLES; group++) {
          IntVector table0 = IntVector.fromArray(INTS, tables, table);
          IntVector table1 = IntVector.fromArray(INTS, tables, table + ROW);
          IntVector table2 = IntVector.fromArray(INTS, tables, table + 2 * ROW);
          IntVector table3 = IntVector.fromArray(INTS, tables, table + 3 * ROW);
          table += ROWS * ROW;
          sum00 = sum00.add(word0.selectFrom(table0));
          sum01 = sum01.add(word0.selectFrom(table1));
          sum02 = sum02.add(word0.selectFrom(table2));
          sum03 = sum03.add(word0.selectFrom(table3));
          sum10 = sum10.add(word1.selectFrom(table0));
          sum11 = sum11.add(word1.selectFrom(table1));
          sum12 = sum12.add(word1.selectFrom(table2));
          sum13 = sum13.add(word1.selectFrom(table3));
          word0 = word0.lanewise(VectorOperators.LSHR, PackedWeights.INDEX);
          word1 = word1.lanewise(VectorOperators.LSHR, PackedWeights.INDEX);
        }
      }
      from = to;
      all00 = all00.add(sum00);
      odd00 = odd00.add(sum00.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      all01 = all01.add(sum01);
      odd01 = odd01.add(sum01.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      all02 = all02.add(sum02);
      odd02 = odd02.add(sum02.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      all03 = all03.add(sum03);
      odd03 = odd03.add(sum03.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      all10 = all10.add(sum10);
      odd10 = odd10.add(sum10.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      all11 = all11.add(sum11);
      odd11 = odd11.add(sum11.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      all12 = all12.add(sum12);
      odd12 = odd12.add(sum12.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      all13 = all13.add(sum13);
      odd13 = odd13.add(sum13.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
    }
    all00.sub(odd00.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, at);
    odd00.intoArray(sums, at + LANES);
    all01.sub(odd01.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, at + 2 * LANES);
    odd01.intoArray(sums, at + 3 * LANES);
    all02.sub(odd02.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, at + 4 * LANES);
    odd02.intoArray(sums, at + 5 * LANES);
    all03.sub(odd03.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, at + 6 * LANES);
    odd03.intoArray(sums, at + 7 * LANES);
    int other = at + TILE / 2;
    all10.sub(odd10.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, other);
    odd10.intoArray(sums, other + LANES);
    all11.sub(odd11.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, other + 2 * LANES);
    odd11.intoArray(sums, other + 3 * LANES);
    all12.sub(odd12.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, other + 4 * LANES);
    odd12.intoArray(sums, other + 5 * LANES);
    all13.sub(odd13.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, other + 6 * LANES);
    odd13.intoArray(sums, other + 7 * LANES);
  }

  /// Entries of two outputs of 16 bits: eight outputs of the block, in its first or second half.
  static void shorts(
      PackedWeights weights,
      int block,
      int half,
      int[] tables,
      int[] bits,
      int first,
      int second,
      int[] sums,
      int at) {
    int[] taps = weights.taps();
    int[] bases = weights.bases(block);
    int base = half * ROWS;
    int table = half * weights.tableSize() / 2;
    IntVector sum00 = IntVector.broadcast(INTS, bases[base]);
    IntVector sum01 = IntVector.broadcast(INTS, bases[base + 1]);
    IntVector sum02 = IntVector.broadcast(INTS, bases[base + 2]);
    IntVector sum03 = IntVector.broadcast(INTS, bases[base + 3]);
    IntVector sum10 = sum00;
    IntVector sum11 = sum01;
    IntVector sum12 = sum02;
    IntVector sum13 = sum03;
    for (int tap = 0; tap < taps.length; tap++) {
      IntVector word0 = IntVector.fromArray(INTS, bits, first + taps[tap]);
      IntVector word1 = IntVector.fromArray(INTS, bits, second + taps[tap]);
      for (int group = 0; group < PackedWeights.TABLES; group++) {
        IntVector table0 = IntVector.fromArray(INTS, tables, table);
        IntVector table1 = IntVector.fromArray(INTS, tables, table + ROW);
        IntVector table2 = IntVector.fromArray(INTS, tables, table + 2 * ROW);
        IntVector table3 = IntVector.fromArray(INTS, tables, table + 3 * ROW);
        table += ROWS * ROW;
        sum00 = sum00.add(word0.selectFrom(table0));
        sum01 = sum01.add(word0.selectFrom(table1));
        sum02 = sum02.add(word0.selectFrom(table2));
        sum03 = sum03.add(word0.selectFrom(table3));
        sum10 = sum10.add(word1.selectFrom(table0));
        sum11 = sum11.add(word1.selectFrom(table1));
        sum12 = sum12.add(word1.selectFrom(table2));
        sum13 = sum13.add(word1.selectFrom(table3));
        word0 = word0.lanewise(VectorOperators.LSHR, PackedWeights.INDEX);
        word1 = word1.lanewise(VectorOperators.LSHR, PackedWeights.INDEX);
      }
    }
    int pair = at + half * ROWS * LANES;
    int other = pair + TILE / 2;
    sum00.intoArray(sums, pair);
    sum01.intoArray(sums, pair + LANES);
    sum02.intoArray(sums, pair + 2 * LANES);
    sum03.intoArray(sums, pair + 3 * LANES);
    sum10.intoArray(sums, other);
    sum11.intoArray(sums, other + LANES);
    sum12.intoArray(sums, other + 2 * LANES);
    sum13.intoArray(sums, other + 3 * LANES);
  }
}
