package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// What multiplies and shifts channels by constants: batch norms, and arithmetic that becomes batch
/// norms ([Chain#affine(float[], float[])]).
final class AffineOperators {
  private static final int FIRST_WITH_TRAINING_MODE = 14;

  private AffineOperators() {}

  static void batchNorm(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    reading.requireOurOrder(node);
    if (node.integer("spatial", 1) != 1) {
      throw node.refused("has spatial 0; only statistics by channel are read");
    }
    boolean training =
        reading.opset() < Opset.FIRST_OF_NUMPY
            ? node.integer("is_test", 0) == 0
            : reading.opset() >= FIRST_WITH_TRAINING_MODE && node.integer("training_mode", 0) != 0;
    if (training) {
      throw node.refused("is in training mode; export the model for inference");
    }
    Tensor weight = reading.constants().tensor(node, 1, 1);
    Tensor bias = reading.constants().tensor(node, 2, 1);
    Tensor mean = reading.constants().tensor(node, 3, 1);
    Tensor variance = reading.constants().tensor(node, 4, 1);
    double epsilon = VectorOperators.decimal(node.real("epsilon", 1e-5f));
    if (epsilon > 0 && epsilon < 1) {
      reading.layers().add(new BatchNorm(weight, bias, mean, variance, epsilon));
    } else {
      affine(node, reading.layers(), weight, bias, mean, variance, epsilon);
    }
  }

  /// A batch norm whose epsilon is none, as if by other software's convention.
  private static void affine(
      Node node,
      Chain layers,
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

  /// Sub, Mul and Div of the network's values and constants.
  static void arithmetic(Node node, OperatorContext reading) {
    combine(node, reading, reading.constants().has(node.input(0)) ? 0 : 1);
  }

  /// The network's values and a constant: one number for each channel, or for each value.
  ///
  /// @param position of the constant among the node's inputs
  static void combine(Node node, OperatorContext reading, int position) {
    Chain layers = reading.layers();
    boolean constantFirst = position == 0;
    if (constantFirst && node.operator().equals("Div")) {
      throw node.refused("divides by the network's values, as no layer does");
    }
    Arrangement axes = reading.value().axes();
    Reals constant = axes.ours(aligned(node, reading, reading.constants().reals(node, position)));
    layers.channels();
    if (constant.size() == 1 && !axes.plain()) {
      ValueWise one = terms(node, constantFirst, constant.toArray());
      if (one.scales()) {
        layers.addPending(new Affine(one.scale()[0], 0));
        return;
      }
    }
    Optional<float[]> channels = PerChannel.of(constant, layers.shape());
    if (channels.isPresent()) {
      ValueWise terms = terms(node, constantFirst, channels.get());
      layers.affine(terms.scale(), terms.shift());
    } else {
      layers.made(layers.shape().size());
      List<Integer> all = layers.shape().dimensions();
      Reals values = constant.repeated(all);
      ValueWise terms = terms(node, constantFirst, values.toArray());
      if (terms.shifts() && layers.layer().isPresent() && all.size() == 3) {
        layers.add(PerChannel.positions(terms.shift(), layers.shape().dimension(0)));
      } else {
        layers.addValueWise(terms);
      }
    }
  }

  /// A constant whose last axis is the last of the values, which before operator set 7 might be any
  /// of theirs.
  private static Reals aligned(Node node, OperatorContext reading, Reals constant) {
    if (reading.opset() >= Opset.FIRST_OF_NUMPY || !node.hasAttribute("axis")) {
      return constant;
    }
    List<Integer> extents = new ArrayList<>(constant.dimensions());
    int rank = reading.value().seen().rank() + 1;
    int last = reading.axis(node, node.integer("axis", 0)) + extents.size();
    while (last++ < rank) {
      extents.add(1);
    }
    return constant.reshaped(extents);
  }

  private static ValueWise terms(Node node, boolean constantFirst, float[] values) {
    double[] scale = new double[values.length];
    double[] shift = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scale[i] =
          switch (node.operator()) {
            case "Mul" -> values[i];
            case "Div" -> 1d / values[i];
            case "Sub" -> constantFirst ? -1 : 1;
            default -> 1;
          };
      shift[i] =
          switch (node.operator()) {
            case "Add", "Sum" -> values[i];
            case "Sub" -> constantFirst ? values[i] : -values[i];
            default -> 0;
          };
    }
    return new ValueWise(node, scale, shift);
  }
}
