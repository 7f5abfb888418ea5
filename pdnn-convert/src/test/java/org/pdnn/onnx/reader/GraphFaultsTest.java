package org.pdnn.onnx.reader;

import static org.pdnn.onnx.reader.ModelMaker.integer;
import static org.pdnn.onnx.reader.ModelMaker.list;
import static org.pdnn.onnx.reader.ModelMaker.tensor;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Graphs that are no network of known size are refused in one sentence.
class GraphFaultsTest {
  @TempDir private Path folder;

  private static ModelMaker vectors() {
    return new ModelMaker(13, 0, 6);
  }

  private static ModelMaker images() {
    return new ModelMaker(13, 0, 3, 4, 4);
  }

  private static Arguments row(String fault, ModelMaker model) {
    return Arguments.of(fault, model.output("y", 2));
  }

  static Stream<Arguments> aGraphIsRefusedInOneSentence() {
    return Stream.of(
        row(
            "node 'Add_y' (Add) joins values of shapes 6 and 4; only values of one shape are joined"
                + " here, so export it without broadcasting",
            vectors()
                .weights("w", 6, 4)
                .node("Tanh", "x", "a")
                .node("MatMul", "x w", "b")
                .node("Add", "a b", "y")),
        row(
            "node 'Mul_y' (Mul) joins values of shapes 3x4x4 and 3x1x1",
            images().node("GlobalAveragePool", "x", "g").node("Mul", "x g", "y")),
        row(
            "node 'Concat_y' (Concat) joins values of shapes 3x4x4 and 3x1x1, which differ not only"
                + " along axis 1",
            images()
                .node("GlobalAveragePool", "x", "g")
                .node("Concat", "x g", "y", integer("axis", 1))),
        row(
            "node 'Concat_y' (Concat) joins values of 3x4x4 along axis 3; only channels are"
                + " concatenated here",
            images().node("Tanh", "x", "a").node("Concat", "x a", "y", integer("axis", -1))),
        row(
            "node 'Concat_y' (Concat) joins values of 6 along axis 0; only channels",
            vectors().node("Tanh", "x", "a").node("Concat", "x a", "y", integer("axis", 0))),
        row(
            "node 'Concat_y' (Concat) names axis 2 of 2",
            vectors().node("Tanh", "x", "a").node("Concat", "x a", "y", integer("axis", 2))),
        row(
            "node 'Concat_y' (Concat) has no axis",
            vectors().node("Tanh", "x", "a").node("Concat", "x a", "y")),
        row(
            "node 'Concat_y' (Concat) joins constants to the network's values",
            vectors().weights("c", 1, 2).node("Concat", "x c", "y", integer("axis", 1))),
        row(
            "node 'Max_y' (Max) reads 2 values that the network computes, as no layer does; only"
                + " sums, products and concatenations of them are read",
            vectors().node("Tanh", "x", "a").node("Max", "x a", "y")),
        row(
            "node 'Add_y' (Add): the values that it joins have their axes in different orders",
            images().node("Transpose", "x", "t", list("perm", 0, 1, 3, 2)).node("Add", "x t", "y")),
        row(
            "node 'Div_s' (Div) has constants for each value of 3x4x4, which only a dense layer",
            images().weights("c", 1, 3, 4, 4).node("Div", "x c", "s").node("Add", "s x", "y")),
        row(
            "node 'LogSoftmax_s' (LogSoftmax) is not the last",
            vectors().node("LogSoftmax", "x", "s").node("Add", "x s", "y")),
        row(
            "node 'Gemm_y' (Gemm) reads 2 values that the network computes",
            vectors().node("Tanh", "x", "a").node("Gemm", "x a", "y")),
        row(
            "node 'Relu_a' (Relu) reads what is computed from its own output; export the model"
                + " without the cycle",
            vectors().node("Relu", "a", "b").node("Relu", "b", "a").node("Relu", "a", "y")),
        row(
            "reads what is computed from its own output; export the model without the cycle",
            vectors().node("Relu", "x", "y").node("Relu", "a", "a")),
        row(
            "node 'Relu_y' (Relu) reads 'z', which nothing makes",
            vectors().node("Relu", "z", "y")),
        row(
            "node 'Tanh_y' (Tanh) makes 'y', which is made already",
            vectors().node("Relu", "x", "y").node("Tanh", "x", "y")),
        row(
            "node 'Relu_x' (Relu) makes 'x', which is made already",
            vectors().node("Relu", "x", "x").node("Tanh", "x", "y")),
        row("no node makes the output 'y'", vectors().node("Relu", "x", "z")),
        row(
            "its nodes change nothing; a network needs at least one layer",
            vectors().node("Identity", "x", "y")),
        row(
            "its output 'y' does not depend on its input",
            vectors().weights("w", 6, 4).node("Identity", "w", "y")),
        row(
            "node 'Relu_- m' (Relu) makes no output under a name",
            vectors().node("Relu", "x", "- m").node("Tanh", "m", "y")),
        row(
            "node 'Relu_y' (Relu) reads 'm', a second output; only the first ones of nodes are"
                + " read",
            vectors().node("Dropout", "x", "d m").node("Relu", "m", "y")),
        row(
            "its graph has 2 inputs ('x', 'z'); export a network of one input",
            vectors()
                .node("Relu", "x", "y")
                .with(model ->
                    model.getGraphBuilder().addInput(ModelMaker.value("z", DataType.FLOAT, 1, 2)))),
        row(
            "its graph has 2 outputs ('z', 'y'); export a network whose logits are its one output",
            vectors().node("Relu", "x", "y").output("z", 2)),
        row(
            "input 'x' leaves the extent of axis 2 open ('n'); only the batch, axis 0, may be",
            new ModelMaker(13, 0, 3, 0, 5).node("Relu", "x", "y")),
        row(
            "node 'Relu_y' (Relu) reads 'x', which has one axis and no batch; put an Unsqueeze of"
                + " axis 0 before it",
            new ModelMaker(13, 5).node("Relu", "x", "y")),
        row(
            "input 'x' has 0 axes; the first is the batch",
            new ModelMaker(13).node("Relu", "x", "y")),
        row(
            "input 'x' leaves the extent of axis 0 open",
            new ModelMaker(13, 0).node("Unsqueeze", "x", "y", list("axes", 0))),
        row(
            "input 'x' has the extent 1099511627776 on axis 1; at most 268435456 values are read",
            new ModelMaker(13, 0, 1L << 40).node("Relu", "x", "y")),
        row(
            "input 'x': a shape has at most 268435456 elements",
            new ModelMaker(13, 0, 1 << 20, 1 << 20).node("Relu", "x", "y")),
        row(
            "input 'x' has no shape",
            vectors()
                .node("Relu", "x", "y")
                .with(model ->
                    model
                        .getGraphBuilder()
                        .getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .clearShape())),
        row(
            "node 'Relu_y' (Relu): input 'x' has whole numbers, which only an embedding reads",
            vectors()
                .node("Relu", "x", "y")
                .with(model ->
                    model
                        .getGraphBuilder()
                        .setInput(0, ModelMaker.value("x", DataType.INT64, 1, 6)))),
        row(
            "input 'x' is not a tensor with a name",
            vectors()
                .node("Relu", "x", "y")
                .with(model ->
                    model.getGraphBuilder().setInput(0, ValueInfoProto.newBuilder().setName("x")))),
        row(
            "it is written in operator set 5; 6 and newer are read",
            new ModelMaker(5, 0, 6).node("Relu", "x", "y")),
        row(
            "node 'BatchNormalization_y' (BatchNormalization) is in training mode",
            new ModelMaker(6, 0, 6).weights("s", 6).node("BatchNormalization", "x s s s s", "y")),
        row(
            "node 'Add_c' (Add) repeats constants along an axis",
            new ModelMaker(6, 0, 6)
                .weights("a", 6)
                .weights("b", 6, 4)
                .node("Add", "b a", "c", integer("axis", 0), integer("broadcast", 1))
                .node("MatMul", "x c", "y")),
        row(
            "node 'Add_y' (Add) names axis 7 of 2",
            new ModelMaker(6, 0, 6).weights("a", 6).node("Add", "x a", "y", integer("axis", 7))),
        row(
            "it imports no version of ONNX's operators",
            vectors().node("Relu", "x", "y").with(ModelProto.Builder::clearOpsetImport)),
        row(
            "it imports several versions of ONNX's operators, 13, 11",
            vectors()
                .node("Relu", "x", "y")
                .with(model -> model.addOpsetImportBuilder().setDomain("ai.onnx").setVersion(11))),
        row(
            "initializer 'w' is sparse; save it dense",
            vectors()
                .node("Relu", "x", "y")
                .with(model ->
                    model
                        .getGraphBuilder()
                        .addSparseInitializer(
                            SparseTensorProto.newBuilder()
                                .setValues(tensor("w", DataType.FLOAT, 1))))),
        row(
            "initializer 'w' is defined twice",
            vectors().weights("w", 1).weights("w", 1).node("Relu", "x", "y")),
        row(
            "node '?a?' (Erf?) is no operator",
            vectors()
                .with(model ->
                    model
                        .getGraphBuilder()
                        .addNode(
                            NodeProto.newBuilder()
                                .setOpType("Erf\n")
                                .setName("\u0000a\u2028")
                                .addInput("x")
                                .addOutput("y")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aGraphIsRefusedInOneSentence(String fault, ModelMaker model) throws IOException {
    Faults.assertFault(fault, model, folder);
  }
}
