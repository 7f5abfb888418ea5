package org.pdnn.onnx.reader;

/// Which operators are read, and by whom: each node that has the network's values among its inputs
/// becomes a layer, some, or none.
final class Operators {
  private Operators() {}

  /// Appends what a node does.
  ///
  /// @throws NodeFault if it does what no layer does
  static void read(Node node, OperatorContext reading) {
    try {
      dispatch(node, reading);
    } catch (IllegalArgumentException e) {
      throw node.refused(e);
    }
  }

  private static void dispatch(Node node, OperatorContext reading) {
    switch (node.operator()) {
      case "Gemm" -> DenseOperators.gemm(node, reading);
      case "MatMul" -> DenseOperators.matMul(node, reading);
      case "Conv" -> ConvolutionOperators.convolution(node, reading);
      case "ConvTranspose" -> ConvolutionOperators.transposed(node, reading);
      case "BatchNormalization" -> AffineOperators.batchNorm(node, reading);
      case "Add", "Sub", "Mul", "Div" -> AffineOperators.arithmetic(node, reading);
      case "Relu", "Sigmoid", "Tanh" -> NeuronOperators.neurons(node, reading);
      case "HardSigmoid" -> ClipOperators.hardSigmoid(node, reading);
      case "Clip" -> ClipOperators.clip(node, reading);
      case "Softmax", "LogSoftmax" -> NeuronOperators.softmax(node, reading);
      case "MaxPool" -> PoolOperators.maxPool(node, reading);
      case "AveragePool" -> PoolOperators.averagePool(node, reading);
      case "GlobalAveragePool" -> PoolOperators.globalAveragePool(node, reading);
      case "ReduceMean" -> PoolOperators.mean(node, reading);
      case "GlobalMaxPool" -> PoolOperators.globalMaxPool(node, reading);
      case "Flatten" -> ShapeOperators.flatten(node, reading);
      case "Reshape" -> ShapeOperators.reshape(node, reading);
      case "Squeeze" -> ShapeOperators.squeeze(node, reading);
      case "Unsqueeze" -> ShapeOperators.unsqueeze(node, reading);
      case "Transpose" -> ShapeOperators.transpose(node, reading);
      case "Pad" -> ShapeOperators.pad(node, reading);
      case "Identity" -> {}
      case "Dropout" -> ShapeOperators.dropout(node, reading);
      case "Cast" -> ShapeOperators.cast(node, reading);
      case "QuantizeLinear",
          "DequantizeLinear",
          "DynamicQuantizeLinear",
          "QLinearConv",
          "QLinearMatMul",
          "ConvInteger",
          "MatMulInteger" ->
          throw node.refused("quantises values; export the network as it was before quantisation");
      default ->
          throw node.refused(
              "is no operator that is read; export a chain of Gemm, MatMul, Conv, ConvTranspose,"
                  + " BatchNormalization, Relu, Sigmoid, Tanh, HardSigmoid, Clip, MaxPool,"
                  + " AveragePool, Flatten and Reshape");
    }
  }
}
