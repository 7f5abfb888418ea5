package org.pdnn.sampling.kernel;

import static org.pdnn.sampling.kernel.Kernel.BLOCK;
import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.REAL_BLOCK;
import static org.pdnn.sampling.kernel.Kernel.REAL_POSITIONS;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.integer.Probability;

/// p-bits in 256-bit vectors. The 32 coefficients of each power of [Probability] fill four
/// registers: each is permuted (`vpermd`), and two bits of the segment choose among them.
final class PBits256 {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final int WIDTH = 8;

  /// Numbers are clamped by their bits; see [PBits512].
  private static final int BOUND = Float.floatToRawIntBits(Probability.BOUND);

  private static final int MAGNITUDE = Integer.MAX_VALUE;
  private static final int SIGN = Integer.MIN_VALUE;
  private static final int[] CUBICS = Cubics.bits();

  private PBits256() {}

  /// See [Kernel#down]: the probabilities of the pixels of a pool are multiplied.
  static void down(
      int[] sums,
      int sumsAt,
      int pixels,
      float[] scales,
      int scaleAt,
      float[] biases,
      int biasAt,
      int[] biasSteps,
      float[] down) {
    IntVector c00 = IntVector.fromArray(INTS, CUBICS, 0 * WIDTH);
    IntVector c01 = IntVector.fromArray(INTS, CUBICS, 1 * WIDTH);
    IntVector c02 = IntVector.fromArray(INTS, CUBICS, 2 * WIDTH);
    IntVector c03 = IntVector.fromArray(INTS, CUBICS, 3 * WIDTH);
    IntVector c10 = IntVector.fromArray(INTS, CUBICS, 4 * WIDTH);
    IntVector c11 = IntVector.fromArray(INTS, CUBICS, 5 * WIDTH);
    IntVector c12 = IntVector.fromArray(INTS, CUBICS, 6 * WIDTH);
    IntVector c13 = IntVector.fromArray(INTS, CUBICS, 7 * WIDTH);
    IntVector c20 = IntVector.fromArray(INTS, CUBICS, 8 * WIDTH);
    IntVector c21 = IntVector.fromArray(INTS, CUBICS, 9 * WIDTH);
    IntVector c22 = IntVector.fromArray(INTS, CUBICS, 10 * WIDTH);
    IntVector c23 = IntVector.fromArray(INTS, CUBICS, 11 * WIDTH);
    IntVector c30 = IntVector.fromArray(INTS, CUBICS, 12 * WIDTH);
    IntVector c31 = IntVector.fromArray(INTS, CUBICS, 13 * WIDTH);
    IntVector c32 = IntVector.fromArray(INTS, CUBICS, 14 * WIDTH);
    IntVector c33 = IntVector.fromArray(INTS, CUBICS, 15 * WIDTH);
    for (int at = 0; at < TILE; at += WIDTH) {
      int unit = at / LANES;
      int shift = unit % 2 * 16;
      int pair = sumsAt + unit / 2 * LANES + at % LANES;
      FloatVector product = FloatVector.broadcast(FLOATS, 1);
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[scaleAt + unit]);
      for (int pixel = 0; pixel < pixels; pixel++) {
        float bias = biases[biasAt + biasSteps[pixel] + unit];
        IntVector bits =
            ((FloatVector)
                    IntVector.fromArray(INTS, sums, pair + pixel * (TILE / 2))
                        .lanewise(VectorOperators.LSHR, shift)
                        .and(0xFFFF)
                        .convertShape(VectorOperators.I2F, FLOATS, 0))
                .fma(scale, FloatVector.broadcast(FLOATS, bias))
                .reinterpretAsInts();
        FloatVector clamped =
            bits.and(MAGNITUDE).min(BOUND).or(bits.and(SIGN)).reinterpretAsFloats();
        FloatVector shifted = clamped.add(Probability.ROUND);
        FloatVector rest = clamped.sub(shifted.sub(Probability.ROUND));
        IntVector segment = shifted.reinterpretAsInts();
        VectorMask<Integer> second = segment.lanewise(VectorOperators.LSHL, 28).lt(0);
        VectorMask<Integer> upper = segment.lanewise(VectorOperators.LSHL, 27).lt(0);
        FloatVector c3 =
            segment
                .selectFrom(c30)
                .blend(segment.selectFrom(c31), second)
                .blend(segment.selectFrom(c32).blend(segment.selectFrom(c33), second), upper)
                .reinterpretAsFloats();
        FloatVector c2 =
            segment
                .selectFrom(c20)
                .blend(segment.selectFrom(c21), second)
                .blend(segment.selectFrom(c22).blend(segment.selectFrom(c23), second), upper)
                .reinterpretAsFloats();
        FloatVector c1 =
            segment
                .selectFrom(c10)
                .blend(segment.selectFrom(c11), second)
                .blend(segment.selectFrom(c12).blend(segment.selectFrom(c13), second), upper)
                .reinterpretAsFloats();
        FloatVector c0 =
            segment
                .selectFrom(c00)
                .blend(segment.selectFrom(c01), second)
                .blend(segment.selectFrom(c02).blend(segment.selectFrom(c03), second), upper)
                .reinterpretAsFloats();
        product = c3.fma(rest, c2).fma(rest, c1).fma(rest, c0).mul(product);
      }
      product.intoArray(down, at);
    }
  }

  /// The greatest pre-activation of each pool; see [Kernel#down].
  static void greatest(
      int[] sums,
      int sumsAt,
      int pixels,
      float[] scales,
      int scaleAt,
      float[] biases,
      int biasAt,
      int[] biasSteps,
      float[] preActivations) {
    for (int at = 0; at < TILE; at += WIDTH) {
      int unit = at / LANES;
      int shift = unit % 2 * 16;
      int pair = sumsAt + unit / 2 * LANES + at % LANES;
      FloatVector greatest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[scaleAt + unit]);
      for (int pixel = 0; pixel < pixels; pixel++) {
        float bias = biases[biasAt + biasSteps[pixel] + unit];
        FloatVector sum =
            (FloatVector)
                IntVector.fromArray(INTS, sums, pair + pixel * (TILE / 2))
                    .lanewise(VectorOperators.LSHR, shift)
                    .and(0xFFFF)
                    .convertShape(VectorOperators.I2F, FLOATS, 0);
        greatest = greatest.max(sum.fma(scale, FloatVector.broadcast(FLOATS, bias)));
      }
      greatest.intoArray(preActivations, at);
    }
  }

  /// P(down) of pre-activations.
  static void down(float[] values, int count) {
    IntVector c00 = IntVector.fromArray(INTS, CUBICS, 0 * WIDTH);
    IntVector c01 = IntVector.fromArray(INTS, CUBICS, 1 * WIDTH);
    IntVector c02 = IntVector.fromArray(INTS, CUBICS, 2 * WIDTH);
    IntVector c03 = IntVector.fromArray(INTS, CUBICS, 3 * WIDTH);
    IntVector c10 = IntVector.fromArray(INTS, CUBICS, 4 * WIDTH);
    IntVector c11 = IntVector.fromArray(INTS, CUBICS, 5 * WIDTH);
    IntVector c12 = IntVector.fromArray(INTS, CUBICS, 6 * WIDTH);
    IntVector c13 = IntVector.fromArray(INTS, CUBICS, 7 * WIDTH);
    IntVector c20 = IntVector.fromArray(INTS, CUBICS, 8 * WIDTH);
    IntVector c21 = IntVector.fromArray(INTS, CUBICS, 9 * WIDTH);
    IntVector c22 = IntVector.fromArray(INTS, CUBICS, 10 * WIDTH);
    IntVector c23 = IntVector.fromArray(INTS, CUBICS, 11 * WIDTH);
    IntVector c30 = IntVector.fromArray(INTS, CUBICS, 12 * WIDTH);
    IntVector c31 = IntVector.fromArray(INTS, CUBICS, 13 * WIDTH);
    IntVector c32 = IntVector.fromArray(INTS, CUBICS, 14 * WIDTH);
    IntVector c33 = IntVector.fromArray(INTS, CUBICS, 15 * WIDTH);
    for (int at = 0; at < count; at += WIDTH) {
      IntVector bits = FloatVector.fromArray(FLOATS, values, at).reinterpretAsInts();
      FloatVector clamped = bits.and(MAGNITUDE).min(BOUND).or(bits.and(SIGN)).reinterpretAsFloats();
      FloatVector shifted = clamped.add(Probability.ROUND);
      FloatVector rest = clamped.sub(shifted.sub(Probability.ROUND));
      IntVector segment = shifted.reinterpretAsInts();
      VectorMask<Integer> second = segment.lanewise(VectorOperators.LSHL, 28).lt(0);
      VectorMask<Integer> upper = segment.lanewise(VectorOperators.LSHL, 27).lt(0);
      FloatVector c3 =
          segment
              .selectFrom(c30)
              .blend(segment.selectFrom(c31), second)
              .blend(segment.selectFrom(c32).blend(segment.selectFrom(c33), second), upper)
              .reinterpretAsFloats();
      FloatVector c2 =
          segment
              .selectFrom(c20)
              .blend(segment.selectFrom(c21), second)
              .blend(segment.selectFrom(c22).blend(segment.selectFrom(c23), second), upper)
              .reinterpretAsFloats();
      FloatVector c1 =
          segment
              .selectFrom(c10)
              .blend(segment.selectFrom(c11), second)
              .blend(segment.selectFrom(c12).blend(segment.selectFrom(c13), second), upper)
              .reinterpretAsFloats();
      FloatVector c0 =
          segment
              .selectFrom(c00)
              .blend(segment.selectFrom(c01), second)
              .blend(segment.selectFrom(c02).blend(segment.selectFrom(c03), second), upper)
              .reinterpretAsFloats();
      c3.fma(rest, c2).fma(rest, c1).fma(rest, c0).intoArray(values, at);
    }
  }

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
