package org.pdnn.sampling.kernel;

import static org.pdnn.sampling.kernel.Kernel.BLOCK;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Sums of weights by table look-up in 128-bit vectors: one permutation of sixteen bytes looks up
/// four input bits of sixteen chains for one output, and one addition adds them: 64
/// multiply-accumulates.
///
/// 256-bit vectors do not help: AVX2 permutes bytes in halves of 128 bits only, and finding 32-bit
/// entries in two registers takes two permutations and a blend.
///
/// Chains lie in bytes as the transposition leaves them: byte j of the i-th 32 bits is chain 4 j +
/// i. The eight groups of bits of a word are indices in eight registers while the tables of all
/// outputs pass by.
final class Lookup128 {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_128;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
  private static final int WIDTH = 4;
  private static final int ROW = PackedWeights.ENTRIES;
  private static final int LOWER = 0x0000FFFF;
  private static final int UPPER = 0xFFFF0000;
  private static final int EVEN = 0x00FF00FF;
  private static final int ODD = 0xFF00FF00;

  private Lookup128() {}

  /// See [Kernel#sums].
  static void sums(
      PackedWeights weights, int block, int[] bits, int[] positions, int count, int[] sums) {
    BytePlanes planes = weights.planes();
    for (int i = 0; i < count; i++) {
      position(planes, weights.taps(), block, bits, positions[i], sums, i * TILE / 2);
    }
  }

  private static void position(
      BytePlanes planes, int[] taps, int block, int[] bits, int position, int[] sums, int at) {
    Arrays.fill(sums, at, at + TILE / 2, 0);
    int step = BLOCK * planes.digits() * PackedWeights.TABLES * ROW;
    for (int i = 0; i < taps.length; i++) {
      int table = (block * taps.length + i) * step;
      word(planes.entries(), table, planes.digits(), bits, position + taps[i], sums, at);
    }
    for (int pair = at; pair < at + TILE / 2; pair += 4 * WIDTH) {
      join(sums, pair);
    }
  }

  /// Adds what one word of inputs gives to the sums of sixteen outputs. Bytes are widened as in
  /// [Lookup512#bytes]: sums of both bytes of 16 bits, and of the high byte alone.
  private static void word(
      byte[] entries, int table, int digits, int[] bits, int position, int[] sums, int at) {
    IntVector a = IntVector.fromArray(INTS, bits, position);
    IntVector b = IntVector.fromArray(INTS, bits, position + WIDTH);
    IntVector c = IntVector.fromArray(INTS, bits, position + 2 * WIDTH);
    IntVector d = IntVector.fromArray(INTS, bits, position + 3 * WIDTH);
    IntVector ac = a.and(LOWER).or(c.lanewise(VectorOperators.LSHL, 16));
    IntVector bd = b.and(LOWER).or(d.lanewise(VectorOperators.LSHL, 16));
    IntVector word01 = ac.and(EVEN).or(bd.and(EVEN).lanewise(VectorOperators.LSHL, 8));
    IntVector word23 = ac.lanewise(VectorOperators.LSHR, 8).and(EVEN).or(bd.and(ODD));
    ac = a.lanewise(VectorOperators.LSHR, 16).or(c.and(UPPER));
    bd = b.lanewise(VectorOperators.LSHR, 16).or(d.and(UPPER));
    IntVector word45 = ac.and(EVEN).or(bd.and(EVEN).lanewise(VectorOperators.LSHL, 8));
    IntVector word67 = ac.lanewise(VectorOperators.LSHR, 8).and(EVEN).or(bd.and(ODD));
    ByteVector index0 = word01.reinterpretAsBytes();
    ByteVector index1 = word01.lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes();
    ByteVector index2 = word23.reinterpretAsBytes();
    ByteVector index3 = word23.lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes();
    ByteVector index4 = word45.reinterpretAsBytes();
    ByteVector index5 = word45.lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes();
    ByteVector index6 = word67.reinterpretAsBytes();
    ByteVector index7 = word67.lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes();
    int shift = 0;
    int to = at;
    for (int row = 0; row < BLOCK * digits; row++) {
      int from = table + row * PackedWeights.TABLES * ROW;
      ShortVector sum =
          index0
              .selectFrom(ByteVector.fromArray(BYTES, entries, from))
              .add(index1.selectFrom(ByteVector.fromArray(BYTES, entries, from + ROW)))
              .add(index2.selectFrom(ByteVector.fromArray(BYTES, entries, from + 2 * ROW)))
              .add(index3.selectFrom(ByteVector.fromArray(BYTES, entries, from + 3 * ROW)))
              .add(index4.selectFrom(ByteVector.fromArray(BYTES, entries, from + 4 * ROW)))
              .add(index5.selectFrom(ByteVector.fromArray(BYTES, entries, from + 5 * ROW)))
              .add(index6.selectFrom(ByteVector.fromArray(BYTES, entries, from + 6 * ROW)))
              .add(index7.selectFrom(ByteVector.fromArray(BYTES, entries, from + 7 * ROW)))
              .reinterpretAsShorts();
      IntVector.fromArray(INTS, sums, to)
          .reinterpretAsShorts()
          .add(sum.lanewise(VectorOperators.LSHL, shift))
          .reinterpretAsInts()
          .intoArray(sums, to);
      IntVector.fromArray(INTS, sums, to + WIDTH)
          .reinterpretAsShorts()
          .add(sum.lanewise(VectorOperators.LSHR, 8).lanewise(VectorOperators.LSHL, shift))
          .reinterpretAsInts()
          .intoArray(sums, to + WIDTH);
      shift += BytePlanes.DIGIT;
      if (shift == digits * BytePlanes.DIGIT) {
        shift = 0;
        to += 2 * WIDTH;
      }
    }
  }

  /// Joins the sums of two outputs to pairs of 16 bits, chain by chain, in their place.
  private static void join(int[] sums, int at) {
    ShortVector highOne = IntVector.fromArray(INTS, sums, at + WIDTH).reinterpretAsShorts();
    IntVector lowOne =
        IntVector.fromArray(INTS, sums, at)
            .reinterpretAsShorts()
            .sub(highOne.lanewise(VectorOperators.LSHL, 8))
            .reinterpretAsInts();
    ShortVector highOther = IntVector.fromArray(INTS, sums, at + 3 * WIDTH).reinterpretAsShorts();
    IntVector lowOther =
        IntVector.fromArray(INTS, sums, at + 2 * WIDTH)
            .reinterpretAsShorts()
            .sub(highOther.lanewise(VectorOperators.LSHL, 8))
            .reinterpretAsInts();
    IntVector one = highOne.reinterpretAsInts();
    IntVector other = highOther.reinterpretAsInts();
    lowOne.and(LOWER).or(lowOther.lanewise(VectorOperators.LSHL, 16)).intoArray(sums, at);
    one.and(LOWER).or(other.lanewise(VectorOperators.LSHL, 16)).intoArray(sums, at + WIDTH);
    lowOne
        .lanewise(VectorOperators.LSHR, 16)
        .or(lowOther.and(UPPER))
        .intoArray(sums, at + 2 * WIDTH);
    one.lanewise(VectorOperators.LSHR, 16).or(other.and(UPPER)).intoArray(sums, at + 3 * WIDTH);
  }
}
