package org.pdnn.integer;

/// The weights of a layer as integers with one scale per output: w = code * scale.
///
/// Codes are signed bytes. With groups a code is the stored code times the group's multiplier, a
/// small integer, so that the same sums serve it.
public final class QuantisedWeights {
  /// Multipliers of groups are 1 to this.
  private static final int MOST_MULTIPLIER = 16;

  /// Scales that are tried, from the greatest weight down to a fraction of it.
  private static final int TRIALS = 32;

  /// Squared error that is none but that of 32-bit numbers, as a share of the weights' squares.
  private static final double ROUNDING = 1e-12;

  private final byte[][] codes;
  private final float[] scales;

  private QuantisedWeights(byte[][] codes, float[] scales) {
    this.codes = codes;
    this.scales = scales;
  }

  /// Rounds weights, each output with the scale of the least squared error.
  ///
  /// @param weights by output, then input in PyTorch's order
  static QuantisedWeights of(float[][] weights, WeightFormat format) {
    byte[][] codes = new byte[weights.length][];
    float[] scales = new float[weights.length];
    for (int o = 0; o < weights.length; o++) {
      float scale = bestScale(weights[o], 0, weights[o].length, format);
      if (format.grouped()) {
        scale = finestGroup(weights[o], format, scale);
      }
      codes[o] = round(weights[o], format, scale);
      scales[o] = scale;
    }
    return new QuantisedWeights(codes, scales);
  }

  /// The base scale whose multiples by 1 to 16 serve all groups.
  private static float finestGroup(float[] weights, WeightFormat format, float whole) {
    float coarsest = 0;
    for (int from = 0; from < weights.length; from += WeightFormat.GROUP) {
      int to = Math.min(weights.length, from + WeightFormat.GROUP);
      coarsest = Math.max(coarsest, bestScale(weights, from, to, format));
    }
    return Math.max(coarsest, whole) / mostMultiplier(format);
  }

  private static byte[] round(float[] weights, WeightFormat format, float scale) {
    byte[] codes = new byte[weights.length];
    int group = format.grouped() ? WeightFormat.GROUP : weights.length;
    for (int from = 0; from < weights.length; from += group) {
      int to = Math.min(weights.length, from + group);
      int multiplier = 1;
      if (format.grouped()) {
        float own = bestScale(weights, from, to, format);
        multiplier = Math.clamp(Math.round(own / scale), 1, mostMultiplier(format));
      }
      for (int i = from; i < to; i++) {
        codes[i] = (byte) (multiplier * code(weights[i], scale * multiplier, format));
      }
    }
    return codes;
  }

  /// A code stays a byte.
  private static int mostMultiplier(WeightFormat format) {
    return Math.min(MOST_MULTIPLIER, Byte.MAX_VALUE / format.most());
  }

  private static int code(float weight, float scale, WeightFormat format) {
    if (format.bits() == 1) {
      return weight < 0 ? -1 : 1;
    }
    // A scale of 0 is that of weights that are all 0; 0 / 0 rounds to 0.
    return Math.clamp(Math.round(weight / scale), -format.most(), format.most());
  }

  private static float bestScale(float[] weights, int from, int to, WeightFormat format) {
    double greatest = 0;
    double total = 0;
    double squares = 0;
    for (int i = from; i < to; i++) {
      greatest = Math.max(greatest, Math.abs(weights[i]));
      total += Math.abs(weights[i]);
      squares += (double) weights[i] * weights[i];
    }
    if (greatest < Float.MIN_NORMAL * 0x1p20) {
      return 0;
    }
    if (format.bits() == 1) {
      return (float) (total / (to - from));
    }
    float best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int trial = TRIALS; trial > TRIALS / 4; trial--) {
      float scale = (float) (greatest * trial / TRIALS / format.most());
      double error = 0;
      for (int i = from; i < to; i++) {
        double difference = weights[i] - scale * code(weights[i], scale, format);
        error += difference * difference;
      }
      if (error < least) {
        least = error;
        best = scale;
      }
      if (least < ROUNDING * squares) {
        // The weights were rounded so before; no other scale does better.
        break;
      }
    }
    return best;
  }

  int outputs() {
    return codes.length;
  }

  /// The code of an output's weight, by its index in PyTorch's order.
  byte code(int output, int index) {
    return codes[output][index];
  }

  float scale(int output) {
    return scales[output];
  }

  /// Weights of an output.
  int inputs() {
    return codes.length == 0 ? 0 : codes[0].length;
  }

  /// The weights that the codes stand for, by output.
  float[] values() {
    int each = inputs();
    float[] values = new float[codes.length * each];
    for (int o = 0; o < codes.length; o++) {
      for (int i = 0; i < each; i++) {
        values[o * each + i] = codes[o][i] * scales[o];
      }
    }
    return values;
  }
}
