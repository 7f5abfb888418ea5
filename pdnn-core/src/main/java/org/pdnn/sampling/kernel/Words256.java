package org.pdnn.sampling.kernel;

import static org.pdnn.sampling.kernel.Kernel.LANES;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.random.Philox;

/// Random words in 256-bit vectors; see [Words512].
final class Words256 {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_256;
  private static final long LOWER = 0xFFFFFFFFL;

  private Words256() {}

  /// [Philox] in sixteen lanes, 8 at a time.
  static void philox(
      int key0, int key1, int quad, int[] counters, int[] words, int at, int stride) {
    for (int lane = 0; lane < LANES; lane += INTS.length()) {
      LongVector even0 = LongVector.broadcast(LONGS, quad);
      LongVector odd0 = even0;
      LongVector even1 = IntVector.fromArray(INTS, counters, lane).reinterpretAsLongs();
      LongVector even2 = IntVector.fromArray(INTS, counters, LANES + lane).reinterpretAsLongs();
      LongVector even3 = IntVector.fromArray(INTS, counters, 2 * LANES + lane).reinterpretAsLongs();
      LongVector odd1 = even1.lanewise(VectorOperators.LSHR, 32);
      LongVector odd2 = even2.lanewise(VectorOperators.LSHR, 32);
      LongVector odd3 = even3.lanewise(VectorOperators.LSHR, 32);
      // The compiler multiplies 32 bits by 32 (vpmuludq) where it sees both upper halves cleared.
      // It
      // does not see a mask that lies beyond the loop's end, so the loop hands on products; nor one
      // that it merges with exclusive ors, so those are of integers.
      LongVector multiplier0 = LongVector.broadcast(LONGS, Philox.MULTIPLIER_0).and(LOWER);
      LongVector multiplier1 = LongVector.broadcast(LONGS, Philox.MULTIPLIER_1).and(LOWER);
      LongVector evenProduct0 = even0.and(LOWER).mul(multiplier0);
      LongVector evenProduct1 = even2.and(LOWER).mul(multiplier1);
      LongVector oddProduct0 = odd0.and(LOWER).mul(multiplier0);
      LongVector oddProduct1 = odd2.and(LOWER).mul(multiplier1);
      int k0 = key0;
      int k1 = key1;
      for (int round = 1; round < Philox.ROUNDS; round++) {
        even0 =
            evenProduct1
                .lanewise(VectorOperators.LSHR, 32)
                .reinterpretAsInts()
                .lanewise(VectorOperators.XOR, even1.reinterpretAsInts())
                .lanewise(VectorOperators.XOR, k0)
                .reinterpretAsLongs();
        even2 =
            evenProduct0
                .lanewise(VectorOperators.LSHR, 32)
                .reinterpretAsInts()
                .lanewise(VectorOperators.XOR, even3.reinterpretAsInts())
                .lanewise(VectorOperators.XOR, k1)
                .reinterpretAsLongs();
        even1 = evenProduct1;
        even3 = evenProduct0;
        evenProduct0 = even0.and(LOWER).mul(multiplier0);
        evenProduct1 = even2.and(LOWER).mul(multiplier1);
        odd0 =
            oddProduct1
                .lanewise(VectorOperators.LSHR, 32)
                .reinterpretAsInts()
                .lanewise(VectorOperators.XOR, odd1.reinterpretAsInts())
                .lanewise(VectorOperators.XOR, k0)
                .reinterpretAsLongs();
        odd2 =
            oddProduct0
                .lanewise(VectorOperators.LSHR, 32)
                .reinterpretAsInts()
                .lanewise(VectorOperators.XOR, odd3.reinterpretAsInts())
                .lanewise(VectorOperators.XOR, k1)
                .reinterpretAsLongs();
        odd1 = oddProduct1;
        odd3 = oddProduct0;
        oddProduct0 = odd0.and(LOWER).mul(multiplier0);
        oddProduct1 = odd2.and(LOWER).mul(multiplier1);
        k0 += Philox.WEYL_0;
        k1 += Philox.WEYL_1;
      }
      even0 =
          evenProduct1
              .lanewise(VectorOperators.LSHR, 32)
              .reinterpretAsInts()
              .lanewise(VectorOperators.XOR, even1.reinterpretAsInts())
              .lanewise(VectorOperators.XOR, k0)
              .reinterpretAsLongs();
      even2 =
          evenProduct0
              .lanewise(VectorOperators.LSHR, 32)
              .reinterpretAsInts()
              .lanewise(VectorOperators.XOR, even3.reinterpretAsInts())
              .lanewise(VectorOperators.XOR, k1)
              .reinterpretAsLongs();
      odd0 =
          oddProduct1
              .lanewise(VectorOperators.LSHR, 32)
              .reinterpretAsInts()
              .lanewise(VectorOperators.XOR, odd1.reinterpretAsInts())
              .lanewise(VectorOperators.XOR, k0)
              .reinterpretAsLongs();
      odd2 =
          oddProduct0
              .lanewise(VectorOperators.LSHR, 32)
              .reinterpretAsInts()
              .lanewise(VectorOperators.XOR, odd3.reinterpretAsInts())
              .lanewise(VectorOperators.XOR, k1)
              .reinterpretAsLongs();
      even0
          .and(LOWER)
          .or(odd0.lanewise(VectorOperators.LSHL, 32))
          .reinterpretAsInts()
          .intoArray(words, at + lane);
      evenProduct1
          .and(LOWER)
          .or(oddProduct1.lanewise(VectorOperators.LSHL, 32))
          .reinterpretAsInts()
          .intoArray(words, at + lane + stride);
      even2
          .and(LOWER)
          .or(odd2.lanewise(VectorOperators.LSHL, 32))
          .reinterpretAsInts()
          .intoArray(words, at + lane + 2 * stride);
      evenProduct0
          .and(LOWER)
          .or(oddProduct0.lanewise(VectorOperators.LSHL, 32))
          .reinterpretAsInts()
          .intoArray(words, at + lane + 3 * stride);
    }
  }

  /// The scrambled scheme ([org.pdnn.random.Scheme#SCRAMBLED]): each of the five upper bits is a
  /// coin chosen by the pass; shifting the coins by lane brings it there.
  static void scramble(int[] shifts, int[] coins, int from, int units, int[] passes, int[] words) {
    for (int lane = 0; lane < LANES; lane += INTS.length()) {
      IntVector t = IntVector.fromArray(INTS, passes, lane);
      IntVector left0 = t.lanewise(VectorOperators.LSHR, 1).lanewise(VectorOperators.NEG).add(31);
      IntVector left1 = t.lanewise(VectorOperators.LSHR, 2).lanewise(VectorOperators.NEG).add(14);
      IntVector left2 = t.lanewise(VectorOperators.LSHR, 3).lanewise(VectorOperators.NEG).add(5);
      IntVector right3 = t.lanewise(VectorOperators.LSHR, 4);
      IntVector reversed = t.lanewise(VectorOperators.REVERSE);
      for (int at = lane; at < lane + units * LANES; at += LANES) {
        IntVector s = IntVector.fromArray(INTS, shifts, from + at);
        IntVector c = IntVector.fromArray(INTS, coins, from + at);
        c.lanewise(VectorOperators.LSHL, left0)
            .and(1 << 31)
            .or(c.lanewise(VectorOperators.LSHL, left1).and(1 << 30))
            .or(c.lanewise(VectorOperators.LSHL, left2).and(1 << 29))
            .or(c.lanewise(VectorOperators.LSHR, right3).and(1 << 28))
            .or(c.lanewise(VectorOperators.LSHR, 3).and(1 << 27))
            .lanewise(VectorOperators.XOR, s)
            .lanewise(VectorOperators.XOR, reversed)
            .intoArray(words, at);
      }
    }
  }
}
