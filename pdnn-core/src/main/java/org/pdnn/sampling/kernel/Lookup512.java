package org.pdnn.sampling.kernel;

import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
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
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
  private static final int ROW = LookupTables.ENTRIES;

  private Lookup512() {}

  /// Entries of four outputs of 8 bits. Bytes are added as parts of integers, which is the same as
  /// long as none overflows. Before one could, sums of both bytes of 16 bits and of the high byte
  /// alone go on in registers of their own; the difference, at the end, is that of the low byte.
  static void bytes(
      LookupTables tables, int block, int[] bits, int first, int second, int[] sums, int at) {
    int[] entries = tables.entries();
    int[] taps = tables.taps();
    int flush = tables.flush(block);
    int table = block * tables.blockSize();
    ShortVector low00 = ShortVector.zero(SHORTS);
    ShortVector low01 = low00;
    ShortVector low02 = low00;
    ShortVector low03 = low00;
    ShortVector low10 = low00;
    ShortVector low11 = low00;
    ShortVector low12 = low00;
    ShortVector low13 = low00;
    ShortVector high00 = low00;
    ShortVector high01 = low00;
    ShortVector high02 = low00;
    ShortVector high03 = low00;
    ShortVector high10 = low00;
    ShortVector high11 = low00;
    ShortVector high12 = low00;
    ShortVector high13 = low00;
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
      ShortVector pairs00 = sum00.reinterpretAsShorts();
      low00 = low00.add(pairs00);
      high00 = high00.add(pairs00.lanewise(VectorOperators.LSHR, 8));
      ShortVector pairs01 = sum01.reinterpretAsShorts();
      low01 = low01.add(pairs01);
      high01 = high01.add(pairs01.lanewise(VectorOperators.LSHR, 8));
      ShortVector pairs02 = sum02.reinterpretAsShorts();
      low02 = low02.add(pairs02);
      high02 = high02.add(pairs02.lanewise(VectorOperators.LSHR, 8));
      ShortVector pairs03 = sum03.reinterpretAsShorts();
      low03 = low03.add(pairs03);
      high03 = high03.add(pairs03.lanewise(VectorOperators.LSHR, 8));
      ShortVector pairs10 = sum10.reinterpretAsShorts();
      low10 = low10.add(pairs10);
      high10 = high10.add(pairs10.lanewise(VectorOperators.LSHR, 8));
      ShortVector pairs11 = sum11.reinterpretAsShorts();
      low11 = low11.add(pairs11);
      high11 = high11.add(pairs11.lanewise(VectorOperators.LSHR, 8));
      ShortVector pairs12 = sum12.reinterpretAsShorts();
      low12 = low12.add(pairs12);
      high12 = high12.add(pairs12.lanewise(VectorOperators.LSHR, 8));
      ShortVector pairs13 = sum13.reinterpretAsShorts();
      low13 = low13.add(pairs13);
      high13 = high13.add(pairs13.lanewise(VectorOperators.LSHR, 8));
    }
    low00.sub(high00.lanewise(VectorOperators.LSHL, 8)).reinterpretAsInts().intoArray(sums, at);
    high00.reinterpretAsInts().intoArray(sums, at + LANES);
    low01
        .sub(high01.lanewise(VectorOperators.LSHL, 8))
        .reinterpretAsInts()
        .intoArray(sums, at + 2 * LANES);
    high01.reinterpretAsInts().intoArray(sums, at + 3 * LANES);
    low02
        .sub(high02.lanewise(VectorOperators.LSHL, 8))
        .reinterpretAsInts()
        .intoArray(sums, at + 4 * LANES);
    high02.reinterpretAsInts().intoArray(sums, at + 5 * LANES);
    low03
        .sub(high03.lanewise(VectorOperators.LSHL, 8))
        .reinterpretAsInts()
        .intoArray(sums, at + 6 * LANES);
    high03.reinterpretAsInts().intoArray(sums, at + 7 * LANES);
    int other = at + TILE / 2;
    low10.sub(high10.lanewise(VectorOperators.LSHL, 8)).reinterpretAsInts().intoArray(sums, other);
    high10.reinterpretAsInts().intoArray(sums, other + LANES);
    low11
        .sub(high11.lanewise(VectorOperators.LSHL, 8))
        .reinterpretAsInts()
        .intoArray(sums, other + 2 * LANES);
    high11.reinterpretAsInts().intoArray(sums, other + 3 * LANES);
    low12
        .sub(high12.lanewise(VectorOperators.LSHL, 8))
        .reinterpretAsInts()
        .intoArray(sums, other + 4 * LANES);
    high12.reinterpretAsInts().intoArray(sums, other + 5 * LANES);
    low13
        .sub(high13.lanewise(VectorOperators.LSHL, 8))
        .reinterpretAsInts()
        .intoArray(sums, other + 6 * LANES);
    high13.reinterpretAsInts().intoArray(sums, other + 7 * LANES);
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
