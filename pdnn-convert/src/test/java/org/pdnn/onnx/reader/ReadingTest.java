package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pdnn.onnx.reader.ModelMaker.integer;
import static org.pdnn.onnx.reader.ModelMaker.list;
import static org.pdnn.onnx.reader.ModelMaker.tensor;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Dense;
import org.pdnn.network.Layer;
import org.pdnn.network.Shape;
import org.pdnn.onnx.Examples;
import org.pdnn.onnx.Ort;

/// What a graph becomes, and what is told of it.
class ReadingTest {
  @TempDir private Path folder;

  private static ModelMaker vectors(int opset) {
    return new ModelMaker(opset, 0, 6);
  }

  @Test
  void aBiasThatIsAddedLaterBelongsToItsLayer() throws IOException {
    OnnxModel model =
        vectors(13)
            .weights("w", 6, 2)
            .floats("b", List.of(2L), 3, 4)
            .node("MatMul", "x w", "h")
            .node("Add", "h b", "y")
            .output("y", 2)
            .read(folder);
    Dense dense = assertOnly(Dense.class, model);
    assertEquals(3, dense.bias().get(0));
    assertEquals(4, dense.bias().get(1));
  }

  @Test
  void channelsThatAreScaledAndShiftedAreABatchNormThatRoundsNothing() throws IOException {
    OnnxModel model =
        vectors(13)
            .floats("c", List.of(), 0.3f)
            .node("Mul", "x c", "y")
            .output("y", 2)
            .read(folder);
    BatchNorm norm = assertOnly(BatchNorm.class, model);
    assertEquals(0.3f, norm.scale(5));
    assertEquals(0, norm.shift(5));
  }

  private static <T extends Layer> T assertOnly(Class<T> kind, OnnxModel model) {
    assertEquals(1, model.network().layers().size());
    return kind.cast(model.network().layers().getFirst());
  }

  @Test
  void inOperatorSet6ConstantsLieAlongAnAxis() throws IOException, OrtException {
    OnnxModel old =
        new ModelMaker(6, 0, 3, 4, 5)
            .floats("c", List.of(3L), 1, 2, 3)
            .floats("d", List.of(1L), 0.5f)
            .node("Add", "x c", "a", integer("broadcast", 1), integer("axis", 1))
            .node("Mul", "a d", "b", integer("broadcast", 1))
            .node("BatchNormalization", "b c c c c", "y", integer("is_test", 1))
            .output("y", 4)
            .read(folder);
    ModelMaker model =
        new ModelMaker(13, 0, 3, 4, 5)
            .floats("c", List.of(3L), 1, 2, 3)
            .floats("c1", List.of(3L, 1L, 1L), 1, 2, 3)
            .floats("d", List.of(1L), 0.5f)
            .node("Add", "x c1", "a")
            .node("Mul", "a d", "b")
            .node("BatchNormalization", "b c c c c", "y")
            .output("y", 4);
    Agreement.assertAgrees(old, model.toBytes(), 2);
  }

  @ParameterizedTest
  @MethodSource
  void anInputMayHaveNoBatch(Shape shape, ModelMaker model) throws IOException, OrtException {
    OnnxModel read = model.read(folder);
    assertEquals(shape, read.network().input());
    float[][] inputs = Examples.inputs(shape, 1, 4);
    long[] extents = shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
    Examples.assertClose(
        Ort.outputs(model.toBytes(), extents, inputs), Agreement.answers(read, inputs), "");
  }

  static Stream<Arguments> anInputMayHaveNoBatch() {
    return Stream.of(
        Arguments.of(
            Shape.of(6),
            new ModelMaker(13, 6)
                .integers("zero", 0)
                .weights("w", 6, 2)
                .node("Unsqueeze", "x zero", "a")
                .node("MatMul", "a w", "b")
                .node("Softmax", "b", "y")
                .output("y", 2)),
        Arguments.of(
            Shape.of(6),
            new ModelMaker(13, 6)
                .integers("row", 1, -1)
                .weights("w", 6, 2)
                .node("Reshape", "x row", "a")
                .node("Gemm", "a w", "y")
                .output("y", 2)),
        Arguments.of(
            Shape.of(2, 4, 4),
            new ModelMaker(11, 2, 4, 4)
                .weights("w", 3, 2, 3, 3)
                .node("Unsqueeze", "x", "a", list("axes", 0))
                .node("Conv", "a w", "b")
                .node("Add", "b b", "y")
                .output("y", 4)),
        Arguments.of(
            Shape.of(4, 8),
            new ModelMaker(13, 4, 8)
                .integers("to", 1, 2, 4, 4)
                .weights("w", 3, 2, 3, 3)
                .node("Reshape", "x to", "a")
                .node("Conv", "a w", "y")
                .output("y", 4)));
  }

  @Test
  void whatIsLeftOutIsTold() throws IOException {
    OnnxModel model =
        vectors(13)
            .weights("w", 6, 4)
            .node("Dropout", "x", "d")
            .node("MatMul", "d w", "h")
            .node("Softmax", "h", "y")
            .output("y", 2)
            .read(folder);
    assertEquals(
        List.of(
            "node 'Dropout_d' (Dropout) is an identity at inference",
            "node 'Softmax_y' (Softmax) is left out: the network's outputs are its logits"),
        model.remarks());
  }

  @Test
  void nodesMayComeInAnyOrderAndOthersMayLieBesideThem() throws IOException {
    OnnxModel model =
        vectors(13)
            .weights("w", 6, 4)
            .node("Tanh", "h", "y")
            .node("MatMul", "x w", "h")
            .node("Einsum", "h h", "unused")
            .output("y", 2)
            .read(folder);
    assertEquals(2, model.network().layers().size());
  }

  @Test
  void weightsMayLieInFilesBesideTheModel() throws IOException, OrtException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + 24 * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 24; i++) {
      bytes.putFloat(8 + 4 * i, i / 7f);
    }
    Files.createDirectory(folder.resolve("parts"));
    Files.write(folder.resolve("parts/weights.bin"), bytes.array());
    ModelMaker inside =
        vectors(13)
            .floats("w", List.of(6L, 4L), floats(bytes))
            .node("MatMul", "x w", "y")
            .output("y", 2);
    ModelMaker outside =
        vectors(13)
            .add(
                ModelMaker.external(
                    tensor("w", DataType.FLOAT, 6, 4), "parts/weights.bin", "8", "96"))
            .node("MatMul", "x w", "y")
            .output("y", 2);
    assertEquals(inside.read(folder), outside.read(folder));
    assertTrue(outside.read(folder).remarks().isEmpty());
  }

  private static float[] floats(ByteBuffer bytes) {
    float[] values = new float[24];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getFloat(8 + 4 * i);
    }
    return values;
  }
}
