package org.pdnn.onnx.reader;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pdnn.network.Layer;

/// Which operators are read, and by whom: each node that has the network's values among its inputs
/// becomes a layer, some, or none.
final class Operators {
  private static final Set<String> JOINS = Set.of("Add", "Sum", "Mul", "Concat", Fusions.ATTENTION);

  /// What reads values whose batch is not the first axis.
  private static final Set<String> BATCH_ANYWHERE =
      Set.of(
          "Add",
          "Cast",
          "Div",
          "Dropout",
          "Gather",
          "Gelu",
          "Gemm",
          "Identity",
          "LayerNormalization",
          "MatMul",
          "Mul",
          "RMSNormalization",
          "Relu",
          "Reshape",
          "Slice",
          "Split",
          "Squeeze",
          "Sub",
          "Transpose",
          "Unsqueeze",
          Fusions.ATTENTION,
          Fusions.GELU,
          Fusions.GELU_TANH,
          Fusions.LAYER_NORM,
          Fusions.RMS_NORM);

  /// Those that take a border up, or leave it as it is.
  private static final Set<String> BORDERED =
      Set.of("Conv", "MaxPool", "AveragePool", "Transpose", "Identity", "Dropout");

  /// Those that change no number, or only pick some.
  private static final Set<String> FORMAL =
      Set.of(
          "Identity",
          "Dropout",
          "Cast",
          "Flatten",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Gather");

  private Operators() {}

  /// Appends what a node does.
  ///
  /// @throws IllegalArgumentException if it does what no layer does
  static void read(Node node, OperatorContext reading) {
    if (reading.operands().size() > 1 && !JOINS.contains(node.operator())) {
      throw node.refused(
          "reads %s values that the network computes, as no layer does; only sums, products and concatenations of them are read"
              .formatted(reading.operands().size()));
    }
    for (Branch operand : reading.operands()) {
      if (!operand.border().isNone() && !BORDERED.contains(node.operator())) {
        throw operand.border().refused();
      }
    }
    Branch value = reading.value();
    Chain layers = value.layers();
    if (!value.arrangement().batchFirst() && !BATCH_ANYWHERE.contains(node.operator())) {
      throw node.refused(
          "reads values whose batch is not the first axis; put a Transpose or a Reshape that makes it the first before it");
    }
    if (!FORMAL.contains(node.operator())) {
      reading.operands().forEach(Branch::open);
    }
    Optional<Layer> before = layers.layer();
    dispatch(node, reading);
    if (!before.equals(layers.layer())) {
      Stream.of(1, 0)
          .flatMap(input -> reading.constants().module(node.input(input)).stream())
          .findFirst()
          .ifPresent(layers::name);
    }
  }

  private static void dispatch(Node node, OperatorContext reading) {
    switch (node.operator()) {
      case "Gemm" -> DenseOperators.gemm(node, reading);
      case "MatMul" -> DenseOperators.matMul(node, reading);
      case "Conv" -> ConvolutionOperators.convolution(node, reading);
      case "ConvTranspose" -> ConvolutionOperators.transposed(node, reading);
      case "BatchNormalization" -> AffineOperators.batchNorm(node, reading);
      case "Sub", "Div" -> AffineOperators.arithmetic(node, reading);
      case "Add", "Sum" -> JoinOperators.sum(node, reading);
      case "Mul" -> JoinOperators.product(node, reading);
      case "Concat" -> JoinOperators.concatenate(node, reading);
      case "LayerNormalization", "RMSNormalization" -> VectorOperators.norm(node, reading);
      case Fusions.LAYER_NORM, Fusions.RMS_NORM -> VectorOperators.fused(node, reading);
      case Fusions.ATTENTION -> AttentionOperators.read(node, reading);
      case "Gather" -> VectorOperators.gather(node, reading);
      case "Slice" -> PartOperators.slice(node, reading);
      case "LeakyRelu" -> NeuronOperators.leaky(node, reading);
      case "Elu", "Selu", "Gelu", Fusions.GELU, Fusions.GELU_TANH ->
          NeuronOperators.smooth(node, reading);
      case "Relu", "Sigmoid", "Tanh", "HardSwish" -> NeuronOperators.neurons(node, reading);
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
      case "Quant", "IntQuant" -> RoundingOperators.quant(node, reading);
      case "BipolarQuant" -> RoundingOperators.bipolarQuant(node, reading);
      case "Trunc" -> RoundingOperators.trunc(node, reading);
      case "Sign" -> RoundingOperators.sign(reading);
      case "QuantizeLinear" -> RoundingOperators.quantizeLinear(node, reading);
      case "DequantizeLinear" -> RoundingOperators.dequantizeLinear(node, reading);
      case "DynamicQuantizeLinear",
          "QLinearConv",
          "QLinearMatMul",
          "ConvInteger",
          "MatMulInteger" ->
          throw node.refused("quantises values; export the network as it was before quantisation");
      default ->
          throw node.refused(
              "is no operator that is read; export a network of Gemm, MatMul, Conv, ConvTranspose,"
                  + " BatchNormalization, LayerNormalization, Relu, Sigmoid, Tanh, Gelu,"
                  + " HardSigmoid, Clip, Softmax, MaxPool, AveragePool, Add, Mul, Concat, Flatten"
                  + " and Reshape");
    }
  }
}
