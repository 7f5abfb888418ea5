package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pdnn.onnx.reader.ModelMaker.integer;
import static org.pdnn.onnx.reader.ModelMaker.list;
import static org.pdnn.onnx.reader.ModelMaker.real;
import static org.pdnn.onnx.reader.ModelMaker.tensor;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.Dense;

/// Constants that the exporter left to be computed, by the answers of ONNX Runtime.
class FoldingTest {
  @TempDir private Path folder;

  private static ModelMaker model() {
    return new ModelMaker(18, 0, 6);
  }

  /// A weight `w` of 6 x 4 is made by the nodes so far; the network is x w.
  private static Arguments weight(String name, ModelMaker model) {
    return Arguments.of(name, model.node("MatMul", "x w", "y").output("y", 2));
  }

  private static ModelMaker codes(ModelMaker model, String name, DataType type, int... values) {
    long[] extents = values.length == 24 ? new long[] {6, 4} : new long[] {values.length};
    return model.add(
        tensor(name, type, values.length == 1 ? new long[0] : extents)
            .addAllInt32Data(IntStream.of(values).boxed().toList()));
  }

  private static int[] ramp(int from) {
    return IntStream.range(0, 24).map(i -> from + 7 * i).toArray();
  }

  static Stream<Arguments> constants() {
    return Stream.of(
        weight(
            "a weight times a scale",
            model().weights("v", 6, 4).weights("s").node("Mul", "v s", "w")),
        weight(
            "a weight times a vector, less a column, over a row",
            model()
                .weights("v", 6, 4)
                .weights("s", 4)
                .weights("c", 6, 1)
                .floats("r", List.of(1L, 4L), 1, 2, 3, 4)
                .node("Mul", "v s", "a")
                .node("Sub", "a c", "b")
                .node("Div", "b r", "w")),
        weight(
            "a weight of a row and a column",
            model().weights("r", 4).weights("c", 6, 1).node("Add", "r c", "w")),
        weight(
            "roots, powers, reciprocals, signs and exponentials",
            model()
                .weights("v", 6, 4)
                .floats("two", List.of(), 2)
                .floats("one", List.of(), 1)
                .node("Pow", "v two", "a")
                .node("Add", "a one", "b")
                .node("Sqrt", "b", "c")
                .node("Reciprocal", "c", "d")
                .node("Neg", "d", "e")
                .node("Exp", "e", "f")
                .node("Abs", "v", "g")
                .node("Max", "f g", "h")
                .node("Min", "h one", "w")),
        weight(
            "a norm of weights, g v / |v|",
            model()
                .weights("v", 4, 6)
                .weights("g", 4, 1)
                .integers("axes", 1)
                .node("ReduceL2", "v axes", "n")
                .node("Div", "v n", "u")
                .node("Mul", "u g", "t")
                .node("Transpose", "t", "w")),
        weight(
            "a weight less its mean and over its sum",
            model()
                .weights("v", 6, 4)
                .integers("axes", 0)
                .node("ReduceMean", "v", "m", integer("keepdims", 1))
                .node("Sub", "v m", "a")
                .node("Abs", "a", "b")
                .node("ReduceSum", "b axes", "s", integer("keepdims", 0))
                .node("Div", "a s", "w")),
        weight(
            "axes in another order, taken apart and joined",
            model()
                .weights("v", 2, 4, 3)
                .integers("i", 1, 0)
                .integers("zero", 0)
                .integers("two", 2)
                .integers("four", 4)
                .integers("one", 1)
                .integers("matrix", 6, -1)
                .node("Transpose", "v", "t", list("perm", 2, 0, 1))
                .node("Gather", "t i", "g", integer("axis", 1))
                .node("Slice", "g zero two two", "a")
                .node("Slice", "g two four two", "b")
                .node("Concat", "b a", "c", integer("axis", -1))
                .node("Reshape", "c matrix", "w")),
        weight(
            "every other row, repeated",
            model()
                .weights("v", 6, 1)
                .integers("start", 0)
                .integers("end", 6)
                .integers("axis", 0)
                .integers("step", 2)
                .integers("to", 2, 3, 4)
                .integers("matrix", 6, 4)
                .node("Slice", "v start end axis step", "s")
                .node("Expand", "s to", "e")
                .node("Reshape", "e matrix", "w")),
        weight(
            "a weight of one number, added to another",
            model()
                .weights("v", 6, 4)
                .integers("extents", 6, 4)
                .node(
                    "ConstantOfShape",
                    "extents",
                    "c",
                    tensor("value", tensor("", DataType.FLOAT, 1).addFloatData(0.5f)))
                .node("Add", "v c", "w")),
        weight(
            "a weight flattened, squeezed and unsqueezed",
            model()
                .weights("v", 6, 2, 2)
                .integers("axis", 1)
                .node("Flatten", "v", "f")
                .node("Unsqueeze", "f axis", "u")
                .node("Squeeze", "u axis", "w")),
        weight(
            "a weight rounded to 16 bits",
            model()
                .weights("v", 6, 4)
                .node("Cast", "v", "h", integer("to", DataType.FLOAT16_VALUE))
                .node("Cast", "h", "w", integer("to", DataType.FLOAT_VALUE))),
        weight(
            "a weight in 8 bits by one scale and zero",
            codes(codes(model(), "q", DataType.INT8, ramp(-80)), "z", DataType.INT8, 3)
                .floats("s", List.of(), 0.01f)
                .node("DequantizeLinear", "q s z", "w")),
        weight(
            "a weight in 8 bits by a scale for each output",
            codes(codes(model(), "q", DataType.UINT8, ramp(0)), "z", DataType.UINT8, 1, 0, 255, 7)
                .floats("s", List.of(4L), 0.01f, 0.02f, 0.005f, 1)
                .node("DequantizeLinear", "q s z", "w", integer("axis", -1))),
        weight(
            "a weight in 32 bits without a zero, by rows",
            codes(model(), "q", DataType.INT32, ramp(-80))
                .floats("s", List.of(6L), 1, 2, 3, 4, 5, 6)
                .node("DequantizeLinear", "q s", "w", integer("axis", 0))),
        weight(
            "a weight in 8 bits, cast",
            codes(model(), "q", DataType.INT8, ramp(-80))
                .floats("s", List.of(), 0.01f)
                .node("Cast", "q", "f", integer("to", DataType.FLOAT_VALUE))
                .node("Mul", "f s", "w")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("constants")
  void aConstantIsComputedAsByOnnxRuntime(String name, ModelMaker model)
      throws IOException, OrtException {
    Agreement.assertAgrees(model.read(folder), model.toBytes(), 3);
  }

  @Test
  void aBiasOfTwoPartsIsTheirSum() throws IOException, OrtException {
    ModelMaker model =
        model()
            .weights("w", 6, 8)
            .weights("a", 8)
            .weights("b", 8)
            .node("Add", "a b", "c")
            .node("Gemm", "x w c", "y")
            .output("y", 2);
    OnnxModel read = model.read(folder);
    assertEquals(1, read.network().layers().size());
    Agreement.assertAgrees(read, model.toBytes(), 3);
  }

  @Test
  void bytesOfAWeightAreReadWhereTheyLie() throws IOException {
    ModelMaker model =
        new ModelMaker(13, 0, 2)
            .add(
                tensor("q", DataType.UINT8, 2, 1)
                    .setRawData(ByteString.copyFrom(new byte[] {(byte) 200, 4})))
            .floats("s", List.of(), 0.5f)
            .node("DequantizeLinear", "q s", "w")
            .node("Gemm", "x w", "y", real("alpha", 2))
            .output("y", 2);
    if (model.read(folder).network().layers().getFirst() instanceof Dense dense) {
      assertEquals(200, dense.weight().get(0));
      assertEquals(4, dense.weight().get(1));
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(
            "node 'Erf_w' (Erf) computes a constant by an operator that is not computed here; fold"
                + " the constants by onnxsim",
            model().weights("v", 6, 4).node("Erf", "v", "w")),
        Arguments.of(
            "node 'Add_w' (Add) joins constants of extents [6, 4] and [3]",
            model().weights("v", 6, 4).weights("u", 3).node("Add", "v u", "w")),
        Arguments.of(
            "node 'Add_w' (Add) needs real numbers as input 1, 'i' holds integers",
            model().weights("v", 6, 4).integers("i", 1).node("Add", "v i", "w")),
        Arguments.of(
            "node 'Expand_w' (Expand): would make more values than the weights in the file account"
                + " for",
            model().weights("v").integers("to", 1 << 20, 1 << 20).node("Expand", "v to", "w")),
        Arguments.of(
            "node 'ConstantOfShape_w' (ConstantOfShape): would make more values than the weights in"
                + " the file account for",
            model()
                .integers("to", 1L << 30, 1L << 30, 1L << 30)
                .node("ConstantOfShape", "to", "w")),
        Arguments.of(
            "node 'Add_w' (Add): would make more values than the weights in the file account for",
            model().weights("v", 40_000, 1).weights("u", 40_000).node("Add", "v u", "w")),
        Arguments.of(
            "node 'DequantizeLinear_w' (DequantizeLinear) has parameters of extents [3] for axis 1"
                + " of [6, 4]",
            codes(model(), "q", DataType.INT8, ramp(-80))
                .weights("s", 3)
                .node("DequantizeLinear", "q s", "w")),
        Arguments.of(
            "node 'Sqrt_w' (Sqrt) reads integers, where real numbers are read",
            model().integers("v", 4).node("Sqrt", "v", "w")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whatIsNotComputedIsRefused(String fault, ModelMaker model) throws IOException {
    Faults.assertFault(fault, model.node("MatMul", "x w", "y").output("y", 2), folder);
  }
}
