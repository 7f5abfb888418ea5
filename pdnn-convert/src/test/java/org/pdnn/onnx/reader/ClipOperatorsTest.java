package org.pdnn.onnx.reader;

import static org.pdnn.onnx.reader.ModelMaker.list;
import static org.pdnn.onnx.reader.ModelMaker.real;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Functions that clip, and what is done to their outputs, by the answers of ONNX Runtime.
class ClipOperatorsTest {
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

  static Stream<Arguments> aClipMeansWhatOnnxRuntimeTakesItFor() {
    return Stream.of(
        of("HardSigmoid as it is", 2, vectors(9).node("HardSigmoid", "x", "y")),
        of(
            "HardSigmoid, steeper",
            2,
            vectors(22).node("HardSigmoid", "x", "y", real("alpha", 0.7f), real("beta", 0.25f))),
        of(
            "Clip by attributes",
            2,
            vectors(9).node("Clip", "x", "y", real("min", -0.5f), real("max", 0.75f))),
        of(
            "Clip by inputs",
            2,
            vectors(13)
                .floats("low", List.of(), -1)
                .floats("high", List.of(), 2)
                .node("Clip", "x low high", "y")),
        of("Clip below 0", 2, vectors(13).floats("low", List.of(), 0).node("Clip", "x low", "y")),
        of("Clip without bounds", 2, vectors(9).node("Clip", "x", "h").node("Relu", "h", "y")),
        of(
            "Clip of which a dense layer reads",
            2,
            vectors(11)
                .floats("low", List.of(), -1)
                .floats("high", List.of(), 3)
                .weights("w", 6, 4)
                .node("Clip", "x low high", "h")
                .node("MatMul", "h w", "y")),
        of(
            "Clip before a bias is known",
            2,
            vectors(9)
                .weights("w", 6, 4)
                .weights("b", 4)
                .node("Clip", "x", "h", real("min", -0.5f), real("max", 0.75f))
                .node("MatMul", "h w", "p")
                .node("Add", "p b", "y")),
        of(
            "Clip after Clip",
            2,
            vectors(9)
                .node("Clip", "x", "h", real("min", 0), real("max", 6))
                .node("Clip", "h", "y", real("min", 0.5f), real("max", 0.75f))),
        of(
            "Clip before a pool and a padded convolution",
            4,
            images(9)
                .weights("w", 2, 3, 3, 3)
                .node("Clip", "x", "h", real("min", -1), real("max", 1))
                .node("MaxPool", "h", "p", list("kernel_shape", 2, 2), list("strides", 2, 2))
                .node("Conv", "p w", "y", list("pads", 1, 1, 1, 1))),
        of(
            "Clip at 6 before a mean and a padded convolution",
            4,
            images(9)
                .weights("w", 2, 3, 3, 3)
                .node("Clip", "x", "h", real("min", 0), real("max", 6))
                .node("AveragePool", "h", "p", list("kernel_shape", 2, 2), list("strides", 2, 2))
                .node("Conv", "p w", "y", list("pads", 1, 1, 1, 1))),
        of(
            "Clip before a transposed convolution",
            4,
            images(9)
                .weights("w", 3, 2, 3, 3)
                .node("Clip", "x", "h", real("min", 0), real("max", 6))
                .node("ConvTranspose", "h w", "y")),
        of(
            "Clip between 1 and 2 before a transposed convolution",
            4,
            images(9)
                .weights("w", 3, 2, 3, 3)
                .node("Clip", "x", "h", real("min", 1), real("max", 2))
                .node("ConvTranspose", "h w", "y")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aClipMeansWhatOnnxRuntimeTakesItFor(String name, ModelMaker model)
      throws IOException, OrtException {
    Agreement.assertAgrees(model.read(folder), model.toBytes(), 3);
  }
}
