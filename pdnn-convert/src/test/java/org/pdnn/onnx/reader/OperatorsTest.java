package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pdnn.onnx.reader.ModelMaker.integer;
import static org.pdnn.onnx.reader.ModelMaker.list;
import static org.pdnn.onnx.reader.ModelMaker.real;
import static org.pdnn.onnx.reader.ModelMaker.tensor;
import static org.pdnn.onnx.reader.ModelMaker.text;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.RandomWindows;
import org.pdnn.network.SmallNetworks;
import org.pdnn.onnx.Examples;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.onnx.Ort;

/// What each operator means, by the answers of ONNX Runtime.
class OperatorsTest {
  @TempDir private Path folder;

  private static ModelMaker vectors(int opset) {
    return new ModelMaker(opset, 0, 6);
  }

  private static ModelMaker images(int opset) {
    return new ModelMaker(opset, 0, 3, 6, 6);
  }

  private static Arguments of(String name, int axes, ModelMaker model) {
    return Arguments.of(name, model.output("y", axes));
  }

  static Stream<Arguments> dense() {
    return Stream.of(
        of(
            "Gemm scaled, its bias too",
            2,
            vectors(11)
                .weights("w", 6, 4)
                .weights("b", 4)
                .node("Gemm", "x w b", "y", real("alpha", 0.5f), real("beta", -2))),
        of(
            "Gemm by output with a bias of one number",
            2,
            vectors(9)
                .weights("w", 4, 6)
                .weights("b")
                .node("Gemm", "x w b", "y", integer("transB", 1))),
        of(
            "Gemm with a bias of one row",
            2,
            vectors(13).weights("w", 6, 4).weights("b", 1, 4).node("Gemm", "x w b", "y")),
        of("Gemm without a bias", 2, vectors(13).weights("w", 6, 4).node("Gemm", "x w", "y")),
        of(
            "MatMul and Add, constant first",
            2,
            vectors(7)
                .weights("w", 6, 4)
                .weights("b", 4)
                .node("MatMul", "x w", "h")
                .node("Add", "b h", "y")),
        of(
            "arithmetic with constants on either side",
            2,
            vectors(15)
                .weights("w", 6, 4)
                .weights("a", 4)
                .weights("b", 1, 4)
                .weights("c")
                .node("MatMul", "x w", "p")
                .node("Sub", "a p", "q")
                .node("Div", "q b", "r")
                .node("Mul", "c r", "s")
                .node("Sub", "s a", "y")),
        of(
            "batch norm of vectors",
            2,
            vectors(15)
                .weights("s", 6)
                .weights("b", 6)
                .weights("m", 6)
                .floats("v", List.of(6L), 1, 2, 0.5f, 0.1f, 3, 0)
                .node("BatchNormalization", "x s b m v", "y", real("epsilon", 0.01f))),
        of(
            "batch norm without epsilon",
            2,
            vectors(9)
                .weights("s", 6)
                .weights("b", 6)
                .weights("m", 6)
                .floats("v", List.of(6L), 1, 2, 0.5f, 0.1f, 3, 4)
                .node("BatchNormalization", "x s b m v", "y", real("epsilon", 0))),
        of(
            "Softmax of version 11",
            2,
            vectors(11).weights("w", 6, 4).node("MatMul", "x w", "h").node("Softmax", "h", "y")),
        of(
            "Softmax of clipped values",
            2,
            vectors(13)
                .weights("w", 6, 4)
                .floats("low", List.of(), -0.5f)
                .floats("high", List.of(), 1)
                .node("MatMul", "x w", "h")
                .node("Clip", "h low high", "c")
                .node("Softmax", "c", "y")),
        of(
            "Softmax of clipped values, read twice",
            2,
            vectors(13)
                .weights("w", 6, 4)
                .floats("low", List.of(), -0.5f)
                .floats("high", List.of(), 1)
                .node("MatMul", "x w", "h")
                .node("Clip", "h low high", "c")
                .node("Softmax", "c", "s")
                .node("Tanh", "s", "t")
                .node("Add", "s t", "y")),
        of(
            "constants added to a Softmax",
            2,
            vectors(13)
                .weights("w", 6, 4)
                .weights("b", 4)
                .node("MatMul", "x w", "h")
                .node("Softmax", "h", "s")
                .node("Add", "s b", "y")),
        of(
            "levels of a Softmax",
            2,
            vectors(13)
                .weights("w", 6, 4)
                .floats("scale", List.of(), 0.015625f)
                .node("MatMul", "x w", "h")
                .node("Relu", "h", "r")
                .node("Softmax", "r", "s")
                .node("QuantizeLinear", "s scale", "q")
                .node("DequantizeLinear", "q scale", "y")),
        of(
            "LogSoftmax of version 13",
            2,
            vectors(13)
                .weights("w", 6, 4)
                .node("MatMul", "x w", "h")
                .node("LogSoftmax", "h", "y", integer("axis", 1))),
        of(
            "weights in 16 bits, cast",
            2,
            vectors(13)
                .add(
                    tensor("w", DataType.FLOAT16, 6, 1)
                        .addAllInt32Data(
                            IntStream.range(0, 6)
                                .map(i -> Float.floatToFloat16(i / 3f))
                                .map(i -> i & 0xFFFF)
                                .boxed()
                                .toList()))
                .node("Cast", "w", "v", integer("to", DataType.FLOAT_VALUE))
                .node("MatMul", "x v", "y")),
        of(
            "weights turned and reshaped before use",
            2,
            vectors(13)
                .weights("w", 24)
                .integers("extents", 4, -1)
                .node("Reshape", "w extents", "v")
                .node("Transpose", "v", "t", list("perm", 1, 0))
                .node("MatMul", "x t", "y")),
        of(
            "dropout of version 7, and an identity",
            2,
            vectors(7)
                .weights("w", 6, 4)
                .node("Dropout", "x", "d", real("ratio", 0.9f))
                .node("Identity", "d", "i")
                .node("MatMul", "i w", "y")),
        of(
            "dropout of version 13 with its mask",
            2,
            vectors(13)
                .weights("w", 6, 4)
                .floats("ratio", List.of(), 0.5f)
                .add(tensor("training", DataType.BOOL).addInt32Data(0))
                .node("Dropout", "x ratio training", "d mask")
                .node("MatMul", "d w", "y")));
  }

  /// Odd padding: 1 row and 3 columns.
  private static Arguments same(String auto) {
    return of(
        "Conv padded to " + auto,
        4,
        images(11)
            .weights("w", 2, 3, 3, 4)
            .node(
                "Conv",
                "x w",
                "y",
                text("auto_pad", auto),
                list("strides", 2, 1),
                list("dilations", 1, 1)));
  }

  private static ModelMaker wide(int opset) {
    return new ModelMaker(opset, 0, 3, 4, 7);
  }

  static Stream<Arguments> imageOperators() {
    return Stream.of(
        of(
            "Conv padded to the same size",
            4,
            images(11)
                .weights("w", 2, 3, 3, 3)
                .node("Conv", "x w", "y", text("auto_pad", "SAME_UPPER"))),
        of(
            "Conv of valid pixels",
            4,
            images(11)
                .weights("w", 2, 3, 3, 2)
                .weights("b", 2)
                .node("Conv", "x w b", "y", text("auto_pad", "VALID"), list("strides", 2, 2))),
        of(
            "Conv whose bias is added",
            4,
            images(13)
                .weights("w", 2, 3, 3, 3)
                .weights("b", 2, 1, 1)
                .node("Conv", "x w", "h")
                .node("Add", "h b", "y")),
        of(
            "ConvTranspose with a stride and pads",
            4,
            images(15)
                .weights("w", 3, 2, 4, 3)
                .weights("b", 2)
                .node(
                    "ConvTranspose",
                    "x w b",
                    "y",
                    list("strides", 2, 2),
                    list("pads", 1, 1, 1, 1))),
        of(
            "MaxPool rounding up where nothing is over",
            4,
            images(10)
                .node(
                    "MaxPool",
                    "x",
                    "y",
                    list("kernel_shape", 3, 3),
                    list("strides", 3, 3),
                    integer("ceil_mode", 1))),
        of(
            "AveragePool of all pixels by a stride of 1",
            4,
            images(11).node("AveragePool", "x", "y", list("kernel_shape", 6, 6))),
        of(
            "AveragePool that drops a border",
            4,
            images(11)
                .node("AveragePool", "x", "y", list("kernel_shape", 4, 4), list("strides", 4, 4))),
        of(
            "MaxPool of one place by another stride",
            4,
            images(11)
                .node("MaxPool", "x", "y", list("kernel_shape", 4, 4), list("strides", 3, 3))),
        of(
            "Conv in groups by a rectangle, dilated, each side padded its own way",
            4,
            images(11)
                .weights("w", 6, 1, 2, 3)
                .weights("b", 6)
                .node(
                    "Conv",
                    "x w b",
                    "y",
                    integer("group", 3),
                    list("dilations", 2, 1),
                    list("strides", 1, 2),
                    list("pads", 0, 1, 2, 0))),
        same("SAME_UPPER"),
        same("SAME_LOWER"),
        of(
            "MaxPool to the same size by a stride",
            4,
            images(12)
                .node(
                    "MaxPool",
                    "x",
                    "y",
                    list("kernel_shape", 3, 2),
                    list("strides", 2, 2),
                    text("auto_pad", "SAME_UPPER"))),
        of(
            "MaxPool that overlaps and hangs over, dilated",
            4,
            images(12)
                .node(
                    "MaxPool",
                    "x",
                    "y",
                    list("kernel_shape", 2, 3),
                    list("strides", 3, 2),
                    list("dilations", 2, 1),
                    list("pads", 1, 0, 0, 1),
                    integer("ceil_mode", 1))),
        of(
            "AveragePool that counts its padding",
            4,
            images(11)
                .node(
                    "AveragePool",
                    "x",
                    "y",
                    list("kernel_shape", 3, 2),
                    list("strides", 2, 1),
                    list("pads", 1, 0, 1, 1),
                    integer("count_include_pad", 1))),
        of(
            "AveragePool that does not count it, and hangs over",
            4,
            images(11)
                .node(
                    "AveragePool",
                    "x",
                    "y",
                    list("kernel_shape", 3, 3),
                    list("strides", 2, 2),
                    list("pads", 1, 0, 0, 1),
                    integer("ceil_mode", 1))),
        of(
            "AveragePool that counts its padding, and hangs over",
            4,
            images(15)
                .node(
                    "AveragePool",
                    "x",
                    "y",
                    list("kernel_shape", 3, 3),
                    list("strides", 2, 2),
                    list("pads", 1, 1, 1, 1),
                    integer("count_include_pad", 1),
                    integer("ceil_mode", 1))),
        of(
            "layers over sequences",
            3,
            new ModelMaker(13, 0, 4, 9)
                .weights("w", 6, 2, 3)
                .weights("b", 6)
                .weights("v", 6, 1, 2)
                .node(
                    "Conv",
                    "x w b",
                    "c",
                    integer("group", 2),
                    list("pads", 2, 1),
                    list("dilations", 2))
                .node("Relu", "c", "d")
                .node(
                    "MaxPool",
                    "d",
                    "e",
                    list("kernel_shape", 3),
                    list("strides", 2),
                    list("pads", 1, 0))
                .node("Conv", "e v", "f", integer("group", 6), text("auto_pad", "SAME_UPPER"))
                .node("AveragePool", "f", "y", list("kernel_shape", 2), integer("ceil_mode", 1))),
        of(
            "a mean over sequences",
            3,
            new ModelMaker(13, 0, 4, 9).node("GlobalAveragePool", "x", "y")),
        of("GlobalAveragePool of a rectangle", 4, wide(9).node("GlobalAveragePool", "x", "y")),
        of("GlobalMaxPool of a rectangle", 4, wide(9).node("GlobalMaxPool", "x", "y")),
        of("GlobalAveragePool", 4, images(9).node("GlobalAveragePool", "x", "y")),
        of("GlobalMaxPool", 4, images(9).node("GlobalMaxPool", "x", "y")),
        of(
            "ReduceMean by an attribute",
            2,
            images(13).node("ReduceMean", "x", "y", list("axes", -1, 2), integer("keepdims", 0))),
        of(
            "ReduceMean by an input",
            4,
            images(18).integers("axes", 2, 3).node("ReduceMean", "x axes", "y")),
        of(
            "Flatten by an axis from the end",
            2,
            images(11).node("Flatten", "x", "y", integer("axis", -3))),
        of(
            "Reshape that keeps the batch",
            3,
            images(14).integers("to", 0, 3, -1).node("Reshape", "x to", "y")),
        of(
            "Squeeze after a mean",
            2,
            images(11)
                .node("GlobalAveragePool", "x", "h")
                .node("Squeeze", "h", "y", list("axes", 2, 3))),
        of(
            "Unsqueeze by an input",
            5,
            images(13).integers("axes", 2).node("Unsqueeze", "x axes", "y")),
        of(
            "a border of no width",
            4,
            images(9)
                .node("Pad", "x", "h", list("pads", 0, 0, 0, 0, 0, 0, 0, 0))
                .node("Relu", "h", "y")),
        of(
            "a border of zeros before a convolution that pads",
            4,
            images(13)
                .weights("w", 4, 3, 3, 2)
                .integers("p", 0, 0, 1, 0, 0, 0, 2, 1)
                .node("Pad", "x p", "h")
                .node("Conv", "h w", "y", list("strides", 2, 1), list("pads", 0, 1, 1, 0))),
        of(
            "a border of two axes before a convolution padded to the same size",
            4,
            images(18)
                .weights("w", 4, 3, 3, 3)
                .integers("p", 1, 0, 0, 2)
                .floats("zero", List.of(), 0)
                .integers("axes", 2, -1)
                .node("Pad", "x p zero axes", "h")
                .node("Conv", "h w", "y", text("auto_pad", "SAME_UPPER"), list("strides", 2, 2))),
        of(
            "a border after what a convolution takes into its weights",
            4,
            images(9)
                .weights("w", 2, 3, 3, 3)
                .floats("half", List.of(), 0.5f)
                .node("Sub", "x half", "g")
                .node("Pad", "g", "h", list("pads", 0, 0, 1, 1, 0, 0, 1, 1))
                .node("Conv", "h w", "y")),
        of(
            "a border that two layers read",
            4,
            images(13)
                .weights("w", 3, 3, 3, 3)
                .integers("p", 0, 0, 1, 1, 0, 0, 1, 1)
                .node("Relu", "x", "g")
                .node("Pad", "g p", "h")
                .node("Conv", "h w", "one")
                .node("MaxPool", "h", "other", list("kernel_shape", 3, 3))
                .node("Add", "one other", "y")),
        of(
            "a border before an average pool",
            4,
            images(13)
                .integers("p", 0, 0, 1, 0, 0, 0, 1, 1)
                .node("Pad", "x p", "h")
                .node("AveragePool", "h", "y", list("kernel_shape", 3, 2), list("strides", 2, 1))),
        of(
            "a border of sequences",
            3,
            new ModelMaker(13, 0, 3, 6)
                .weights("w", 4, 3, 3)
                .integers("p", 0, 0, 2, 0, 0, 1)
                .node("Pad", "x p", "h")
                .node("Conv", "h w", "y")),
        of(
            "a border of images with their channels last",
            4,
            images(13)
                .weights("w", 4, 3, 3, 3)
                .integers("p", 0, 1, 0, 0, 0, 2, 1, 0)
                .node("Relu", "x", "e")
                .node("Transpose", "e", "f", list("perm", 0, 2, 3, 1))
                .node("Pad", "f p", "g")
                .node("Transpose", "g", "h", list("perm", 0, 3, 1, 2))
                .node("Conv", "h w", "y")),
        of(
            "a shape computed from extents",
            2,
            images(13)
                .integers("zero", 0)
                .integers("one", 1)
                .integers("four", 4)
                .node("Shape", "x", "s")
                .node("Slice", "s zero one", "n")
                .node("Slice", "s one four", "rest")
                .node("ReduceProd", "rest", "size", integer("keepdims", 1))
                .node("Cast", "size", "f", integer("to", DataType.FLOAT_VALUE))
                .node("Cast", "f", "i", integer("to", DataType.INT64_VALUE))
                .node("Mul", "i one", "j")
                .node("Add", "j zero", "k")
                .node("Sub", "k zero", "l")
                .node("Div", "l one", "m")
                .node("Concat", "n m", "to", integer("axis", 0))
                .node("Relu", "x", "h")
                .node("Reshape", "h to", "y")),
        of(
            "constants as nodes",
            4,
            images(13)
                .node("Constant", "", "c", real("value_float", 0.5f))
                .node(
                    "Constant",
                    "",
                    "w",
                    tensor(
                        "value",
                        tensor("", DataType.FLOAT, 2, 3, 1, 1)
                            .addAllFloatData(List.of(1f, 2f, 3f, -1f, -2f, 0.5f))))
                .node("Mul", "x c", "h")
                .node("Conv", "h w", "y")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"dense", "imageOperators"})
  void anOperatorMeansWhatOnnxRuntimeTakesItFor(String name, ModelMaker model)
      throws IOException, OrtException {
    Agreement.assertAgrees(model.read(folder), model.toBytes(), 3);
  }

  /// Networks with windows of any form answer in ONNX Runtime as here, and are read again.
  @Test
  void windowsOfAnyFormMeanTheSameInOnnx() throws IOException, OrtException {
    for (long seed = 1; seed <= 60; seed++) {
      assertWritten(RandomWindows.of(seed, Neuron.parse("tanh")), "seed " + seed);
    }
    assertWritten(
        SmallNetworks.everyWindow(Neuron.parse("tanh"), Neuron.parse("sigmoid")), "every");
  }

  private void assertWritten(Network network, String message) throws IOException, OrtException {
    byte[] model = FloatGraph.of(network, 2);
    float[][] inputs = Examples.inputs(network.input(), 2, 4);
    float[][] found = Ort.outputs(model, Examples.extents(2, network.input()), inputs);
    Examples.assertClose(Examples.answers(network, inputs), found, message);
    OnnxModel read = OnnxModel.read(Files.write(folder.resolve("written.onnx"), model));
    Examples.assertClose(Examples.answers(read.network(), inputs), found, message + ", read");
  }

  @ParameterizedTest(name = "operator set {0}")
  @ValueSource(ints = {7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25})
  void everyOperatorSetIsRead(int opset) throws IOException, OrtException {
    ModelMaker model =
        images(opset)
            .weights("w", 4, 3, 3, 3)
            .weights("b", 4)
            .weights("s", 4)
            .floats("v", List.of(4L), 1, 2, 0.5f, 0.1f)
            .weights("m", 36, 5)
            .weights("n", 5, 2)
            .weights("o", 5)
            .node("Conv", "x w b", "c", list("pads", 1, 1, 1, 1))
            .node("BatchNormalization", "c s b b v", "d")
            .node("Relu", "d", "e")
            .node("MaxPool", "e", "f", list("kernel_shape", 2, 2), list("strides", 2, 2))
            .node("Tanh", "f", "g")
            .node("Flatten", "g", "h")
            .node("Gemm", "h m o", "i")
            .node("Sigmoid", "i", "j")
            .node("MatMul", "j n", "y")
            .output("y", 2);
    OnnxModel read = model.read(folder);
    assertEquals(opset > 22 ? 1 : 0, read.remarks().size());
    Agreement.assertAgrees(read, model.toBytes(), 2);
  }
}
