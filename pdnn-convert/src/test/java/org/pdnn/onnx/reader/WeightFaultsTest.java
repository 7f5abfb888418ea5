package org.pdnn.onnx.reader;

import static org.pdnn.onnx.reader.ModelMaker.external;
import static org.pdnn.onnx.reader.ModelMaker.tensor;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Weights that are damaged or elsewhere are refused in one sentence that names them.
class WeightFaultsTest {
  @TempDir private Path folder;

  private static Arguments weight(String fault, TensorProto.Builder weight) {
    ModelMaker model = new ModelMaker(13, 0, 6).add(weight).node("MatMul", "x w", "y");
    return Arguments.of(fault, model.output("y", 2));
  }

  static Stream<Arguments> aTensorIsRefusedInOneSentence() {
    return Stream.of(
        weight(
            "node 'MatMul_y' (MatMul): 'w': values must be finite, got NaN at index 1",
            tensor("w", DataType.FLOAT, 6, 1)
                .addAllFloatData(List.of(1f, Float.NaN, 1f, 1f, 1f, 1f))),
        weight(
            "node 'MatMul_y' (MatMul): initializer 'w' has 2 values where extents [6, 1] of FLOAT"
                + " take 6",
            tensor("w", DataType.FLOAT, 6, 1).addFloatData(1).addFloatData(2)),
        weight(
            "initializer 'w' has 4 bytes of raw_data where extents [6, 1] of FLOAT take 24",
            tensor("w", DataType.FLOAT, 6, 1).setRawData(ByteString.copyFrom(new byte[4]))),
        weight(
            "initializer 'w' has the extents [268435456, 268435456], more than 268435456 values",
            tensor("w", DataType.FLOAT, 1 << 28, 1 << 28)),
        weight("initializer 'w' has the extents [-6, 1]", tensor("w", DataType.FLOAT, -6, 1)),
        weight(
            "initializer 'w' has values of type COMPLEX64; float, float16, bfloat16 and double are"
                + " read as weights",
            tensor("w", DataType.COMPLEX64, 6, 1)),
        weight(
            "node 'MatMul_y' (MatMul) needs real numbers as input 1, 'w' holds integers",
            tensor("w", DataType.UINT8, 6, 1).addAllInt32Data(List.of(1, 2, 3, 4, 5, 6))),
        weight(
            "initializer 'w' has values of type 99",
            TensorProto.newBuilder().setName("w").setDataType(99).addDims(6).addDims(1)),
        weight(
            "node 'MatMul_y' (MatMul) needs real numbers as input 1, 'w' holds integers",
            tensor("w", DataType.INT64, 1).addInt64Data(1)),
        weight(
            "node 'MatMul_y' (MatMul) multiplies by constants of extents [6]; only matrices are"
                + " read",
            tensor("w", DataType.FLOAT, 6).addAllFloatData(List.of(1f, 1f, 1f, 1f, 1f, 1f))),
        weight(
            "initializer 'w' has its values in 'gone.bin', which is missing; copy it beside the"
                + " model",
            external(tensor("w", DataType.FLOAT, 6, 1), "gone.bin", "0", "24")),
        weight(
            "initializer 'w' has its values in '../weights.bin', which is no file in the model's"
                + " folder",
            external(tensor("w", DataType.FLOAT, 6, 1), "../weights.bin", "0", "24")),
        weight(
            "initializer 'w' has its values in '/etc/hostname', which is no file in the model's"
                + " folder",
            external(tensor("w", DataType.FLOAT, 6, 1), "/etc/hostname", "0", "24")),
        weight(
            "initializer 'w' has its values in 'link.bin', which is no file in the model's folder",
            external(tensor("w", DataType.FLOAT, 6, 1), "link.bin", "0", "24")),
        weight(
            "initializer 'w' has its values in '', which is no file",
            external(tensor("w", DataType.FLOAT, 6, 1), "", "0", "24")),
        weight(
            "initializer 'w' has its values in '?', which is no file",
            external(tensor("w", DataType.FLOAT, 6, 1), "\u0000", "0", "24")),
        weight(
            "initializer 'w' has its values in 'folder', which is no file",
            external(tensor("w", DataType.FLOAT, 6, 1), "folder", "0", "24")),
        weight(
            "initializer 'w' takes 24 bytes from byte 8 on, its external data 'short.bin' has 24",
            external(tensor("w", DataType.FLOAT, 6, 1), "short.bin", "8", "24")),
        weight(
            "initializer 'w' takes 24 bytes from byte 9223372036854775807 on",
            external(tensor("w", DataType.FLOAT, 6, 1), "short.bin", "9223372036854775807", "24")),
        weight(
            "initializer 'w' takes 24 bytes, its external data announces 20",
            external(tensor("w", DataType.FLOAT, 6, 1), "short.bin", "0", "20")),
        weight(
            "initializer 'w' has external data whose offset is '-1', not a number of bytes",
            external(tensor("w", DataType.FLOAT, 6, 1), "short.bin", "-1", "24")),
        weight(
            "initializer 'w' takes 1073741824 bytes from byte 0 on, its external data 'short.bin'"
                + " has 24",
            external(tensor("w", DataType.FLOAT, 1 << 28, 1), "short.bin", "0", "1073741824")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aTensorIsRefusedInOneSentence(String fault, ModelMaker model) throws IOException {
    Path outside = Files.write(folder.resolve("outside.bin"), new byte[24]);
    Path inner = folder.resolve("model");
    Files.createDirectories(inner.resolve("folder"));
    Files.write(inner.resolve("short.bin"), new byte[24]);
    Files.createSymbolicLink(inner.resolve("link.bin"), outside);
    Faults.assertFault(fault, model, inner);
  }
}
