package org.pdnn.onnx.reader;

import static org.pdnn.onnx.reader.ModelMaker.integer;
import static org.pdnn.onnx.reader.ModelMaker.list;
import static org.pdnn.onnx.reader.ModelMaker.real;
import static org.pdnn.onnx.reader.ModelMaker.tensor;
import static org.pdnn.onnx.reader.ModelMaker.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Nodes that are no layers are refused in one sentence that names them.
class OperatorFaultsTest {
  @TempDir private Path folder;

  private static ModelMaker vectors() {
    return new ModelMaker(13, 0, 6);
  }

  private static ModelMaker images() {
    return new ModelMaker(13, 0, 3, 6, 5).weights("w", 2, 3, 3, 3);
  }

  private static Arguments row(String fault, ModelMaker model) {
    return Arguments.of(fault, model.output("y", 2));
  }

  static Stream<Arguments> aNodeIsRefusedInOneSentence() {
    return Stream.of(
        row(
            "node 'Erf_y' (Erf) is no operator that is read; export a network of Gemm",
            vectors().node("Erf", "x", "y")),
        row(
            "node 'QLinearMatMul_y' (QLinearMatMul) quantises values; export the network as it"
                + " was before quantisation",
            vectors().weights("s").node("QLinearMatMul", "x s", "y")),
        row(
            "node 'conv1' (Conv): 2 outputs are not divisible into 3 groups",
            images()
                .with(model ->
                    model
                        .getGraphBuilder()
                        .addNode(
                            NodeProto.newBuilder()
                                .setOpType("Conv")
                                .setName("conv1")
                                .addInput("x")
                                .addInput("w")
                                .addOutput("y")
                                .addAttribute(integer("group", 3))))),
        row(
            "node 'Conv_y' (Conv) has group 0; groups are 1 or more",
            images().node("Conv", "x w", "y", integer("group", 0))),
        row(
            "node 'Conv_y' (Conv) has dilations [0, 1]; here there are 2, each of 1 to" + " 65536",
            images().node("Conv", "x w", "y", list("dilations", 0, 1))),
        row(
            "node 'Conv_y' (Conv): a convolution kernel of 3x3 dilated by 65536x1 with padding 0 is"
                + " larger than its input 3x6x5",
            images().node("Conv", "x w", "y", list("dilations", 65536, 1))),
        row(
            "node 'Conv_y' (Conv) has strides [1]; here there are 2, each of 1 to 65536",
            images().node("Conv", "x w", "y", list("strides", 1))),
        row(
            "node 'Conv_y' (Conv) has strides [0, 1]; here there are 2, each of 1 to 65536",
            images().node("Conv", "x w", "y", list("strides", 0, 1))),
        row(
            "node 'Conv_y' (Conv) has pads [0, 1]; here there are 4, each of 0 to 65536",
            images().node("Conv", "x w", "y", list("pads", 0, 1))),
        row(
            "node 'Conv_y' (Conv) has pads [0, -1, 0, 0]; here there are 4, each of 0 to"
                + " 65536",
            images().node("Conv", "x w", "y", list("pads", 0, -1, 0, 0))),
        row(
            "node 'Conv_y' (Conv): padding must be 0 to 256, got 300",
            images().node("Conv", "x w", "y", list("pads", 300, 0, 0, 0))),
        row(
            "node 'Conv_y' (Conv): padding must be 0 to 256, got 65535",
            images()
                .node(
                    "Conv",
                    "x w",
                    "y",
                    text("auto_pad", "SAME_UPPER"),
                    list("dilations", 65535, 1))),
        row(
            "node 'Conv_y' (Conv) has auto_pad 'FULL'; export it with pads",
            images().node("Conv", "x w", "y", text("auto_pad", "FULL"))),
        row(
            "node 'Conv_y' (Conv) has an attribute 'auto_pad' that is not a text",
            images().node("Conv", "x w", "y", integer("auto_pad", 1))),
        row(
            "node 'Conv_y' (Conv) has an attribute 'group' that is not an integer",
            images().node("Conv", "x w", "y", text("group", "1"))),
        row(
            "node 'Conv_y' (Conv) has an attribute 'pads' that is not a list of integers",
            images().node("Conv", "x w", "y", real("pads", 1))),
        row(
            "node 'Conv_y' (Conv) has attribute 'group' twice",
            images().node("Conv", "x w", "y", integer("group", 1), integer("group", 1))),
        row(
            "node 'Conv_y' (Conv) has kernel_shape [5, 5], its weights have [3, 3]",
            images().node("Conv", "x w", "y", list("kernel_shape", 5, 5))),
        row(
            "node 'Conv_y' (Conv): a convolution of 4 channels cannot read 3x6x5",
            images().weights("v", 2, 4, 3, 3).node("Conv", "x v", "y")),
        row(
            "node 'Conv_y' (Conv) has a kernel of 1 axes; over images there are 2, over sequences"
                + " 1",
            images().weights("v", 2, 3, 3).node("Conv", "x v", "y")),
        row("node 'Conv_y' (Conv) lacks its input 1", images().node("Conv", "x", "y")),
        row(
            "node 'ConvTranspose_y' (ConvTranspose) has output_padding 1; only 0 is read",
            images()
                .weights("v", 3, 2, 3, 3)
                .node("ConvTranspose", "x v", "y", list("output_padding", 1, 1))),
        row(
            "node 'ConvTranspose_y' (ConvTranspose) has groups, dilations, auto_pad, or strides and"
                + " pads that differ between sides, which are read of convolutions",
            images()
                .weights("v", 3, 2, 3, 3)
                .node("ConvTranspose", "x v", "y", list("pads", 1, 1, 0, 0))),
        row(
            "node 'ConvTranspose_y' (ConvTranspose) has groups, dilations, auto_pad, or strides and"
                + " pads that differ between sides, which are read of convolutions",
            images()
                .weights("v", 3, 2, 3, 3)
                .node("ConvTranspose", "x v", "y", text("auto_pad", "SAME_LOWER"))),
        row(
            "node 'Gemm_y' (Gemm) has transA 1, which mixes the inputs of a batch",
            vectors().weights("w", 6, 4).node("Gemm", "x w", "y", integer("transA", 1))),
        row(
            "node 'Gemm_y' (Gemm): constants of extents [3] do not fit values of shape 4",
            vectors().weights("w", 6, 4).weights("b", 3).node("Gemm", "x w b", "y")),
        row(
            "node 'Gemm_y' (Gemm): a dense layer of 5 inputs cannot read 6",
            vectors().weights("w", 5, 4).node("Gemm", "x w", "y")),
        row(
            "node 'Gemm_y' (Gemm) reads values of shape 3x6x5; put a Flatten before it, its matrix"
                + " reads 90 values",
            images().weights("v", 90, 4).node("Gemm", "x v", "y")),
        row(
            "node 'MatMul_y' (MatMul) reads a constant where the network's values are expected, in"
                + " input 0",
            vectors().weights("w", 4, 6).node("MatMul", "w x", "y")),
        row(
            "node 'BatchNormalization_y' (BatchNormalization) is in training mode",
            new ModelMaker(15, 0, 6)
                .weights("w", 6)
                .node("BatchNormalization", "x w w w w", "y", integer("training_mode", 1))),
        row(
            "node 'BatchNormalization_y' (BatchNormalization): a variance must be at least 0, got"
                + " -1.0 in channel 0",
            new ModelMaker(9, 0, 1)
                .floats("w", List.of(1L), -1)
                .node("BatchNormalization", "x w w w w", "y")),
        row(
            "node 'BatchNormalization_y' (BatchNormalization) divides by the root of variance 0.0"
                + " and epsilon 0.0 in channel 0",
            new ModelMaker(9, 0, 1)
                .floats("w", List.of(1L), 0)
                .node("BatchNormalization", "x w w w w", "y", real("epsilon", 0))),
        row(
            "node 'MaxPool_y' (MaxPool) has kernel_shape [2]; here there are 2, each of 1 to"
                + " 65536",
            images().node("MaxPool", "x", "y", list("kernel_shape", 2))),
        row(
            "node 'MaxPool_y' (MaxPool) has kernel_shape [0, 2]; here there are 2",
            images().node("MaxPool", "x", "y", list("kernel_shape", 0, 2))),
        row(
            "node 'MaxPool_y' (MaxPool) has kernel_shape []; here there are 2",
            images().node("MaxPool", "x", "y")),
        row(
            "node 'MaxPool_y' (MaxPool): a max pool of 7x2 with padding 0 is larger than its input"
                + " 3x6x5",
            images().node("MaxPool", "x", "y", list("kernel_shape", 7, 2))),
        row(
            "node 'MaxPool_y' (MaxPool): a max pool of 2x2 with padding 2 is padded by its kernel"
                + " or more; pad less",
            images()
                .node("MaxPool", "x", "y", list("kernel_shape", 2, 2), list("pads", 2, 2, 2, 2))),
        row(
            "node 'AveragePool_y' (AveragePool): an average pool has no dilation, got 2x2 dilated"
                + " by 2x1 with padding 0",
            images()
                .node(
                    "AveragePool", "x", "y", list("kernel_shape", 2, 2), list("dilations", 2, 1))),
        row(
            "node 'AveragePool_y' (AveragePool) reads values of shape 6; only images",
            vectors()
                .node("AveragePool", "x", "y", list("kernel_shape", 2, 2), list("strides", 2, 2))),
        row(
            "node 'ReduceMean_y' (ReduceMean) is a mean over the axes [1]",
            images().node("ReduceMean", "x", "y", list("axes", 1))),
        row(
            "node 'Clip_y' (Clip) clips to [-3.4028235E38, 1.0]",
            vectors().floats("h", List.of(), 1).node("Clip", "x - h", "y")),
        row(
            "node 'Clip_y' (Clip) clips to [2.0, 1.0]",
            vectors()
                .floats("l", List.of(), 2)
                .floats("h", List.of(), 1)
                .node("Clip", "x l h", "y")),
        row(
            "node 'Clip_y' (Clip) has 2 numbers as max; one is read",
            vectors().weights("h", 2).node("Clip", "x - h", "y")),
        row(
            "node 'Mul_y' (Mul) has constants for each value of 3x6x5, which only a dense layer",
            images().weights("c", 6, 5).node("Mul", "x c", "y")),
        row(
            "node 'Div_y' (Div) divides by the network's values, as no layer does",
            vectors().weights("c").node("Div", "c x", "y")),
        row(
            "node 'Div_y' (Div): values must be finite, got Infinity",
            vectors().floats("c", List.of(), 0).node("Div", "x c", "y")),
        row(
            "node 'Dropout_y' (Dropout) is in training mode",
            vectors()
                .floats("r", List.of(), 0.5f)
                .add(tensor("t", DataType.BOOL).addInt32Data(1))
                .node("Dropout", "x r t", "y")),
        row(
            "node 'LogSoftmax_h' (LogSoftmax) is not the last; it can be left out only at the end",
            vectors().node("LogSoftmax", "x", "h").node("Relu", "h", "y")),
        row(
            "node 'Split_y z' (Split) splits axis 1 of 6 into 2; only equal parts of the outputs of"
                + " a layer",
            vectors()
                .weights("w", 6, 6)
                .node("MatMul", "x w", "h")
                .node("Softmax", "h", "s")
                .node("Split", "s", "y z", integer("axis", 1))),
        row(
            "node 'Softmax_y' (Softmax) runs over axis 2 of values of shape 3x6x5",
            images().node("Softmax", "x", "y", integer("axis", 2))),
        row(
            "node 'Flatten_y' (Flatten) has axis 0; only 1, which keeps the batch, is read",
            images().node("Flatten", "x", "y", integer("axis", 0))),
        row(
            "node 'Flatten_y' (Flatten) names axis 9 of 4",
            images().node("Flatten", "x", "y", integer("axis", 9))),
        row(
            "node 'Reshape_y' (Reshape) reshapes to [-1]; the batch must stay the first axis",
            vectors().integers("s", -1).node("Reshape", "x s", "y")),
        row(
            "node 'Reshape_y' (Reshape) reshapes to [6, -1]; the batch, axis 0, must stay as it is",
            vectors().integers("s", 6, -1).node("Reshape", "x s", "y")),
        row(
            "node 'Reshape_y' (Reshape) reshapes 6 values of an input, 6, to [0, 2, 2]",
            vectors().integers("s", 0, 2, 2).node("Reshape", "x s", "y")),
        row(
            "node 'Reshape_y' (Reshape) reshapes 6 to [-1, -1]",
            vectors().integers("s", -1, -1).node("Reshape", "x s", "y")),
        row(
            "node 'Reshape_y' (Reshape) needs integers as input 1, 's' holds real numbers",
            vectors().weights("s", 2).node("Reshape", "x s", "y")),
        row(
            "node 'Squeeze_y' (Squeeze) removes axis 1 of a batch of 3x6x5",
            images().integers("a", 1).node("Squeeze", "x a", "y")),
        row(
            "node 'Pad_y' (Pad) adds a border of [0, 0, 1, 1, 0, 0, 1, 1]",
            images().integers("p", 0, 0, 1, 1, 0, 0, 1, 1).node("Pad", "x p", "y")),
        row(
            "node 'Pad_h' (Pad) adds a border of [0, 0, 1, 1, 0, 0, 1, 1]",
            images()
                .integers("p", 0, 0, 1, 1, 0, 0, 1, 1)
                .node("Pad", "x p", "h")
                .node("Relu", "h", "y")),
        row(
            "node 'Pad_h' (Pad) adds a border of [0, 1, 0, 0, 0, 0, 0, 0]",
            images()
                .integers("p", 0, 1, 0, 0, 0, 0, 0, 0)
                .weights("k", 2, 4, 3, 3)
                .node("Pad", "x p", "h")
                .node("Conv", "h k", "y")),
        row(
            "node 'Pad_h' (Pad) adds a border of [0, 0, -1, 0, 0, 0, 0, 0]",
            images()
                .integers("p", 0, 0, -1, 0, 0, 0, 0, 0)
                .weights("k", 2, 3, 3, 3)
                .node("Pad", "x p", "h")
                .node("Conv", "h k", "y")),
        row(
            "node 'Pad_h' (Pad) adds a border other than of zeros",
            images()
                .integers("p", 0, 0, 1, 0, 0, 0, 0, 0)
                .floats("one", List.of(), 1)
                .weights("k", 2, 3, 3, 3)
                .node("Pad", "x p one", "h")
                .node("Conv", "h k", "y")),
        row(
            "node 'MaxPool_y' (MaxPool) reads zeros around values that may be negative",
            images()
                .integers("p", 0, 0, 1, 1, 0, 0, 1, 1)
                .node("Pad", "x p", "h")
                .node("MaxPool", "h", "y", list("kernel_shape", 3, 3))),
        row(
            "node 'Cast_y' (Cast) makes values that are no real numbers",
            vectors().node("Cast", "x", "y", integer("to", DataType.BOOL_VALUE))),
        row(
            "node 'Cast_y' (Cast) makes whole numbers, which only an embedding reads",
            vectors().node("Cast", "x", "y", integer("to", DataType.INT64_VALUE))),
        row(
            "node 'Cast_c' (Cast) makes whole numbers, which only an embedding reads",
            vectors()
                .node("Cast", "x", "c", integer("to", DataType.INT64_VALUE))
                .node("Cast", "c", "d", integer("to", DataType.FLOAT_VALUE))
                .node("Relu", "d", "y")),
        row(
            "node 'Gather_s' (Gather) takes element 7 of 2",
            vectors()
                .integers("i", 7)
                .node("Shape", "x", "e")
                .node("Gather", "e i", "s")
                .node("Reshape", "x s", "y")),
        row(
            "node 'Div_s' (Div) divides by 0",
            vectors()
                .integers("o", 0, 0)
                .node("Shape", "x", "e")
                .node("Div", "e o", "s")
                .node("Reshape", "x s", "y")),
        row(
            "node 'If_y' (If) is no operator that is read",
            vectors()
                .node(
                    "If",
                    "x",
                    "y",
                    AttributeProto.newBuilder()
                        .setName("then_branch")
                        .setType(AttributeType.GRAPH)
                        .setG(GraphProto.newBuilder())
                        .build())),
        row(
            "node for 'y' (FusedConv) is of the domain 'com.microsoft'; export the model with"
                + " ONNX's own operators",
            images()
                .with(model ->
                    model
                        .getGraphBuilder()
                        .addNode(
                            NodeProto.newBuilder()
                                .setOpType("FusedConv")
                                .setDomain("com.microsoft")
                                .addInput("x")
                                .addInput("w")
                                .addOutput("y")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aNodeIsRefusedInOneSentence(String fault, ModelMaker model) throws IOException {
    Faults.assertFault(fault, model, folder);
  }
}
