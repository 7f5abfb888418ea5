package org.pdnn.sampling.kernel;

import static org.pdnn.sampling.kernel.Kernel.BLOCK;
import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.REAL_BLOCK;
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

  /// Coefficients by power, then segment, as bit patterns.
  private static final int[] CUBICS = cubics();

  private PBits512() {}

  private static int[] cubics() {
    int[] cubics = new int[4 * Probability.SEGMENTS];
    for (int power = 0; power < 4; power++) {
      float[] coefficients = Probability.coefficients(power);
      for (int segment = 0; segment < Probability.SEGMENTS; segment++) {
        cubics[power * Probability.SEGMENTS + segment] =
            Float.floatToRawIntBits(coefficients[segment]);
      }
    }
    return cubics;
  }

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
    for (int unit = 0; unit < BLOCK; unit++) {
      FloatVector product = FloatVector.broadcast(FLOATS, 1);
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[scaleAt + unit]);
      int shift = (unit & 1) << 4;
      int pair = sumsAt + (unit >> 1) * LANES;
      for (int pixel = 0; pixel < pixels; pixel++) {
        FloatVector sum =
            (FloatVector)
                IntVector.fromArray(INTS, sums, pair + pixel * (TILE / 2))
                    .lanewise(VectorOperators.LSHR, shift)
                    .and(0xFFFF)
                    .convertShape(VectorOperators.I2F, FLOATS, 0);
        FloatVector clamped =
            sum.fma(scale, FloatVector.broadcast(FLOATS, biases[biasAt + biasSteps[pixel] + unit]))
                .min(Probability.BOUND)
                .max(-Probability.BOUND);
        FloatVector shifted = clamped.add(Probability.ROUND);
        FloatVector rest = clamped.sub(shifted.sub(Probability.ROUND));
        IntVector segment = shifted.reinterpretAsInts();
        FloatVector value =
            segment
                .selectFrom(c3, d3)
                .reinterpretAsFloats()
                .fma(rest, segment.selectFrom(c2, d2).reinterpretAsFloats())
                .fma(rest, segment.selectFrom(c1, d1).reinterpretAsFloats())
                .fma(rest, segment.selectFrom(c0, d0).reinterpretAsFloats());
        product = product.mul(value);
      }
      product.intoArray(down, unit * LANES);
    }
  }

  /// See [Kernel#down]: the greatest pre-activation of the pool counts.
  static void downOfGreatest(
      int[] sums,
      int sumsAt,
      int pixels,
      float[] scales,
      int scaleAt,
      float[] biases,
      int biasAt,
      int[] biasSteps,
      float[] down) {
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
      greatest.intoArray(down, unit * LANES);
    }
    rows(down, down, TILE);
  }

  /// P(down) of pre-activations.
  static void rows(float[] preActivations, float[] down, int count) {
    IntVector c0 = IntVector.fromArray(INTS, CUBICS, 0);
    IntVector d0 = IntVector.fromArray(INTS, CUBICS, LANES);
    IntVector c1 = IntVector.fromArray(INTS, CUBICS, 2 * LANES);
    IntVector d1 = IntVector.fromArray(INTS, CUBICS, 3 * LANES);
    IntVector c2 = IntVector.fromArray(INTS, CUBICS, 4 * LANES);
    IntVector d2 = IntVector.fromArray(INTS, CUBICS, 5 * LANES);
    IntVector c3 = IntVector.fromArray(INTS, CUBICS, 6 * LANES);
    IntVector d3 = IntVector.fromArray(INTS, CUBICS, 7 * LANES);
    for (int at = 0; at < count; at += LANES) {
      FloatVector clamped =
          FloatVector.fromArray(FLOATS, preActivations, at)
              .min(Probability.BOUND)
              .max(-Probability.BOUND);
      FloatVector shifted = clamped.add(Probability.ROUND);
      FloatVector rest = clamped.sub(shifted.sub(Probability.ROUND));
      IntVector segment = shifted.reinterpretAsInts();
      segment
          .selectFrom(c3, d3)
          .reinterpretAsFloats()
          .fma(rest, segment.selectFrom(c2, d2).reinterpretAsFloats())
          .fma(rest, segment.selectFrom(c1, d1).reinterpretAsFloats())
          .fma(rest, segment.selectFrom(c0, d0).reinterpretAsFloats())
          .intoArray(down, at);
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

  /// See [Kernel#multiply].
  static void multiply(float[] values, int[] taps, int[] positions, float[] weights, float[] sums) {
    int at0 = positions[0];
    int at1 = positions[1];
    int at2 = positions[2];
    int at3 = positions[3];
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
    sum00.intoArray(sums, 0);
    sum01.intoArray(sums, LANES);
    sum10.intoArray(sums, REAL_BLOCK);
    sum11.intoArray(sums, REAL_BLOCK + LANES);
    sum20.intoArray(sums, 2 * REAL_BLOCK);
    sum21.intoArray(sums, 2 * REAL_BLOCK + LANES);
    sum30.intoArray(sums, 3 * REAL_BLOCK);
    sum31.intoArray(sums, 3 * REAL_BLOCK + LANES);
  }
}
