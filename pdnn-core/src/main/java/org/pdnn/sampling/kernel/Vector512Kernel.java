package org.pdnn.sampling.kernel;

import org.pdnn.integer.ProbabilityCurve;

/// For machines with 512-bit vectors: AVX-512 F, BW and DQ.
final class Vector512Kernel implements Kernel {
  @Override
  public String name() {
    return "vector512";
  }

  @Override
  public void expand(PackedWeights weights, int block, int[] tables) {
    Lookup512.expand(weights, block, tables);
  }

  @Override
  public void sums(
      PackedWeights weights,
      int block,
      int[] tables,
      int[] bits,
      int[] positions,
      int count,
      int[] sums) {
    if (weights.bytes()) {
      Lookup512.bytes(weights, block, tables, bits, positions, count, sums);
    } else {
      Lookup512.shorts(weights, block, 0, tables, bits, positions, count, sums);
      Lookup512.shorts(weights, block, 1, tables, bits, positions, count, sums);
    }
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
      PBits512.greatest(sums, sumsAt, pixels, scales, scaleAt, biases, biasAt, biasSteps, down);
      down(curve, down, TILE);
      return;
    }
    switch (curve) {
      case SIGMOID ->
          PBits512.down(sums, sumsAt, pixels, scales, scaleAt, biases, biasAt, biasSteps, down);
      case CLIP ->
          Clip512.down(sums, sumsAt, pixels, scales, scaleAt, biases, biasAt, biasSteps, down);
    }
  }

  @Override
  public void fire(
      float[] down, int downAt, int[] words, int wordsAt, int[] bits, int bitsAt, boolean upper) {
    PBits512.fire(down, downAt, words, wordsAt, bits, bitsAt, upper);
  }

  @Override
  public void philox(
      int key0, int key1, int quad, int[] counters, int[] words, int at, int stride) {
    Words512.philox(key0, key1, quad, counters, words, at, stride);
  }

  @Override
  public void scramble(int[] shifts, int[] coins, int from, int units, int[] passes, int[] words) {
    Words512.scramble(shifts, coins, from, units, passes, words);
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
    PBits512.preActivate(
        values, taps, positions, count, weights, scales, biases, block, preActivations);
  }

  @Override
  public void down(ProbabilityCurve curve, float[] values, int count) {
    switch (curve) {
      case SIGMOID -> PBits512.down(values, count);
      case CLIP -> Clip512.down(values, count);
    }
  }

  @Override
  public void multiply(float[] rows, int members, int products) {
    PBits512.multiply(rows, members, products);
  }
}
