package org.pdnn.sampling.kernel;

import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Sums of weights by table look-up in 512-bit vectors: one permutation of sixteen 32-bit entries
/// (`vpermd`) looks up four input bits of sixteen chains for four outputs of 8 bits or two of 16,
/// and one addition adds them: 256 or 128 multiply-accumulates.
///
/// Two positions by four rows of tables are in work at a time: fewer reload tables, more spill
/// registers. All positions pass by the tables of one segment, which stay in the first cache.
final class Lookup512 {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
  private static final int ROW = PackedWeights.ENTRIES;
  private static final int ROWS = PackedWeights.ROWS;
  private static final int HALF_TILE = TILE / 2;
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
  /// long as none overflows. After each segment, before one could, integers are added up in `sums`
  /// and, apart, their odd bytes; the difference, at the end, is that of the even bytes.
  static void bytes(
      PackedWeights weights,
      int block,
      int[] tables,
      int[] bits,
      int[] positions,
      int count,
      int[] sums) {
    int[] taps = weights.taps();
    int[] ends = weights.ends(block);
    int[] bases = weights.bases(block);
    Arrays.fill(sums, 0, count * HALF_TILE, 0);
    int from = 0;
    for (int segment = 0; segment < ends.length; segment++) {
      for (int position = 0; position < count; position += 2) {
        int first = positions[position];
        int second = positions[position + 1];
        int table = from * PackedWeights.TABLES * ROWS * ROW;
        int base = segment * ROWS;
        IntVector sum00 = IntVector.broadcast(INTS, bases[base]);
        IntVector sum01 = IntVector.broadcast(INTS, bases[base + 1]);
        IntVector sum02 = IntVector.broadcast(INTS, bases[base + 2]);
        IntVector sum03 = IntVector.broadcast(INTS, bases[base + 3]);
        IntVector sum10 = sum00;
        IntVector sum11 = sum01;
        IntVector sum12 = sum02;
        IntVector sum13 = sum03;
        for (int word = from; word < ends[segment]; word++) {
          IntVector bits0 = IntVector.fromArray(INTS, bits, first + taps[word]);
          IntVector bits1 = IntVector.fromArray(INTS, bits, second + taps[word]);
          for (int group = 0; group < PackedWeights.TABLES; group++) {
            IntVector table0 = IntVector.fromArray(INTS, tables, table);
            IntVector table1 = IntVector.fromArray(INTS, tables, table + ROW);
            IntVector table2 = IntVector.fromArray(INTS, tables, table + 2 * ROW);
            IntVector table3 = IntVector.fromArray(INTS, tables, table + 3 * ROW);
            table += ROWS * ROW;
            sum00 = sum00.add(bits0.selectFrom(table0));
            sum01 = sum01.add(bits0.selectFrom(table1));
            sum02 = sum02.add(bits0.selectFrom(table2));
            sum03 = sum03.add(bits0.selectFrom(table3));
            sum10 = sum10.add(bits1.selectFrom(table0));
            sum11 = sum11.add(bits1.selectFrom(table1));
            sum12 = sum12.add(bits1.selectFrom(table2));
            sum13 = sum13.add(bits1.selectFrom(table3));
            bits0 = bits0.lanewise(VectorOperators.LSHR, PackedWeights.INDEX);
            bits1 = bits1.lanewise(VectorOperators.LSHR, PackedWeights.INDEX);
          }
        }
        int at = position * HALF_TILE;
        IntVector.fromArray(INTS, sums, at).add(sum00).intoArray(sums, at);
        IntVector.fromArray(INTS, sums, at + LANES)
            .add(sum00.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES))
            .intoArray(sums, at + LANES);
        IntVector.fromArray(INTS, sums, at + 2 * LANES).add(sum01).intoArray(sums, at + 2 * LANES);
        IntVector.fromArray(INTS, sums, at + 3 * LANES)
            .add(sum01.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES))
            .intoArray(sums, at + 3 * LANES);
        IntVector.fromArray(INTS, sums, at + 4 * LANES).add(sum02).intoArray(sums, at + 4 * LANES);
        IntVector.fromArray(INTS, sums, at + 5 * LANES)
            .add(sum02.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES))
            .intoArray(sums, at + 5 * LANES);
        IntVector.fromArray(INTS, sums, at + 6 * LANES).add(sum03).intoArray(sums, at + 6 * LANES);
        IntVector.fromArray(INTS, sums, at + 7 * LANES)
            .add(sum03.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES))
            .intoArray(sums, at + 7 * LANES);
        int other = at + HALF_TILE;
        IntVector.fromArray(INTS, sums, other).add(sum10).intoArray(sums, other);
        IntVector.fromArray(INTS, sums, other + LANES)
            .add(sum10.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES))
            .intoArray(sums, other + LANES);
        IntVector.fromArray(INTS, sums, other + 2 * LANES)
            .add(sum11)
            .intoArray(sums, other + 2 * LANES);
        IntVector.fromArray(INTS, sums, other + 3 * LANES)
            .add(sum11.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES))
            .intoArray(sums, other + 3 * LANES);
        IntVector.fromArray(INTS, sums, other + 4 * LANES)
            .add(sum12)
            .intoArray(sums, other + 4 * LANES);
        IntVector.fromArray(INTS, sums, other + 5 * LANES)
            .add(sum12.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES))
            .intoArray(sums, other + 5 * LANES);
        IntVector.fromArray(INTS, sums, other + 6 * LANES)
            .add(sum13)
            .intoArray(sums, other + 6 * LANES);
        IntVector.fromArray(INTS, sums, other + 7 * LANES)
            .add(sum13.lanewise(VectorOperators.LSHR, 8).and(LOW_BYTES))
            .intoArray(sums, other + 7 * LANES);
      }
      from = ends[segment];
    }
    for (int at = 0; at < count * HALF_TILE; at += 2 * LANES) {
      IntVector odd = IntVector.fromArray(INTS, sums, at + LANES);
      IntVector.fromArray(INTS, sums, at)
          .sub(odd.lanewise(VectorOperators.LSHL, 8))
          .intoArray(sums, at);
    }
  }

  /// Entries of two outputs of 16 bits: eight outputs of the block, in its first or second half.
  static void shorts(
      PackedWeights weights,
      int block,
      int half,
      int[] tables,
      int[] bits,
      int[] positions,
      int count,
      int[] sums) {
    int[] taps = weights.taps();
    int[] ends = weights.ends(block);
    int[] bases = weights.bases(block);
    for (int position = 0; position < count; position++) {
      int at = position * HALF_TILE + half * (HALF_TILE / 2);
      Arrays.fill(sums, at, at + HALF_TILE / 2, 0);
    }
    int from = 0;
    for (int segment = 0; segment < ends.length; segment++) {
      for (int position = 0; position < count; position += 2) {
        int first = positions[position];
        int second = positions[position + 1];
        int table = half * weights.tableSize() / 2 + from * PackedWeights.TABLES * ROWS * ROW;
        int base = (half * ends.length + segment) * ROWS;
        IntVector sum00 = IntVector.broadcast(INTS, bases[base]);
        IntVector sum01 = IntVector.broadcast(INTS, bases[base + 1]);
        IntVector sum02 = IntVector.broadcast(INTS, bases[base + 2]);
        IntVector sum03 = IntVector.broadcast(INTS, bases[base + 3]);
        IntVector sum10 = sum00;
        IntVector sum11 = sum01;
        IntVector sum12 = sum02;
        IntVector sum13 = sum03;
        for (int word = from; word < ends[segment]; word++) {
          IntVector bits0 = IntVector.fromArray(INTS, bits, first + taps[word]);
          IntVector bits1 = IntVector.fromArray(INTS, bits, second + taps[word]);
          for (int group = 0; group < PackedWeights.TABLES; group++) {
            IntVector table0 = IntVector.fromArray(INTS, tables, table);
            IntVector table1 = IntVector.fromArray(INTS, tables, table + ROW);
            IntVector table2 = IntVector.fromArray(INTS, tables, table + 2 * ROW);
            IntVector table3 = IntVector.fromArray(INTS, tables, table + 3 * ROW);
            table += ROWS * ROW;
            sum00 = sum00.add(bits0.selectFrom(table0));
            sum01 = sum01.add(bits0.selectFrom(table1));
            sum02 = sum02.add(bits0.selectFrom(table2));
            sum03 = sum03.add(bits0.selectFrom(table3));
            sum10 = sum10.add(bits1.selectFrom(table0));
            sum11 = sum11.add(bits1.selectFrom(table1));
            sum12 = sum12.add(bits1.selectFrom(table2));
            sum13 = sum13.add(bits1.selectFrom(table3));
            bits0 = bits0.lanewise(VectorOperators.LSHR, PackedWeights.INDEX);
            bits1 = bits1.lanewise(VectorOperators.LSHR, PackedWeights.INDEX);
          }
        }
        int at = position * HALF_TILE + half * (HALF_TILE / 2);
        IntVector.fromArray(INTS, sums, at).add(sum00).intoArray(sums, at);
        IntVector.fromArray(INTS, sums, at + LANES).add(sum01).intoArray(sums, at + LANES);
        IntVector.fromArray(INTS, sums, at + 2 * LANES).add(sum02).intoArray(sums, at + 2 * LANES);
        IntVector.fromArray(INTS, sums, at + 3 * LANES).add(sum03).intoArray(sums, at + 3 * LANES);
        int other = at + HALF_TILE;
        IntVector.fromArray(INTS, sums, other).add(sum10).intoArray(sums, other);
        IntVector.fromArray(INTS, sums, other + LANES).add(sum11).intoArray(sums, other + LANES);
        IntVector.fromArray(INTS, sums, other + 2 * LANES)
            .add(sum12)
            .intoArray(sums, other + 2 * LANES);
        IntVector.fromArray(INTS, sums, other + 3 * LANES)
            .add(sum13)
            .intoArray(sums, other + 3 * LANES);
      }
      from = ends[segment];
    }
  }
}
