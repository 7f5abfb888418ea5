package org.pdnn.onnx.reader;

import java.util.Optional;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// Matrix products by constants: dense layers.
final class DenseOperators {
  private DenseOperators() {}

  /// Y = alpha X B + beta C, or X B' if transB.
  static void gemm(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    if (node.integer("transA", 0) != 0) {
      throw node.refused(
          "has transA 1, which mixes the inputs of a batch; export it with transA 0");
    }
    boolean byOutput = node.integer("transB", 0) != 0;
    Reals weights = matrix(node, reading);
    Reals scaled = (byOutput ? weights : weights.transposed()).times(node.real("alpha", 1));
    Tensor weight = Constants.finite(node, 1, scaled);
    Optional<float[]> bias = bias(node, reading, weight.shape().dimension(0));
    if (!reading.value().arrangement().batchFirst() && isPerToken(reading.value())) {
      perToken(weight, bias, reading.value());
      return;
    }
    Tensor tensor = columns(reading.value(), weight);
    requireVector(node, reading, tensor);
    Shape vector = Shape.of(tensor.shape().dimension(0));
    if (bias.isEmpty()) {
      reading.layers().addWithoutBias(new Dense(tensor, Tensor.filled(vector, 0)));
    } else {
      reading.layers().add(new Dense(tensor, new Tensor(vector, bias.get())));
    }
  }

  /// beta C of a Gemm, if it has any.
  private static Optional<float[]> bias(Node node, OperatorContext reading, int outputs) {
    if (!node.has(2)) {
      return Optional.empty();
    }
    Shape vector = Shape.of(outputs);
    float[] bias =
        PerChannel.of(Arrangement.of(vector).ours(reading.constants().reals(node, 2)), vector)
            .orElseThrow();
    float beta = node.real("beta", 1);
    for (int o = 0; o < outputs; o++) {
      bias[o] *= beta;
    }
    return Optional.of(bias);
  }

  /// Y = X B.
  static void matMul(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Tensor weight = Constants.finite(node, 1, matrix(node, reading).transposed());
    if (isPerToken(reading.value())) {
      perToken(weight, Optional.empty(), reading.value());
      return;
    }
    Tensor tensor = columns(reading.value(), weight);
    requireVector(node, reading, tensor);
    Tensor none = Tensor.filled(Shape.of(tensor.shape().dimension(0)), 0);
    reading.layers().addWithoutBias(new Dense(tensor, none));
  }

  /// Whether the last axis is the channels of tokens.
  private static boolean isPerToken(Branch value) {
    int last = value.seen().rank() - 1;
    return last > 0 && value.vectors() && value.arrangement().channels() == last;
  }

  /// A dense layer for each token is a convolution of one pixel.
  private static void perToken(Tensor weight, Optional<float[]> bias, Branch value) {
    int outputs = weight.shape().dimension(0);
    Shape vector = Shape.of(outputs);
    Shape kernel = Shape.of(outputs, weight.shape().dimension(1), 1, 1);
    Tensor shift = new Tensor(vector, bias.orElseGet(() -> new float[outputs]));
    value.addToVectors(
        new Convolution(new Tensor(kernel, weight.toArray()), shift, 1, 0), bias.isEmpty());
  }

  /// The weight, for the values in the order that they have here.
  private static Tensor columns(Branch value, Tensor weight) {
    Arrangement before = value.arrangement();
    if (before.plain() || weight.shape().dimension(1) != value.shape().size()) {
      return weight;
    }
    value.arrange(Arrangement.of(value.shape()));
    return before.columns(weight);
  }

  private static Reals matrix(Node node, OperatorContext reading) {
    Reals weights = reading.constants().reals(node, 1);
    if (weights.dimensions().size() != 2) {
      throw node.refused(
          "multiplies by constants of extents %s; only matrices are read"
              .formatted(weights.dimensions()));
    }
    return weights;
  }

  private static void requireVector(Node node, OperatorContext reading, Tensor weight) {
    Shape shape = reading.layers().shape();
    if (shape.rank() != 1) {
      throw node.refused(
          "reads values of shape %s; put a Flatten before it, its matrix reads %s values"
              .formatted(shape, weight.shape().dimension(1)));
    }
  }
}
