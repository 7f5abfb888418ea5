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
  private static final int ROW = LookupTables.ENTRIES;
  private static final int LOW_BYTES = 0x00FF00FF;

  private Lookup512() {}

  /// Entries of four outputs of 8 bits. Bytes are added as parts of integers, which is the same as
  /// long as none overflows; the sums of the low and of the high bytes of 16 bits go on in
  /// registers of their own.
  static void bytes(
      LookupTables tables, int block, int[] bits, int first, int second, int[] sums, int at) {
    int[] entries = tables.entries();
    int[] taps = tables.taps();
    int flush = tables.flush(block);
    int table = block * tables.blockSize();
    IntVector low00 = IntVector.zero(INTS);
    IntVector low01 = low00;
    IntVector low02 = low00;
    IntVector low03 = low00;
    IntVector low10 = low00;
    IntVector low11 = low00;
    IntVector low12 = low00;
    IntVector low13 = low00;
    IntVector high00 = low00;
    IntVector high01 = low00;
    IntVector high02 = low00;
    IntVector high03 = low00;
    IntVector high10 = low00;
    IntVector high11 = low00;
    IntVector high12 = low00;
    IntVector high13 = low00;
    for (int from = 0; from < taps.length; from += flush) {
      int to = Math.min(taps.length, from + flush);
      IntVector sum00 = IntVector.zero(INTS);
      IntVector sum01 = sum00;
      IntVector sum02 = sum00;
      IntVector sum03 = sum00;
      IntVector sum10 = sum00;
      IntVector sum11 = sum00;
      IntVector sum12 = sum00;
      IntVector sum13 = sum00;
      for (int tap = from; tap < to; tap++) {
        IntVector word0 = IntVector.fromArray(INTS, bits, first + taps[tap]);
        IntVector word1 = IntVector.fromArray(INTS, bits, second + taps[tap]);
        for (int group = 0; group < LookupTables.TABLES; group++) {
          IntVector table0 = IntVector.fromArray(INTS, entries, table);
          IntVector table1 = IntVector.fromArray(INTS, entries, table + ROW);
          IntVector table2 = IntVector.fromArray(INTS, entries, table + 2 * ROW);
          IntVector table3 = IntVector.fromArray(INTS, entries, table + 3 * ROW);
          table += 4 * ROW;
          sum00 = sum00.add(word0.selectFrom(table0));
          sum01 = sum01.add(word0.selectFrom(table1));
          sum02 = sum02.add(word0.selectFrom(table2));
          sum03 = sum03.add(word0.selectFrom(table3));
          sum10 = sum10.add(word1.selectFrom(table0));
          sum11 = sum11.add(word1.selectFrom(table1));
          sum12 = sum12.add(word1.selectFrom(table2));
          sum13 = sum13.add(word1.selectFrom(table3));
          word0 = word0.lanewise(VectorOperators.LSHR, 4);
          word1 = word1.lanewise(VectorOperators.LSHR, 4);
        }
      }
      low00 = low00.add(sum00.and(LOW_BYTES));
      low01 = low01.add(sum01.and(LOW_BYTES));
      low02 = low02.add(sum02.and(LOW_BYTES));
      low03 = low03.add(sum03.and(LOW_BYTES));
      low10 = low10.add(sum10.and(LOW_BYTES));
      low11 = low11.add(sum11.and(LOW_BYTES));
      low12 = low12.add(sum12.and(LOW_BYTES));
      low13 = low13.add(sum13.and(LOW_BYTES));
      high00 = high00.add(sum00.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      high01 = high01.add(sum01.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      high02 = high02.add(sum02.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      high03 = high03.add(sum03.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      high10 = high10.add(sum10.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      high11 = high11.add(sum11.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      high12 = high12.add(sum12.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
      high13 = high13.add(sum13.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES));
    }
    low00.intoArray(sums, at);
    high00.intoArray(sums, at + LANES);
    low01.intoArray(sums, at + 2 * LANES);
    high01.intoArray(sums, at + 3 * LANES);
    low02.intoArray(sums, at + 4 * LANES);
    high02.intoArray(sums, at + 5 * LANES);
    low03.intoArray(sums, at + 6 * LANES);
    high03.intoArray(sums, at + 7 * LANES);
    int other = at + TILE / 2;
    low10.intoArray(sums, other);
    high10.intoArray(sums, other + LANES);
    low11.intoArray(sums, other + 2 * LANES);
    high11.intoArray(sums, other + 3 * LANES);
    low12.intoArray(sums, other + 4 * LANES);
    high12.intoArray(sums, other + 5 * LANES);
    low13.intoArray(sums, other + 6 * LANES);
    high13.intoArray(sums, other + 7 * LANES);
  }

  /// Entries of two outputs of 16 bits: eight outputs of the block, in its first or second half.
  static void shorts(
      LookupTables tables,
      int block,
      int half,
      int[] bits,
      int first,
      int second,
      int[] sums,
      int at) {
    int[] entries = tables.entries();
    int[] taps = tables.taps();
    int table = block * tables.blockSize() + half * taps.length * LookupTables.TABLES * 4 * ROW;
    IntVector sum00 = IntVector.zero(INTS);
    IntVector sum01 = sum00;
    IntVector sum02 = sum00;
    IntVector sum03 = sum00;
    IntVector sum10 = sum00;
    IntVector sum11 = sum00;
    IntVector sum12 = sum00;
    IntVector sum13 = sum00;
    for (int tap = 0; tap < taps.length; tap++) {
      IntVector word0 = IntVector.fromArray(INTS, bits, first + taps[tap]);
      IntVector word1 = IntVector.fromArray(INTS, bits, second + taps[tap]);
      for (int group = 0; group < LookupTables.TABLES; group++) {
        IntVector table0 = IntVector.fromArray(INTS, entries, table);
        IntVector table1 = IntVector.fromArray(INTS, entries, table + ROW);
        IntVector table2 = IntVector.fromArray(INTS, entries, table + 2 * ROW);
        IntVector table3 = IntVector.fromArray(INTS, entries, table + 3 * ROW);
        table += 4 * ROW;
        sum00 = sum00.add(word0.selectFrom(table0));
        sum01 = sum01.add(word0.selectFrom(table1));
        sum02 = sum02.add(word0.selectFrom(table2));
        sum03 = sum03.add(word0.selectFrom(table3));
        sum10 = sum10.add(word1.selectFrom(table0));
        sum11 = sum11.add(word1.selectFrom(table1));
        sum12 = sum12.add(word1.selectFrom(table2));
        sum13 = sum13.add(word1.selectFrom(table3));
        word0 = word0.lanewise(VectorOperators.LSHR, 4);
        word1 = word1.lanewise(VectorOperators.LSHR, 4);
      }
    }
    int pair = at + half * 4 * LANES;
    sum00.intoArray(sums, pair);
    sum01.intoArray(sums, pair + LANES);
    sum02.intoArray(sums, pair + 2 * LANES);
    sum03.intoArray(sums, pair + 3 * LANES);
    int other = pair + TILE / 2;
    sum10.intoArray(sums, other);
    sum11.intoArray(sums, other + LANES);
    sum12.intoArray(sums, other + 2 * LANES);
    sum13.intoArray(sums, other + 3 * LANES);
  }
}
