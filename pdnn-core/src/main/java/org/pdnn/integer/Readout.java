package org.pdnn.integer;

/// What makes logits of sums: sum * scale + bias, in 64 bits. Immutable.
public final class Readout {
  private final double[] scales;

  /// By pixel, then output; one pixel stands for all where they are alike.
  private final double[][] biases;

  Readout(double[] scales, double[][] biases) {
    this.scales = scales;
    this.biases = biases;
  }

  /// What a sum of an output is multiplied by.
  public double scale(int output) {
    return scales[output];
  }

  /// What is added then.
  ///
  /// @param pixel of no meaning unless [#byPixel]
  public double bias(int pixel, int output) {
    return biases[byPixel() ? pixel : 0][output];
  }

  /// Whether each pixel has biases of its own.
  public boolean byPixel() {
    return biases.length > 1;
  }

  /// A logit.
  ///
  /// @param sum an integer, or a sum of expectations
  public double logit(int pixel, int output, double sum) {
    return sum * scales[output] + bias(pixel, output);
  }
}
