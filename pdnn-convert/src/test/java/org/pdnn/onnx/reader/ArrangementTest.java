package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pdnn.onnx.reader.ModelMaker.integer;
import static org.pdnn.onnx.reader.ModelMaker.list;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.Shape;

/// Graphs that turn the axes of their values, as what comes from TensorFlow and Keras does, by the
/// answers of ONNX Runtime.
class ArrangementTest {
  @TempDir private Path folder;

  /// A convolution that reads what `v` has, and its weights.
  private static ModelMaker convolution(ModelMaker model, int channels) {
    return model
        .weights("k", 4, channels, 3, 3)
        .weights("c", 4)
        .node("Conv", "v k c", "a", list("pads", 1, 1, 1, 1))
        .node("Relu", "a", "b");
  }

  private static ModelMaker channelsLast(int channels) {
    return new ModelMaker(13, 0, 8, 6, channels);
  }

  private static ModelMaker toFront(ModelMaker model, String from) {
    return model.node("Transpose", from, "v", list("perm", 0, 3, 1, 2));
  }

  /// As tf2onnx ends it: pool, back to channels last, flatten, dense.
  private static ModelMaker end(ModelMaker model) {
    return model
        .node("MaxPool", "b", "p", list("kernel_shape", 2, 2), list("strides", 2, 2))
        .node("Transpose", "p", "t", list("perm", 0, 2, 3, 1))
        .integers("vector", -1, 48)
        .weights("m", 48, 3)
        .weights("n", 3)
        .node("Reshape", "t vector", "f")
        .node("MatMul", "f m", "g")
        .node("Add", "g n", "y")
        .output("y", 2);
  }

  private static Arguments of(String name, ModelMaker model) {
    return Arguments.of(name, model);
  }

  static Stream<Arguments> graphs() {
    return Stream.of(
        of("gray images, channels last", end(convolution(toFront(channelsLast(1), "x"), 1))),
        of("colours, channels last", end(convolution(toFront(channelsLast(3), "x"), 3))),
        of(
            "channels last only before the dense layer",
            end(convolution(new ModelMaker(13, 0, 3, 8, 6).node("Identity", "x", "v"), 3))),
        of(
            "colours scaled by channel before they are turned",
            end(
                convolution(
                    toFront(
                        channelsLast(3)
                            .floats("mean", List.of(3L), 0.5f, 0.4f, 0.3f)
                            .floats("std", List.of(), 0.25f)
                            .node("Sub", "x mean", "s")
                            .node("Div", "s std", "d"),
                        "d"),
                    3))),
        of(
            "a bias and a scale added while channels are last",
            convolution(toFront(channelsLast(3), "x"), 3)
                .weights("bias", 4)
                .weights("l", 2, 4, 8, 6)
                .node("Transpose", "b", "last", list("perm", 0, 2, 3, 1))
                .node("Add", "last bias", "i")
                .node("Tanh", "i", "j")
                .node("Transpose", "j", "first", list("perm", 0, 3, 1, 2))
                .node("Conv", "first l", "y")
                .output("y", 4)),
        of(
            "numbers for each value of a turned vector",
            convolution(toFront(channelsLast(2), "x"), 2)
                .weights("mean", 192)
                .weights("m", 192, 3)
                .node("Transpose", "b", "t", list("perm", 0, 2, 3, 1))
                .node("Flatten", "t", "f")
                .node("Sub", "f mean", "g")
                .node("Relu", "g", "h")
                .node("Gemm", "h m", "y")
                .output("y", 2)),
        of(
            "the mean over rows and columns of channels-last images",
            new ModelMaker(13, 0, 6, 6, 3)
                .node("Transpose", "x", "v", list("perm", 0, 3, 1, 2))
                .weights("k", 4, 3, 3, 3)
                .weights("m", 4, 3)
                .node("Conv", "v k", "a", list("pads", 1, 1, 1, 1))
                .node("Transpose", "a", "t", list("perm", 0, 2, 3, 1))
                .node("ReduceMean", "t", "f", list("axes", 1, 2), integer("keepdims", 0))
                .node("MatMul", "f m", "y")
                .output("y", 2)),
        of(
            "two axes of a table",
            new ModelMaker(13, 0, 5, 4)
                .weights("m", 20, 3)
                .node("Transpose", "x", "t", list("perm", 0, 2, 1))
                .node("Flatten", "t", "f")
                .node("MatMul", "f m", "y")
                .output("y", 2)),
        of(
            "a vector that becomes a gray image",
            new ModelMaker(13, 0, 36)
                .integers("image", -1, 6, 6, 1)
                .weights("k", 2, 1, 3, 3)
                .node("Reshape", "x image", "i")
                .node("Transpose", "i", "v", list("perm", 0, 3, 1, 2))
                .node("Conv", "v k", "y")
                .output("y", 4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void aTurnedGraphAnswersAsOnnxRuntimeDoes(String name, ModelMaker model)
      throws IOException, OrtException {
    Agreement.assertAgrees(model.read(folder), model.toBytes(), 3);
  }

  @Test
  void imagesAreChannelsFirstFromTheInputOn() throws IOException {
    OnnxModel read = end(convolution(toFront(channelsLast(3), "x"), 3)).read(folder);
    assertEquals(Shape.of(3, 8, 6), read.network().input());
    assertEquals(List.of(InputOrder.REMARK), read.remarks());
    assertEquals(5, read.network().layers().size());
  }

  /// Without a convolution nothing says which axis is that of the channels.
  @Test
  void whatIsOnlyFlattenedKeepsTheShapeOfTheFile() throws IOException, OrtException {
    ModelMaker model =
        channelsLast(3)
            .weights("m", 144, 2)
            .node("Flatten", "x", "f")
            .node("MatMul", "f m", "y")
            .output("y", 2);
    OnnxModel read = model.read(folder);
    assertEquals(Shape.of(8, 6, 3), read.network().input());
    Agreement.assertAgrees(read, model.toBytes(), 2);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(
            "node 'Conv_y' (Conv) reads values of shape 6x3x8 in the graph, whose axes are in"
                + " another order",
            new ModelMaker(13, 0, 3, 8, 6)
                .weights("k", 2, 6, 1, 1)
                .node("Tanh", "x", "r")
                .node("Transpose", "r", "v", list("perm", 0, 3, 1, 2))
                .node("Conv", "v k", "y")),
        Arguments.of(
            "its output 'y' does not begin with the batch; export the model with the batch first",
            channelsLast(3).node("Transpose", "x", "y", list("perm", 1, 0, 2, 3))),
        Arguments.of(
            "node 'Sigmoid_y' (Sigmoid) reads values whose batch is not the first axis",
            channelsLast(3)
                .node("Transpose", "x", "t", list("perm", 1, 2, 0, 3))
                .node("Sigmoid", "t", "y")),
        Arguments.of(
            "node 'Transpose_y' (Transpose) reorders axes by [0, 2, 2, 3]",
            channelsLast(3).node("Transpose", "x", "y", list("perm", 0, 2, 2, 3))),
        Arguments.of(
            "node 'Reshape_y' (Reshape): values whose axes are in another order than (channels,"
                + " height, width) become a vector or stay, not 2x96",
            convolution(toFront(channelsLast(3), "x"), 3)
                .integers("to", -1, 2, 96)
                .node("Transpose", "b", "t", list("perm", 0, 2, 3, 1))
                .node("Reshape", "t to", "y")),
        Arguments.of(
            "its output 'y' has its values in another order than the last layer",
            convolution(toFront(channelsLast(3), "x"), 3)
                .node("Transpose", "b", "t", list("perm", 0, 2, 3, 1))
                .node("Flatten", "t", "y")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whatCannotBeTurnedIsRefused(String fault, ModelMaker model) throws IOException {
    Faults.assertFault(fault, model.output("y", 4), folder);
  }
}
