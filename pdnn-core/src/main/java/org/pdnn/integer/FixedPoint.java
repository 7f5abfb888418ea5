package org.pdnn.integer;

import java.util.Locale;

/// Gives scales and biases a common unit 2^-F, so that pre-activations are exact integers of it.
///
/// F is at most 18 and small enough that every bias, and the bias less any sum of weights, is a
/// 24-bit number of units.
final class FixedPoint {
  /// What 32-bit numbers hold exactly, in bits.
  private static final int EXACT = 23;

  private static final int MOST_FRACTION_BITS = 18;
  private static final int LEAST_FRACTION_BITS = 8;

  private FixedPoint() {}

  /// A hidden layer.
  static IntegerLayer hidden(LinearLayer layer, QuantisedWeights weights) {
    float[] scales = new float[weights.outputs()];
    double greatest = 1;
    for (int o = 0; o < scales.length; o++) {
      double scale = weights.scale(o) * codingFactor(layer) * ownFactor(layer);
      int span = 0;
      for (int i = 0; i < layer.field().fanIn(); i++) {
        span += Math.abs(weights.code(o, i));
      }
      double bias = Math.abs(layer.bias().get(o)) * ownFactor(layer);
      greatest = Math.max(greatest, bias + 2 * scale * span + 1);
    }
    int fraction = Math.min(MOST_FRACTION_BITS, EXACT - 1 - Math.getExponent(greatest));
    if (fraction < LEAST_FRACTION_BITS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "layer %d: pre-activations up to %.0f are too large for fixed point",
              layer.index(),
              greatest));
    }
    for (int o = 0; o < scales.length; o++) {
      scales[o] =
          onGrid(weights.scale(o) * codingFactor(layer) * (double) ownFactor(layer), fraction);
    }
    Firing firing =
        new Firing(
            layer.firing().layer(),
            layer.firing().curve(),
            layer.firing().pool(),
            layer.firing().poolsBits(),
            fraction);
    float[] biases = biases(layer, weights, scales, fraction);
    return new IntegerLayer(layer.field(), weights, scales, biases, firing);
  }

  /// What a code of a hidden layer is worth as a weight, by output.
  static float[] worth(LinearLayer layer, IntegerLayer fixed) {
    float[] worth = new float[layer.field().outputs()];
    for (int o = 0; o < worth.length; o++) {
      worth[o] = fixed.scale(o) / codingFactor(layer) / ownFactor(layer);
    }
    return worth;
  }

  /// The first layer, whose inputs are not bits: scale and bias are 32-bit numbers.
  static IntegerLayer first(LinearLayer layer, QuantisedWeights weights, InputGrid grid) {
    float[] scales = new float[weights.outputs()];
    float[] biases = new float[weights.outputs()];
    for (int o = 0; o < scales.length; o++) {
      scales[o] = weights.scale(o) * grid.step() * ownFactor(layer);
      biases[o] = layer.bias().get(o) * ownFactor(layer);
    }
    return new IntegerLayer(layer.field(), weights, scales, biases, layer.firing());
  }

  /// The last layer, whose sums are logits.
  static IntegerLayer last(LinearLayer layer, QuantisedWeights weights) {
    float[] scales = new float[weights.outputs()];
    float[] biases = new float[weights.outputs()];
    for (int o = 0; o < scales.length; o++) {
      scales[o] = weights.scale(o) * codingFactor(layer);
      double bias = layer.bias().get(o);
      if (layer.inputCoding().signed()) {
        for (int i = 0; i < layer.field().fanIn(); i++) {
          bias -= (double) weights.code(o, i) * weights.scale(o);
        }
      }
      biases[o] = (float) bias;
    }
    return new IntegerLayer(layer.field(), weights, scales, biases, layer.firing());
  }

  /// Bits -1 and 1 are 2a - 1 with a in {0, 1}.
  private static float codingFactor(LinearLayer layer) {
    return layer.inputCoding().signed() ? 2 : 1;
  }

  /// (1 + tanh(I)) / 2 = sigmoid(2I).
  private static float ownFactor(LinearLayer layer) {
    return switch (layer.activation()) {
      case TANH -> 2;
      case SIGMOID, CLIP, IDENTITY, RELU -> 1;
    };
  }

  private static float onGrid(double value, int fraction) {
    return (float) Math.scalb(Math.rint(Math.scalb(value, fraction)), -fraction);
  }

  private static float[] biases(
      LinearLayer layer, QuantisedWeights weights, float[] scales, int fraction) {
    ReceptiveField field = layer.field();
    boolean signed = layer.inputCoding().signed();
    int pixels = signed && field.padding() > 0 ? field.rows() * field.columns() : 1;
    float[] biases = new float[pixels * field.outputs()];
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int o = 0; o < field.outputs(); o++) {
        double bias = onGrid(layer.bias().get(o) * (double) ownFactor(layer), fraction);
        if (signed) {
          // The scale is that of a in {0, 1}, twice that of -1 and 1.
          bias -= 0.5 * scales[o] * readCodes(field, weights, o, pixel);
        }
        biases[pixel * field.outputs() + o] = onGrid(bias, fraction);
      }
    }
    return biases;
  }

  /// The sum of the codes of an output that read the image at a pixel, not its padding.
  private static int readCodes(
      ReceptiveField field, QuantisedWeights weights, int output, int pixel) {
    int sum = 0;
    for (int c = 0; c < field.channels(); c++) {
      for (int ky = 0; ky < field.kernelHeight(); ky++) {
        for (int kx = 0; kx < field.kernelWidth(); kx++) {
          int row = field.readRow(pixel / field.columns(), ky);
          int column = field.readColumn(pixel % field.columns(), kx);
          if (field.holds(row, column)) {
            sum += weights.code(output, field.weight(c, ky, kx));
          }
        }
      }
    }
    return sum;
  }
}
