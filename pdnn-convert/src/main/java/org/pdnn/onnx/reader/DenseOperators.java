package org.pdnn.onnx.reader;

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
    Reals weight = byOutput ? weights : weights.transposed();
    Tensor tensor =
        columns(reading.value(), Constants.finite(node, 1, weight.times(node.real("alpha", 1))));
    int outputs = tensor.shape().dimension(0);
    Tensor none = Tensor.filled(Shape.of(outputs), 0);
    requireVector(node, reading, tensor);
    if (!node.has(2)) {
      reading.layers().addWithoutBias(new Dense(tensor, none));
      return;
    }
    Shape vector = Shape.of(outputs);
    float[] bias =
        PerChannel.of(Arrangement.of(vector).ours(reading.constants().reals(node, 2)), vector)
            .orElseThrow();
    float beta = node.real("beta", 1);
    for (int o = 0; o < outputs; o++) {
      bias[o] *= beta;
    }
    reading.layers().add(new Dense(tensor, new Tensor(vector, bias)));
  }

  /// Y = X B.
  static void matMul(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Tensor weight = Constants.finite(node, 1, matrix(node, reading).transposed());
    Branch value = reading.value();
    int last = value.seen().rank() - 1;
    if (last > 0 && value.vectors() && value.arrangement().channels() == last) {
      perToken(weight, value);
      return;
    }
    Tensor tensor = columns(reading.value(), weight);
    requireVector(node, reading, tensor);
    Tensor none = Tensor.filled(Shape.of(tensor.shape().dimension(0)), 0);
    reading.layers().addWithoutBias(new Dense(tensor, none));
  }

  /// A dense layer for each token is a convolution of one pixel.
  private static void perToken(Tensor weight, Branch value) {
    int outputs = weight.shape().dimension(0);
    Shape kernel = Shape.of(outputs, weight.shape().dimension(1), 1, 1);
    Tensor none = Tensor.filled(Shape.of(outputs), 0);
    value.addToVectors(new Convolution(new Tensor(kernel, weight.toArray()), none, 1, 0), true);
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
