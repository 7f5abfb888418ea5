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

/// p-bits in 512-bit vectors. The 32 coefficients of each power of [Probability] fill two
/// registers; one permutation of both (`vpermi2d`) finds those of sixteen pre-activations.
final class PBits512 {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_512;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;

  /// Numbers are clamped by their bits, whose order is that of their magnitudes: the minimum of
  /// floating-point vectors takes six instructions here.
  private static final int BOUND = Float.floatToRawIntBits(Probability.BOUND);

  private static final int MAGNITUDE = Integer.MAX_VALUE;
  private static final int SIGN = Integer.MIN_VALUE;

  /// Coefficients by power, then segment, as bit patterns.
  private static final int[] CUBICS = Cubics.bits();

  private PBits512() {}

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
    IntVector c0 = IntVector.fromArray(INTS, CUBICS, 0);
    IntVector d0 = IntVector.fromArray(INTS, CUBICS, LANES);
    IntVector c1 = IntVector.fromArray(INTS, CUBICS, 2 * LANES);
    IntVector d1 = IntVector.fromArray(INTS, CUBICS, 3 * LANES);
    IntVector c2 = IntVector.fromArray(INTS, CUBICS, 4 * LANES);
    IntVector d2 = IntVector.fromArray(INTS, CUBICS, 5 * LANES);
    IntVector c3 = IntVector.fromArray(INTS, CUBICS, 6 * LANES);
    IntVector d3 = IntVector.fromArray(INTS, CUBICS, 7 * LANES);
    for (int unit = 0; unit < BLOCK; unit += 2) {
      FloatVector evenProduct = FloatVector.broadcast(FLOATS, 1);
      FloatVector oddProduct = evenProduct;
      FloatVector evenScale = FloatVector.broadcast(FLOATS, scales[scaleAt + unit]);
      FloatVector oddScale = FloatVector.broadcast(FLOATS, scales[scaleAt + unit + 1]);
      for (int pixel = 0; pixel < pixels; pixel++) {
        int bias = biasAt + biasSteps[pixel] + unit;
        IntVector pair =
            IntVector.fromArray(INTS, sums, sumsAt + pixel * (TILE / 2) + unit / 2 * LANES);
        FloatVector even =
            ((FloatVector) pair.and(0xFFFF).convertShape(VectorOperators.I2F, FLOATS, 0))
                .fma(evenScale, FloatVector.broadcast(FLOATS, biases[bias]));
        IntVector evenBits = even.reinterpretAsInts();
        even = evenBits.and(MAGNITUDE).min(BOUND).or(evenBits.and(SIGN)).reinterpretAsFloats();
        FloatVector evenShifted = even.add(Probability.ROUND);
        FloatVector evenRest = even.sub(evenShifted.sub(Probability.ROUND));
        IntVector evenSegment = evenShifted.reinterpretAsInts();
        evenProduct =
            evenSegment
                .selectFrom(c3, d3)
                .reinterpretAsFloats()
                .fma(evenRest, evenSegment.selectFrom(c2, d2).reinterpretAsFloats())
                .fma(evenRest, evenSegment.selectFrom(c1, d1).reinterpretAsFloats())
                .fma(evenRest, evenSegment.selectFrom(c0, d0).reinterpretAsFloats())
                .mul(evenProduct);
        FloatVector odd =
            ((FloatVector)
                    pair.lanewise(VectorOperators.LSHR, 16)
                        .convertShape(VectorOperators.I2F, FLOATS, 0))
                .fma(oddScale, FloatVector.broadcast(FLOATS, biases[bias + 1]));
        IntVector oddBits = odd.reinterpretAsInts();
        odd = oddBits.and(MAGNITUDE).min(BOUND).or(oddBits.and(SIGN)).reinterpretAsFloats();
        FloatVector oddShifted = odd.add(Probability.ROUND);
        FloatVector oddRest = odd.sub(oddShifted.sub(Probability.ROUND));
        IntVector oddSegment = oddShifted.reinterpretAsInts();
        oddProduct =
            oddSegment
                .selectFrom(c3, d3)
                .reinterpretAsFloats()
                .fma(oddRest, oddSegment.selectFrom(c2, d2).reinterpretAsFloats())
                .fma(oddRest, oddSegment.selectFrom(c1, d1).reinterpretAsFloats())
                .fma(oddRest, oddSegment.selectFrom(c0, d0).reinterpretAsFloats())
                .mul(oddProduct);
      }
      evenProduct.intoArray(down, unit * LANES);
      oddProduct.intoArray(down, (unit + 1) * LANES);
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
    for (int unit = 0; unit < BLOCK; unit++) {
      FloatVector greatest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
      int shift = (unit & 1) << 4;
      int pair = sumsAt + (unit >> 1) * LANES;
      for (int pixel = 0; pixel < pixels; pixel++) {
        FloatVector sum =
            (FloatVector)
                IntVector.fromArray(INTS, sums, pair + pixel * (TILE / 2))
                    .lanewise(VectorOperators.LSHR, shift)
                    .and(0xFFFF)
                    .convertShape(VectorOperators.I2F, FLOATS, 0);
        greatest =
            greatest.max(
                sum.fma(
                    FloatVector.broadcast(FLOATS, scales[scaleAt + unit]),
                    FloatVector.broadcast(FLOATS, biases[biasAt + biasSteps[pixel] + unit])));
      }
      greatest.intoArray(preActivations, unit * LANES);
    }
  }

  /// P(down) of pre-activations.
  static void down(float[] values, int count) {
    IntVector c0 = IntVector.fromArray(INTS, CUBICS, 0);
    IntVector d0 = IntVector.fromArray(INTS, CUBICS, LANES);
    IntVector c1 = IntVector.fromArray(INTS, CUBICS, 2 * LANES);
    IntVector d1 = IntVector.fromArray(INTS, CUBICS, 3 * LANES);
    IntVector c2 = IntVector.fromArray(INTS, CUBICS, 4 * LANES);
    IntVector d2 = IntVector.fromArray(INTS, CUBICS, 5 * LANES);
    IntVector c3 = IntVector.fromArray(INTS, CUBICS, 6 * LANES);
    IntVector d3 = IntVector.fromArray(INTS, CUBICS, 7 * LANES);
    for (int at = 0; at < count; at += LANES) {
      IntVector preActivation = FloatVector.fromArray(FLOATS, values, at).reinterpretAsInts();
      FloatVector clamped =
          preActivation.and(MAGNITUDE).min(BOUND).or(preActivation.and(SIGN)).reinterpretAsFloats();
      FloatVector shifted = clamped.add(Probability.ROUND);
      FloatVector rest = clamped.sub(shifted.sub(Probability.ROUND));
      IntVector segment = shifted.reinterpretAsInts();
      segment
          .selectFrom(c3, d3)
          .reinterpretAsFloats()
          .fma(rest, segment.selectFrom(c2, d2).reinterpretAsFloats())
          .fma(rest, segment.selectFrom(c1, d1).reinterpretAsFloats())
          .fma(rest, segment.selectFrom(c0, d0).reinterpretAsFloats())
          .intoArray(values, at);
    }
  }

  /// See [Kernel#fire].
  static void fire(
      float[] down, int downAt, int[] words, int wordsAt, int[] bits, int bitsAt, boolean upper) {
    FloatVector one = FloatVector.broadcast(FLOATS, 0x1p24f);
    FloatVector minusOne = FloatVector.broadcast(FLOATS, -0x1p24f);
    IntVector fired =
        upper ? IntVector.fromArray(INTS, bits, bitsAt).and(0xFFFF) : IntVector.zero(INTS);
    int bit = upper ? 1 << BLOCK : 1;
    for (int at = 0; at < TILE; at += LANES) {
      FloatVector threshold = FloatVector.fromArray(FLOATS, down, downAt + at).fma(minusOne, one);
      FloatVector draw =
          (FloatVector)
              IntVector.fromArray(INTS, words, wordsAt + at)
                  .lanewise(VectorOperators.LSHR, 8)
                  .convertShape(VectorOperators.I2F, FLOATS, 0);
      VectorMask<Integer> up = draw.compare(VectorOperators.LT, threshold).cast(INTS);
      fired = fired.add(bit, up);
      bit <<= 1;
    }
    fired.intoArray(bits, bitsAt);
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
        FloatVector weight0 = FloatVector.fromArray(FLOATS, weights, i * REAL_BLOCK);
        FloatVector weight1 = FloatVector.fromArray(FLOATS, weights, i * REAL_BLOCK + LANES);
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
      int output = block * REAL_BLOCK;
      FloatVector scale0 = FloatVector.fromArray(FLOATS, scales, output);
      FloatVector scale1 = FloatVector.fromArray(FLOATS, scales, output + LANES);
      FloatVector bias0 = FloatVector.fromArray(FLOATS, biases, output);
      FloatVector bias1 = FloatVector.fromArray(FLOATS, biases, output + LANES);
      sum00.fma(scale0, bias0).intoArray(preActivations, to + 0 * LANES);
      sum01.fma(scale1, bias1).intoArray(preActivations, to + 1 * LANES);
      sum10.fma(scale0, bias0).intoArray(preActivations, to + 2 * LANES);
      sum11.fma(scale1, bias1).intoArray(preActivations, to + 3 * LANES);
      sum20.fma(scale0, bias0).intoArray(preActivations, to + 4 * LANES);
      sum21.fma(scale1, bias1).intoArray(preActivations, to + 5 * LANES);
      sum30.fma(scale0, bias0).intoArray(preActivations, to + 6 * LANES);
      sum31.fma(scale1, bias1).intoArray(preActivations, to + 7 * LANES);
    }
  }

  /// See [Kernel#multiply].
  static void multiply(float[] rows, int members, int products) {
    for (int row = 0; row < products; row++) {
      int from = row * members * REAL_BLOCK;
      FloatVector product0 = FloatVector.fromArray(FLOATS, rows, from);
      FloatVector product1 = FloatVector.fromArray(FLOATS, rows, from + LANES);
      for (int member = 1; member < members; member++) {
        int at = from + member * REAL_BLOCK;
        product0 = product0.mul(FloatVector.fromArray(FLOATS, rows, at));
        product1 = product1.mul(FloatVector.fromArray(FLOATS, rows, at + LANES));
      }
      product0.intoArray(rows, row * REAL_BLOCK);
      product1.intoArray(rows, row * REAL_BLOCK + LANES);
    }
  }
}
