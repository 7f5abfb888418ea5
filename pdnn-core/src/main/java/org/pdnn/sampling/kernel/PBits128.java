package org.pdnn.sampling.kernel;

import static org.pdnn.sampling.kernel.Kernel.BLOCK;
import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.REAL_BLOCK;
import static org.pdnn.sampling.kernel.Kernel.REAL_POSITIONS;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// p-bits in 128-bit vectors. Coefficients of [org.pdnn.integer.Probability] would fill eight
/// registers a power; finding them there takes longer than one by one, which [ScalarKernel] does.
final class PBits128 {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_128;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_128;
  private static final int WIDTH = 4;
  private static final int SIGN = Integer.MIN_VALUE;

  private PBits128() {}

  /// See [Kernel#fire]. What is compared is the sign of the difference: masks cost more here.
  static void fire(
      float[] down, int downAt, int[] words, int wordsAt, int[] bits, int bitsAt, boolean upper) {
    FloatVector one = FloatVector.broadcast(FLOATS, 0x1p24f);
    FloatVector minusOne = FloatVector.broadcast(FLOATS, -0x1p24f);
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      IntVector fired = IntVector.zero(INTS);
      // Bits come in from above, the last unit's at the top.
      for (int at = lane; at < TILE; at += LANES) {
        FloatVector threshold = FloatVector.fromArray(FLOATS, down, downAt + at).fma(minusOne, one);
        IntVector sign =
            ((FloatVector)
                    IntVector.fromArray(INTS, words, wordsAt + at)
                        .lanewise(VectorOperators.LSHR, 8)
                        .convertShape(VectorOperators.I2F, FLOATS, 0))
                .sub(threshold)
                .reinterpretAsInts();
        fired = fired.lanewise(VectorOperators.LSHR, 1).or(sign.and(SIGN));
      }
      if (upper) {
        IntVector lower = IntVector.fromArray(INTS, bits, bitsAt + lane).and(0xFFFF);
        fired.and(0xFFFF0000).or(lower).intoArray(bits, bitsAt + lane);
      } else {
        fired.lanewise(VectorOperators.LSHR, BLOCK).intoArray(bits, bitsAt + lane);
      }
    }
  }

  /// See [Kernel#preActivate].
  static void preActivate(
      float[] values,
      int[] taps,
      int[] positions,
      int count,
      float[] weights,
      float[] scales,
      float[] biases,
      int block,
      float[] preActivations) {
    for (int p = 0; p < count; p += REAL_POSITIONS) {
      int at0 = positions[p];
      int at1 = positions[p + 1];
      int at2 = positions[p + 2];
      int at3 = positions[p + 3];
      for (int o = 0; o < REAL_BLOCK; o += 2 * WIDTH) {
        FloatVector sum00 = FloatVector.zero(FLOATS);
        FloatVector sum01 = sum00;
        FloatVector sum10 = sum00;
        FloatVector sum11 = sum00;
        FloatVector sum20 = sum00;
        FloatVector sum21 = sum00;
        FloatVector sum30 = sum00;
        FloatVector sum31 = sum00;
        for (int i = 0; i < taps.length; i++) {
          int tap = taps[i];
          int weight = i * REAL_BLOCK + o;
          FloatVector weight0 = FloatVector.fromArray(FLOATS, weights, weight);
          FloatVector weight1 = FloatVector.fromArray(FLOATS, weights, weight + WIDTH);
          FloatVector x = FloatVector.broadcast(FLOATS, values[at0 + tap]);
          sum00 = x.fma(weight0, sum00);
          sum01 = x.fma(weight1, sum01);
          x = FloatVector.broadcast(FLOATS, values[at1 + tap]);
          sum10 = x.fma(weight0, sum10);
          sum11 = x.fma(weight1, sum11);
          x = FloatVector.broadcast(FLOATS, values[at2 + tap]);
          sum20 = x.fma(weight0, sum20);
          sum21 = x.fma(weight1, sum21);
          x = FloatVector.broadcast(FLOATS, values[at3 + tap]);
          sum30 = x.fma(weight0, sum30);
          sum31 = x.fma(weight1, sum31);
        }
        int to = p * REAL_BLOCK;
        int output = block * REAL_BLOCK + o;
        FloatVector scale0 = FloatVector.fromArray(FLOATS, scales, output);
        FloatVector scale1 = FloatVector.fromArray(FLOATS, scales, output + WIDTH);
        FloatVector bias0 = FloatVector.fromArray(FLOATS, biases, output);
        FloatVector bias1 = FloatVector.fromArray(FLOATS, biases, output + WIDTH);
        sum00.fma(scale0, bias0).intoArray(preActivations, to + o);
        sum01.fma(scale1, bias1).intoArray(preActivations, to + o + WIDTH);
        sum10.fma(scale0, bias0).intoArray(preActivations, to + REAL_BLOCK + o);
        sum11.fma(scale1, bias1).intoArray(preActivations, to + REAL_BLOCK + o + WIDTH);
        sum20.fma(scale0, bias0).intoArray(preActivations, to + 2 * REAL_BLOCK + o);
        sum21.fma(scale1, bias1).intoArray(preActivations, to + 2 * REAL_BLOCK + o + WIDTH);
        sum30.fma(scale0, bias0).intoArray(preActivations, to + 3 * REAL_BLOCK + o);
        sum31.fma(scale1, bias1).intoArray(preActivations, to + 3 * REAL_BLOCK + o + WIDTH);
      }
    }
  }
}
