package org.pdnn.onnx;

import org.pdnn.network.BatchNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// What multiplies and shifts channels by constants: batch norms, and arithmetic that becomes batch
/// norms ([Layers#affine(float[], float[])]).
final class AffineOperators {
  private static final int FIRST_WITH_TRAINING_MODE = 14;

  private AffineOperators() {}

  static void batchNorm(Node node, Reading reading) {
    reading.requireValueFirst(node);
    if (node.integer("spatial", 1) != 1) {
      throw node.refused("has spatial 0; only statistics by channel are read");
    }
    if (reading.opset() >= FIRST_WITH_TRAINING_MODE && node.integer("training_mode", 0) != 0) {
      throw node.refused("is in training mode; export the model for inference");
    }
    Tensor weight = reading.constants().tensor(node, 1, 1);
    Tensor bias = reading.constants().tensor(node, 2, 1);
    Tensor mean = reading.constants().tensor(node, 3, 1);
    Tensor variance = reading.constants().tensor(node, 4, 1);
    // The decimal number that was meant: PyTorch's 1e-5 is a 64-bit number, ONNX keeps 32 bits.
    double epsilon = Double.parseDouble(Float.toString(node.real("epsilon", 1e-5f)));
    if (epsilon > 0 && epsilon < 1) {
      reading.layers().add(new BatchNorm(weight, bias, mean, variance, epsilon));
    } else {
      affine(node, reading.layers(), weight, bias, mean, variance, epsilon);
    }
  }

  /// A batch norm whose epsilon is none, as if by other software's convention.
  private static void affine(
      Node node,
      Layers layers,
      Tensor weight,
      Tensor bias,
      Tensor mean,
      Tensor variance,
      double epsilon) {
    Shape vector = weight.shape();
    if (!bias.shape().equals(vector)
        || !mean.shape().equals(vector)
        || !variance.shape().equals(vector)
        || layers.shape().dimension(0) != vector.size()) {
      throw node.refused("has %s channels, its input %s".formatted(vector.size(), layers.shape()));
    }
    float[] scale = new float[vector.size()];
    float[] shift = new float[vector.size()];
    for (int c = 0; c < scale.length; c++) {
      double factor = weight.get(c) / Math.sqrt(variance.get(c) + epsilon);
      scale[c] = (float) factor;
      shift[c] = (float) (bias.get(c) - mean.get(c) * factor);
      if (!Float.isFinite(scale[c]) || !Float.isFinite(shift[c])) {
        throw node.refused(
            "divides by the root of variance %s and epsilon %s in channel %s; epsilon must be above 0"
                .formatted(variance.get(c), epsilon, c));
      }
    }
    layers.affine(scale, shift);
  }

  /// Add, Sub, Mul and Div of the network's values and constants.
  static void arithmetic(Node node, Reading reading) {
    boolean constantFirst = reading.constants().has(node.input(0));
    Reals constant = reading.constants().reals(node, constantFirst ? 0 : 1);
    float[] scale = new float[reading.layers().channels()];
    float[] values = PerChannel.of(constant, reading.layers().shape());
    float[] shift = new float[values.length];
    for (int c = 0; c < values.length; c++) {
      switch (node.operator()) {
        case "Add" -> set(scale, shift, c, 1, values[c]);
        case "Sub" ->
            set(scale, shift, c, constantFirst ? -1 : 1, constantFirst ? values[c] : -values[c]);
        case "Mul" -> set(scale, shift, c, values[c], 0);
        default -> {
          if (constantFirst) {
            throw node.refused("divides by the network's values, as no layer does");
          }
          set(scale, shift, c, 1 / values[c], 0);
        }
      }
    }
    reading.layers().affine(scale, shift);
  }

  private static void set(float[] scale, float[] shift, int channel, float factor, float term) {
    scale[channel] = factor;
    shift[channel] = term;
  }
}
