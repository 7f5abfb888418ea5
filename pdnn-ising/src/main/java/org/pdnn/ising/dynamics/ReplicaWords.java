package org.pdnn.ising.dynamics;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// The words of 64 replicas: of four positions in a row, which are those of one counter of
/// [Philox].
final class ReplicaWords {
  /// Positions whose words are drawn together.
  static final int POSITIONS = 4;

  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int COUNTERS = LONGS.length();
  private static final long LOWER = 0xFFFFFFFFL;

  /// Two vectors of counters side by side give ints in order if one has the even replicas.
  private static final LongVector EVEN = LongVector.zero(LONGS).addIndex(2);

  private final RandomWords words;
  private final long first;
  private final int[] drawn = new int[POSITIONS * Replicas.COUNT];

  ReplicaWords(RandomWords words, long first) {
    this.words = words;
    this.first = first;
  }

  /// Draws the words of four positions.
  ///
  /// @param position a multiple of four
  /// @return those of the first position's replicas, then those of the second's, ...
  int[] draw(int position, int sweep) {
    if (words instanceof Philox philox && first + Replicas.COUNT <= LOWER) {
      encrypt(philox, first, position >>> 2, sweep, drawn);
    } else {
      for (int k = 0; k < POSITIONS; k++) {
        for (int replica = 0; replica < Replicas.COUNT; replica++) {
          drawn[k * Replicas.COUNT + replica] =
              words.word(first + replica, HeatBath.UPDATES, position + k, sweep);
        }
      }
    }
    return drawn;
  }

  /// The generator with replicas in its lanes, four vectors at a time. New words come about in
  /// upper halves, where the products of the round before have what they need; shifted down they
  /// leave upper halves of zeros, by which the compiler knows that 32 bits are multiplied by 32.
  private static void encrypt(Philox philox, long first, int quad, int sweep, int[] target) {
    LongVector multiplier0 = LongVector.broadcast(LONGS, Philox.MULTIPLIER_0).and(LOWER);
    LongVector multiplier1 = LongVector.broadcast(LONGS, Philox.MULTIPLIER_1).and(LOWER);
    LongVector product0 =
        LongVector.broadcast(LONGS, Integer.toUnsignedLong(quad) * Philox.MULTIPLIER_0);
    LongVector counter1 = LongVector.broadcast(LONGS, (long) sweep << 32);
    LongVector counter3 = LongVector.broadcast(LONGS, (long) HeatBath.UPDATES << 48);
    for (int replica = 0; replica < Replicas.COUNT; replica += 4 * COUNTERS) {
      LongVector even = EVEN.add(first + replica);
      LongVector aProduct0 = product0;
      LongVector aProduct1 = even.and(LOWER).mul(multiplier1);
      LongVector a1 = counter1;
      LongVector a3 = counter3;
      LongVector bProduct0 = product0;
      LongVector bProduct1 = even.add(1).and(LOWER).mul(multiplier1);
      LongVector b1 = counter1;
      LongVector b3 = counter3;
      LongVector cProduct0 = product0;
      LongVector cProduct1 = even.add(2L * COUNTERS).and(LOWER).mul(multiplier1);
      LongVector c1 = counter1;
      LongVector c3 = counter3;
      LongVector dProduct0 = product0;
      LongVector dProduct1 = even.add(2L * COUNTERS + 1).and(LOWER).mul(multiplier1);
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
      LongVector a0 = aProduct1.lanewise(XOR, a1).lanewise(XOR, key0);
      LongVector a2 = aProduct0.lanewise(XOR, a3).lanewise(XOR, key1);
      LongVector b0 = bProduct1.lanewise(XOR, b1).lanewise(XOR, key0);
      LongVector b2 = bProduct0.lanewise(XOR, b3).lanewise(XOR, key1);
      LongVector c0 = cProduct1.lanewise(XOR, c1).lanewise(XOR, key0);
      LongVector c2 = cProduct0.lanewise(XOR, c3).lanewise(XOR, key1);
      LongVector d0 = dProduct1.lanewise(XOR, d1).lanewise(XOR, key0);
      LongVector d2 = dProduct0.lanewise(XOR, d3).lanewise(XOR, key1);
      int at = replica;
      a0.lanewise(LSHR, 32).or(b0.and(~LOWER)).reinterpretAsInts().intoArray(target, at);
      c0.lanewise(LSHR, 32)
          .or(d0.and(~LOWER))
          .reinterpretAsInts()
          .intoArray(target, at + 2 * COUNTERS);
      at += Replicas.COUNT;
      aProduct1
          .and(LOWER)
          .or(bProduct1.lanewise(LSHL, 32))
          .reinterpretAsInts()
          .intoArray(target, at);
      cProduct1
          .and(LOWER)
          .or(dProduct1.lanewise(LSHL, 32))
          .reinterpretAsInts()
          .intoArray(target, at + 2 * COUNTERS);
      at += Replicas.COUNT;
      a2.lanewise(LSHR, 32).or(b2.and(~LOWER)).reinterpretAsInts().intoArray(target, at);
      c2.lanewise(LSHR, 32)
          .or(d2.and(~LOWER))
          .reinterpretAsInts()
          .intoArray(target, at + 2 * COUNTERS);
      at += Replicas.COUNT;
      aProduct0
          .and(LOWER)
          .or(bProduct0.lanewise(LSHL, 32))
          .reinterpretAsInts()
          .intoArray(target, at);
      cProduct0
          .and(LOWER)
          .or(dProduct0.lanewise(LSHL, 32))
          .reinterpretAsInts()
          .intoArray(target, at + 2 * COUNTERS);
    }
  }
}
