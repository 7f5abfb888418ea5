package org.pdnn.sampling.pbits;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.random.Philox;

/// [Philox] in lanes of 64 bits, a counter in each. The four words of a counter are those of four
/// units in a row, so their halves, side by side, fill its lane in the order of units.
///
/// Four vectors of counters are encrypted at a time: an encryption is one chain of multiplications,
/// each of which waits for the one before.
final class PhiloxLanes {
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int COUNTERS = LONGS.length();

  /// Units of a round of the loop: what arrays are padded to.
  static final int UNITS = 4 * 4 * COUNTERS;

  private static final LongVector FIRST = LongVector.zero(LONGS).addIndex(1);
  private static final long LOWER = 0xFFFFFFFFL;

  /// Bring the lower halves of two vectors together, lane beside lane, and the upper ones.
  private static final LongVector LOWER_ZIP = zip(0);

  private static final LongVector UPPER_ZIP = zip(COUNTERS / 2);

  private final Philox philox;
  private final int layer;
  private final long[] words = new long[Words.CHUNK];

  PhiloxLanes(Philox philox, int layer) {
    this.philox = philox;
    this.layer = layer;
  }

  private static LongVector zip(int from) {
    long[] lanes = new long[COUNTERS];
    for (int lane = 0; lane < COUNTERS; lane++) {
      lanes[lane] = (long) from + lane / 2 + (lane % 2 == 0 ? 0 : COUNTERS);
    }
    return LongVector.fromArray(LONGS, lanes, 0);
  }

  /// Draws words.
  ///
  /// @param from the first unit, a multiple of four
  /// @param n units, at most [Words#CHUNK]; the array holds a multiple of [#UNITS]
  void draw(long input, int draw, int from, int n, int[] target) {
    encrypt(philox, input, layer, draw, from, n, words);
    for (int unit = 0; unit < n; unit += 4 * COUNTERS) {
      LongVector first =
          LongVector.fromArray(LONGS, words, unit)
              .lanewise(LSHR, 32)
              .or(LongVector.fromArray(LONGS, words, unit + COUNTERS).lanewise(LSHL, 32));
      LongVector second =
          LongVector.fromArray(LONGS, words, unit + 2 * COUNTERS)
              .lanewise(LSHR, 32)
              .or(LongVector.fromArray(LONGS, words, unit + 3 * COUNTERS).lanewise(LSHL, 32));
      LOWER_ZIP.selectFrom(first, second).reinterpretAsInts().intoArray(target, unit);
      UPPER_ZIP
          .selectFrom(first, second)
          .reinterpretAsInts()
          .intoArray(target, unit + 2 * COUNTERS);
    }
  }

  /// Draws the upper halves of words.
  ///
  /// @param from the first unit, a multiple of four
  /// @param n units, at most [Words#CHUNK]; the array holds a multiple of [#UNITS]
  void draw(long input, int draw, int from, int n, short[] upper) {
    encrypt(philox, input, layer, draw, from, n, words);
    upper(words, n, upper, 0);
  }

  /// Draws both halves of the words of the units 0, 1, ...
  ///
  /// @param n units; the arrays hold a multiple of [#UNITS]
  void draw(long input, int draw, int n, short[] upper, short[] lower) {
    for (int from = 0; from < n; from += Words.CHUNK) {
      int units = Math.min(Words.CHUNK, n - from);
      encrypt(philox, input, layer, draw, from, units, words);
      upper(words, units, upper, from);
      lower(words, units, lower, from);
    }
  }

  /// Encrypts the counters of the n units that begin at `from`, a multiple of four. Of each vector
  /// of counters `words` takes, in lanes, the four words: the first and the third in the upper half
  /// of a lane, the others in the lower.
  ///
  /// New words come about in upper halves, where the products of the round before have what they
  /// need. Shifted down they leave upper halves of zeros, by which the compiler knows that 32 bits
  /// are multiplied by 32 (vpmuludq).
  private static void encrypt(
      Philox philox, long input, int layer, int draw, int from, int n, long[] words) {
    LongVector multiplier0 = LongVector.broadcast(LONGS, Philox.MULTIPLIER_0).and(LOWER);
    LongVector multiplier1 = LongVector.broadcast(LONGS, Philox.MULTIPLIER_1).and(LOWER);
    LongVector product1 = LongVector.broadcast(LONGS, (input & LOWER) * Philox.MULTIPLIER_1);
    LongVector counter1 = LongVector.broadcast(LONGS, (long) draw << 32);
    LongVector counter3 = LongVector.broadcast(LONGS, (layer << 16 | input >>> 32) << 32);
    for (int unit = 0; unit < n; unit += UNITS) {
      int quad = (from + unit) >>> 2;
      LongVector aProduct0 = FIRST.add(quad).and(LOWER).mul(multiplier0);
      LongVector aProduct1 = product1;
      LongVector a1 = counter1;
      LongVector a3 = counter3;
      LongVector bProduct0 = FIRST.add(quad + COUNTERS).and(LOWER).mul(multiplier0);
      LongVector bProduct1 = product1;
      LongVector b1 = counter1;
      LongVector b3 = counter3;
      LongVector cProduct0 = FIRST.add(quad + 2 * COUNTERS).and(LOWER).mul(multiplier0);
      LongVector cProduct1 = product1;
      LongVector c1 = counter1;
      LongVector c3 = counter3;
      LongVector dProduct0 = FIRST.add(quad + 3 * COUNTERS).and(LOWER).mul(multiplier0);
      LongVector dProduct1 = product1;
      LongVector d1 = counter1;
      LongVector d3 = counter3;
      long key0 = (long) philox.key0() << 32;
      long key1 = (long) philox.key1() << 32;
      for (int round = 1; round < Philox.ROUNDS; round++) {
        LongVector a0 = aProduct1.lanewise(XOR, a1).lanewise(XOR, key0);
        LongVector a2 = aProduct0.lanewise(XOR, a3).lanewise(XOR, key1);
        a1 = aProduct1.lanewise(LSHL, 32);
        a3 = aProduct0.lanewise(LSHL, 32);
        aProduct0 = a0.lanewise(LSHR, 32).mul(multiplier0);
        aProduct1 = a2.lanewise(LSHR, 32).mul(multiplier1);
        LongVector b0 = bProduct1.lanewise(XOR, b1).lanewise(XOR, key0);
        LongVector b2 = bProduct0.lanewise(XOR, b3).lanewise(XOR, key1);
        b1 = bProduct1.lanewise(LSHL, 32);
        b3 = bProduct0.lanewise(LSHL, 32);
        bProduct0 = b0.lanewise(LSHR, 32).mul(multiplier0);
        bProduct1 = b2.lanewise(LSHR, 32).mul(multiplier1);
        LongVector c0 = cProduct1.lanewise(XOR, c1).lanewise(XOR, key0);
        LongVector c2 = cProduct0.lanewise(XOR, c3).lanewise(XOR, key1);
        c1 = cProduct1.lanewise(LSHL, 32);
        c3 = cProduct0.lanewise(LSHL, 32);
        cProduct0 = c0.lanewise(LSHR, 32).mul(multiplier0);
        cProduct1 = c2.lanewise(LSHR, 32).mul(multiplier1);
        LongVector d0 = dProduct1.lanewise(XOR, d1).lanewise(XOR, key0);
        LongVector d2 = dProduct0.lanewise(XOR, d3).lanewise(XOR, key1);
        d1 = dProduct1.lanewise(LSHL, 32);
        d3 = dProduct0.lanewise(LSHL, 32);
        dProduct0 = d0.lanewise(LSHR, 32).mul(multiplier0);
        dProduct1 = d2.lanewise(LSHR, 32).mul(multiplier1);
        key0 += (long) Philox.WEYL_0 << 32;
        key1 += (long) Philox.WEYL_1 << 32;
      }
      aProduct1.lanewise(XOR, a1).lanewise(XOR, key0).intoArray(words, unit);
      aProduct1.intoArray(words, unit + COUNTERS);
      aProduct0.lanewise(XOR, a3).lanewise(XOR, key1).intoArray(words, unit + 2 * COUNTERS);
      aProduct0.intoArray(words, unit + 3 * COUNTERS);
      bProduct1.lanewise(XOR, b1).lanewise(XOR, key0).intoArray(words, unit + 4 * COUNTERS);
      bProduct1.intoArray(words, unit + 5 * COUNTERS);
      bProduct0.lanewise(XOR, b3).lanewise(XOR, key1).intoArray(words, unit + 6 * COUNTERS);
      bProduct0.intoArray(words, unit + 7 * COUNTERS);
      cProduct1.lanewise(XOR, c1).lanewise(XOR, key0).intoArray(words, unit + 8 * COUNTERS);
      cProduct1.intoArray(words, unit + 9 * COUNTERS);
      cProduct0.lanewise(XOR, c3).lanewise(XOR, key1).intoArray(words, unit + 10 * COUNTERS);
      cProduct0.intoArray(words, unit + 11 * COUNTERS);
      dProduct1.lanewise(XOR, d1).lanewise(XOR, key0).intoArray(words, unit + 12 * COUNTERS);
      dProduct1.intoArray(words, unit + 13 * COUNTERS);
      dProduct0.lanewise(XOR, d3).lanewise(XOR, key1).intoArray(words, unit + 14 * COUNTERS);
      dProduct0.intoArray(words, unit + 15 * COUNTERS);
    }
  }

  private static void upper(long[] words, int n, short[] halves, int at) {
    for (int unit = 0; unit < n; unit += 4 * COUNTERS) {
      LongVector.fromArray(LONGS, words, unit)
          .lanewise(LSHR, 48)
          .or(LongVector.fromArray(LONGS, words, unit + COUNTERS).and(0xFFFF0000L))
          .or(
              LongVector.fromArray(LONGS, words, unit + 2 * COUNTERS)
                  .lanewise(LSHR, 16)
                  .and(0xFFFF00000000L))
          .or(
              LongVector.fromArray(LONGS, words, unit + 3 * COUNTERS)
                  .lanewise(LSHL, 32)
                  .and(0xFFFF000000000000L))
          .reinterpretAsShorts()
          .intoArray(halves, at + unit);
    }
  }

  private static void lower(long[] words, int n, short[] halves, int at) {
    for (int unit = 0; unit < n; unit += 4 * COUNTERS) {
      LongVector.fromArray(LONGS, words, unit)
          .lanewise(LSHR, 32)
          .and(0xFFFFL)
          .or(LongVector.fromArray(LONGS, words, unit + COUNTERS).and(0xFFFFL).lanewise(LSHL, 16))
          .or(LongVector.fromArray(LONGS, words, unit + 2 * COUNTERS).and(0xFFFF00000000L))
          .or(LongVector.fromArray(LONGS, words, unit + 3 * COUNTERS).lanewise(LSHL, 48))
          .reinterpretAsShorts()
          .intoArray(halves, at + unit);
    }
  }
}
