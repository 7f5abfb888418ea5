package org.pdnn.sampling.kernel;

import org.pdnn.integer.ProbabilityCurve;

/// For machines with 256-bit vectors: AVX2 with FMA.
final class Vector256Kernel implements Kernel {
  @Override
  public String name() {
    return "vector256";
  }

  /// Does nothing: tables of bytes are made once for all blocks.
  @Override
  public void expand(PackedWeights weights, int block, int[] tables) {}

  @Override
  public void sums(
      PackedWeights weights,
      int block,
      int[] tables,
      int[] bits,
      int[] positions,
      int count,
      int[] sums) {
    Lookup128.sums(weights, block, bits, positions, count, sums);
  }

  @Override
  public void down(
      ProbabilityCurve curve,
      int[] sums,
      int sumsAt,
      int pixels,
      boolean poolsBits,
      float[] scales,
      int scaleAt,
      float[] biases,
      int biasAt,
      int[] biasSteps,
      float[] down) {
    if (!poolsBits) {
      PBits256.greatest(sums, sumsAt, pixels, scales, scaleAt, biases, biasAt, biasSteps, down);
      down(curve, down, TILE);
      return;
    }
    switch (curve) {
      case SIGMOID ->
          PBits256.down(sums, sumsAt, pixels, scales, scaleAt, biases, biasAt, biasSteps, down);
      case CLIP ->
          Clip256.down(sums, sumsAt, pixels, scales, scaleAt, biases, biasAt, biasSteps, down);
    }
  }

  @Override
  public void fire(
      float[] down, int downAt, int[] words, int wordsAt, int[] bits, int bitsAt, boolean upper) {
    PBits256.fire(down, downAt, words, wordsAt, bits, bitsAt, upper);
  }

  @Override
  public void philox(
      int key0, int key1, int quad, int[] counters, int[] words, int at, int stride) {
    Words256.philox(key0, key1, quad, counters, words, at, stride);
  }

  @Override
  public void scramble(int[] shifts, int[] coins, int from, int units, int[] passes, int[] words) {
    Words256.scramble(shifts, coins, from, units, passes, words);
  }

  @Override
  public void preActivate(
      float[] values,
      int[] taps,
      int[] positions,
      int count,
      float[] weights,
      float[] scales,
      float[] biases,
      int block,
      float[] preActivations) {
    PBits256.preActivate(
        values, taps, positions, count, weights, scales, biases, block, preActivations);
  }

  @Override
  public void down(ProbabilityCurve curve, float[] values, int count) {
    switch (curve) {
      case SIGMOID -> PBits256.down(values, count);
      case CLIP -> Clip256.down(values, count);
    }
  }
}
