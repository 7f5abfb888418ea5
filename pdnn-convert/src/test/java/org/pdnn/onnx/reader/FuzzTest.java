package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pdnn.onnx.reader.ModelMaker.integer;
import static org.pdnn.onnx.reader.ModelMaker.list;
import static org.pdnn.onnx.reader.ModelMaker.real;
import static org.pdnn.onnx.reader.ModelMaker.tensor;
import static org.pdnn.onnx.reader.ModelMaker.text;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Neuron;
import org.pdnn.network.RandomGraphs;
import org.pdnn.network.SmallNetworks;
import org.pdnn.onnx.Examples;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.onnx.OnnxGraph;

/// 10,000 damaged models: each is a network or refused in one sentence, in bounded memory.
class FuzzTest {
  /// Of each of two kinds of damage with two seeds each.
  private static final int CASES = 10_000 / 4;

  @TempDir private Path folder;

  /// Sound models that use every part of the reader.
  private static List<byte[]> sound() {
    return List.of(
        FloatGraph.of(Examples.perceptron(), OnnxGraph.ANY_BATCH),
        FloatGraph.of(Examples.clipped(), 2),
        FloatGraph.of(SmallNetworks.everyWindow(Neuron.parse("relu"), Neuron.parse("tanh")), 2),
        FloatGraph.of(Examples.transformer(), OnnxGraph.ANY_BATCH),
        FloatGraph.of(SmallNetworks.language(Neuron.parse("elu")), OnnxGraph.ANY_BATCH),
        TransformersTest.vision().toBytes(),
        TransformersTest.causal().toBytes(),
        TransformersTest.oneHead().toBytes(),
        TransformersTest.language().toBytes(),
        ExportedTransformersTest.torchvision(true).toBytes(),
        ExportedTransformersTest.keras().toBytes(),
        ExportedTransformersTest.einsums().toBytes(),
        new ModelMaker(13, 0, 3, 6, 6)
            .weights("w", 2, 3, 3, 3)
            .weights("b", 1, 2, 1, 1)
            .weights("m", 8, 4)
            .integers("zero", 0)
            .integers("minus", -1)
            .floats("low", List.of(), -1)
            .floats("high", List.of(), 1)
            .node("Conv", "x w", "a", list("pads", 1, 1, 1, 1), list("strides", 1, 1))
            .node("Add", "a b", "c")
            .node("Clip", "c low high", "d")
            .node("AveragePool", "d", "e", list("kernel_shape", 3, 3), list("strides", 3, 3))
            .node("Shape", "e", "s")
            .node("Gather", "s zero", "n", integer("axis", 0))
            .node("Concat", "n minus", "to", integer("axis", 0))
            .node("Reshape", "e to", "f")
            .node("Dropout", "f", "g")
            .node("Gemm", "g m", "h", real("alpha", 2))
            .node("Softmax", "h", "y")
            .output("y", 2)
            .toBytes(),
        new ModelMaker(9, 0, 6)
            .weights("w", 6, 12)
            .weights("c")
            .weights("v", 3, 2, 2, 2)
            .integers("to", 0, 3, 2, 2)
            .node("Mul", "c x", "a")
            .node("HardSigmoid", "a", "b")
            .node("MatMul", "b w", "d")
            .node("Reshape", "d to", "e")
            .node("ConvTranspose", "e v", "f", list("strides", 2, 2))
            .node("GlobalAveragePool", "f", "g")
            .node("Squeeze", "g", "y", list("axes", 2, 3))
            .output("y", 2)
            .toBytes(),
        new ModelMaker(13, 0, 3, 4, 4)
            .weights("conv1.weight", 3, 3, 3, 3)
            .weights("w", 2, 9, 1, 1)
            .floats("low", List.of(), -1)
            .floats("high", List.of(), 1)
            .weights("b", 3, 1, 1)
            .node("Conv", "x conv1.weight", "a", list("pads", 1, 1, 1, 1))
            .node("Clip", "a low high", "c")
            .node("Sum", "x c b", "d")
            .node("Mul", "c d", "e")
            .node("Add", "e e", "f")
            .node("Concat", "f d c", "g", integer("axis", 1))
            .node("Transpose", "g", "t", list("perm", 0, 2, 3, 1))
            .node("Add", "t t", "u")
            .node("Transpose", "u", "v", list("perm", 0, 3, 1, 2))
            .node("Conv", "v w", "y")
            .output("y", 4)
            .toBytes(),
        new ModelMaker(13, 0, 6)
            .weights("w", 6, 8)
            .weights("v", 8, 4)
            .floats("s", List.of(), 0.25f)
            .floats("0", List.of(), 0)
            .floats("k", List.of(), 4)
            .add(tensor("z", DataType.INT8).addInt32Data(3))
            .node("QuantizeLinear", "x s z", "q")
            .node("DequantizeLinear", "q s z", "i")
            .node("Quant", "w s 0 k", "wq", integer("signed", 1), integer("narrow", 1))
            .node("MatMul", "i wq", "m")
            .node("Relu", "m", "r")
            .node("Quant", "r s 0 k", "h", integer("signed", 0), integer("narrow", 0))
            .node("Trunc", "h s 0 k k", "t", text("rounding_mode", "FLOOR"))
            .node("BipolarQuant", "v s", "vq")
            .node("MatMul", "t vq", "o")
            .node("BipolarQuant", "o s", "p")
            .node("Sign", "p", "y")
            .output("y", 2)
            .with(FuzzTest::ofQonnx)
            .toBytes(),
        FloatGraph.of(RandomGraphs.of(5, 12, Neuron.parse("clip")), 1));
  }

  private static void ofQonnx(ModelProto.Builder model) {
    for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
      if (List.of("Quant", "BipolarQuant", "Trunc").contains(node.getOpType())) {
        node.setDomain("qonnx.custom_op.general");
      }
    }
  }

  @Test
  void theModelsAreSound() throws IOException {
    for (byte[] model : sound()) {
      assertFalse(read(model).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void damagedBytes(long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> sound = sound();
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] model = sound.get(random.nextInt(sound.size()));
      refused += read(damaged(model, sound, random)).isEmpty() ? 1 : 0;
    }
    assertTrue(refused > CASES / 2, "refused %d of %d".formatted(refused, CASES));
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void damagedMessages(long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> sound = sound();
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      Message.Builder model =
          ModelProto.parseFrom(sound.get(random.nextInt(sound.size()))).toBuilder();
      for (int edits = random.nextInt(4); edits >= 0; edits--) {
        edit(model, random);
      }
      refused += read(model.build().toByteArray()).isEmpty() ? 1 : 0;
    }
    assertTrue(refused > CASES / 2, "refused %d of %d".formatted(refused, CASES));
  }

  /// The layers of a model, none if it is refused.
  private List<?> read(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("model.onnx"), bytes);
    long before = allocated();
    List<?> layers = List.of();
    try {
      layers = OnnxModel.read(file).network().layers();
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith(file.toString()), message);
      assertEquals(1, message.lines().count(), message);
      assertTrue(message.length() < 1000, message);
    }
    long taken = allocated() - before;
    assertTrue(taken < 300_000_000, "%d bytes of memory".formatted(taken));
    return layers;
  }

  private static byte[] damaged(byte[] sound, List<byte[]> others, Random random) {
    byte[] bytes = sound.clone();
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> {
        for (int edits = random.nextInt(4); edits >= 0; edits--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      case 2 -> {
        byte[] other = others.get(random.nextInt(others.size()));
        int from = random.nextInt(other.length);
        bytes = Arrays.copyOf(bytes, at + other.length - from);
        System.arraycopy(other, from, bytes, at, other.length - from);
      }
      case 3 -> bytes[at] = (byte) random.nextInt(256);
      case 4 -> {
        // A varint that goes on and on.
        for (int i = at; i < Math.min(bytes.length, at + random.nextInt(12)); i++) {
          bytes[i] = (byte) 0xFF;
        }
      }
      default -> {
        bytes = Arrays.copyOf(bytes, sound.length + 1 + random.nextInt(8));
        System.arraycopy(sound, at, bytes, at + bytes.length - sound.length, sound.length - at);
      }
    }
    return bytes;
  }

  /// Changes one field, wherever it lies: a number, a name, a list.
  private static void edit(Message.Builder message, Random random) {
    Message.Builder at = message;
    while (true) {
      List<FieldDescriptor> set = new ArrayList<>(at.getAllFields().keySet());
      if (set.isEmpty()) {
        return;
      }
      FieldDescriptor field = set.get(random.nextInt(set.size()));
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        Message.Builder inner =
            field.isRepeated()
                ? at.getRepeatedFieldBuilder(field, random.nextInt(at.getRepeatedFieldCount(field)))
                : at.getFieldBuilder(field);
        int choice = random.nextInt(12);
        if (choice == 0) {
          at.clearField(field);
          return;
        }
        if (choice == 1 && field.isRepeated()) {
          at.addRepeatedField(field, inner.build());
          return;
        }
        at = inner;
      } else {
        if (random.nextInt(6) == 0) {
          at.clearField(field);
        } else if (field.isRepeated()) {
          at.setRepeatedField(
              field, random.nextInt(at.getRepeatedFieldCount(field)), nasty(field, random));
        } else {
          at.setField(field, nasty(field, random));
        }
        return;
      }
    }
  }

  private static Object nasty(FieldDescriptor field, Random random) {
    long[] integers = {
      0,
      1,
      -1,
      2,
      3,
      5,
      6,
      7,
      9,
      10,
      11,
      16,
      100,
      65536,
      1 << 28,
      Integer.MAX_VALUE,
      1L << 40,
      Long.MIN_VALUE
    };
    float[] reals = {0, -0f, 1, -1, 1e30f, 1e-40f, Float.NaN, Float.POSITIVE_INFINITY};
    String[] names = {
      "",
      "x",
      "y",
      "w",
      "b",
      "a",
      "to",
      "Relu",
      "Add",
      "Mul",
      "Sum",
      "Sign",
      "Quant",
      "qonnx.custom_op.general",
      "f",
      "conv1.weight",
      "Clip",
      "Shape",
      "Reshape",
      "Flatten",
      "Concat",
      "MatMul",
      "Gemm",
      "Einsum",
      "equation",
      "aecd,abcd->acbe",
      "abc,cde->abde",
      "Transpose",
      "Unsqueeze",
      "Squeeze",
      "Slice",
      "Constant",
      "Cast",
      "Dropout",
      "axis",
      "axes",
      "perm",
      "pads",
      "group",
      "ai.onnx",
      "SAME_UPPER",
      "\n\u0000",
      "long".repeat(1000)
    };
    long integer = integers[random.nextInt(integers.length)];
    return switch (field.getJavaType()) {
      case INT -> (int) integer;
      case LONG -> integer;
      case FLOAT -> reals[random.nextInt(reals.length)];
      case DOUBLE -> (double) reals[random.nextInt(reals.length)];
      case BOOLEAN -> random.nextBoolean();
      case STRING -> names[random.nextInt(names.length)];
      case BYTE_STRING -> ByteString.copyFromUtf8(names[random.nextInt(names.length)]);
      case ENUM ->
          field
              .getEnumType()
              .getValues()
              .get(random.nextInt(field.getEnumType().getValues().size()));
      case MESSAGE -> throw new AssertionError("messages are gone into");
    };
  }

  private static long allocated() {
    if (ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads) {
      return threads.getCurrentThreadAllocatedBytes();
    }
    throw new AssertionError("this Java runtime does not count allocations");
  }
}
