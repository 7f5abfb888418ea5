package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/// A mean of each input is taken off in the first dense layer.
class ValueWiseTest {
  @TempDir private Path folder;

  private static ModelMaker dense(ModelMaker model, String from, int inputs) {
    return model
        .weights("w", inputs, 4)
        .weights("b", 4)
        .weights("v", 4, 3)
        .node("Flatten", from, "f")
        .node("Gemm", "f w b", "g")
        .node("Relu", "g", "h")
        .node("Gemm", "h v", "y")
        .output("y", 2);
  }

  private static ModelMaker features() {
    return new ModelMaker(13, 1, 1, 1, 5);
  }

  static Stream<Arguments> means() {
    return Stream.of(
        Arguments.of(
            "of five features, less a mean",
            1,
            dense(features().weights("m", 1, 1, 1, 5).node("Sub", "x m", "d"), "d", 5)),
        Arguments.of(
            "of an image, less a mean",
            3,
            dense(
                new ModelMaker(13, 0, 1, 8, 8).weights("m", 1, 1, 8, 8).node("Sub", "x m", "d"),
                "d",
                64)),
        Arguments.of(
            "of colours, less the mean and over the deviation of each value",
            3,
            dense(
                new ModelMaker(13, 0, 2, 3, 4)
                    .weights("m", 2, 3, 4)
                    .weights("s", 2, 3, 4)
                    .node("Sub", "x m", "d")
                    .node("Div", "d s", "e"),
                "e",
                24)),
        Arguments.of(
            "of columns, times, plus, and off a constant",
            3,
            dense(
                new ModelMaker(13, 0, 2, 3, 4)
                    .weights("m", 4)
                    .weights("s", 3, 1)
                    .node("Mul", "m x", "d")
                    .node("Sub", "s d", "e")
                    .node("Add", "e m", "i"),
                "i",
                24)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("means")
  void aMeanOfEachInputGoesIntoTheDenseLayer(String name, int batch, ModelMaker model)
      throws IOException, OrtException {
    OnnxModel read = model.read(folder);
    assertEquals(4, read.network().layers().size(), read.network().layers().toString());
    Agreement.assertAgrees(read, model.toBytes(), batch);
  }

  @Test
  void whatIsDoneToAllValuesAfterwardsIsDoneAfterwards() throws IOException, OrtException {
    ModelMaker read = dense(scaled().node("DequantizeLinear", "d c", "e"), "e", 12);
    ModelMaker spelled = dense(scaled().node("Mul", "d c", "e"), "e", 12);
    Agreement.assertAgrees(read.read(folder), spelled.toBytes(), 3);
  }

  private static ModelMaker scaled() {
    return new ModelMaker(13, 0, 3, 2, 2)
        .weights("m", 3, 2, 2)
        .floats("c", List.of(), 0.25f)
        .node("Sub", "x m", "d");
  }

  @Test
  void ofZerosNothingIsToBeDone() throws IOException {
    float[] zeros = new float[5];
    ModelMaker model = features().floats("m", List.of(1L, 1L, 1L, 5L), zeros);
    assertEquals(
        dense(features(), "x", 5).read(folder).network(),
        dense(model.node("Sub", "x m", "d"), "d", 5).read(folder).network());
  }

  @Test
  void ofWhatIsFlattenedForNeuronsItIsABatchNorm() throws IOException, OrtException {
    ModelMaker model =
        new ModelMaker(13, 0, 1, 2, 3)
            .weights("m", 1, 2, 3)
            .node("Sub", "x m", "d")
            .node("Flatten", "d", "f")
            .node("Tanh", "f", "y")
            .output("y", 2);
    Agreement.assertAgrees(model.read(folder), model.toBytes(), 3);
  }

  /// A constant added to each value is a layer of its own; a factor is none.
  @Test
  void aConvolutionTakesNone() throws IOException, OrtException {
    ModelMaker sub =
        new ModelMaker(13, 0, 1, 8, 8)
            .weights("m", 1, 1, 8, 8)
            .weights("k", 2, 1, 3, 3)
            .node("Sub", "x m", "d")
            .node("Conv", "d k", "y")
            .output("y", 4);
    Agreement.assertAgrees(sub.read(folder), sub.toBytes(), 3);
    ModelMaker model =
        new ModelMaker(13, 0, 1, 8, 8)
            .weights("m", 1, 1, 8, 8)
            .weights("k", 2, 1, 3, 3)
            .node("Mul", "x m", "d")
            .node("Conv", "d k", "y")
            .output("y", 4);
    Faults.assertFault(
        "node 'Mul_d' (Mul) has constants for each value of 1x8x8, which only a dense layer after"
            + " a Flatten can take over; export the model without and give its mean and deviation"
            + " by --mean and --std",
        model,
        folder);
  }
}
