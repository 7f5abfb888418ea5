package org.pdnn.sampling.kernel;

import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.integer.Probability;

/// p-bits of clip in 256-bit vectors: numbers are clipped by their bits, as [Probability#downClip]
/// does.
final class Clip256 {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final int WIDTH = 8;

  private Clip256() {}

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
    FloatVector one = FloatVector.broadcast(FLOATS, 1);
    for (int at = 0; at < TILE; at += WIDTH) {
      int unit = at / LANES;
      int shift = unit % 2 * 16;
      int pair = sumsAt + unit / 2 * LANES + at % LANES;
      FloatVector product = one;
      FloatVector scale = FloatVector.broadcast(FLOATS, scales[scaleAt + unit]);
      for (int pixel = 0; pixel < pixels; pixel++) {
        float bias = biases[biasAt + biasSteps[pixel] + unit];
        FloatVector up =
            ((FloatVector)
                    IntVector.fromArray(INTS, sums, pair + pixel * (TILE / 2))
                        .lanewise(VectorOperators.LSHR, shift)
                        .and(0xFFFF)
                        .convertShape(VectorOperators.I2F, FLOATS, 0))
                .fma(scale, FloatVector.broadcast(FLOATS, bias))
                .reinterpretAsInts()
                .max(0)
                .min(Probability.ONE)
                .reinterpretAsFloats();
        product = one.sub(up).mul(product);
      }
      product.intoArray(down, at);
    }
  }

  /// P(down) of pre-activations.
  static void down(float[] values, int count) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1);
    for (int at = 0; at < count; at += WIDTH) {
      IntVector bits = FloatVector.fromArray(FLOATS, values, at).reinterpretAsInts();
      one.sub(bits.max(0).min(Probability.ONE).reinterpretAsFloats()).intoArray(values, at);
    }
  }
}
