package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pdnn.onnx.reader.ModelMaker.integer;
import static org.pdnn.onnx.reader.ModelMaker.list;
import static org.pdnn.onnx.reader.ModelMaker.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;

/// Networks whose weights and activations have few bits: QONNX, which is read as what its operators
/// are defined to be, written out for ONNX Runtime; and QuantizeLinear with DequantizeLinear.
class QuantisedNetworksTest {
  @TempDir private Path folder;

  /// A model with operators of QONNX, or with what they are defined to be.
  private static final class Quantising {
    private final ModelMaker model;
    private final boolean spelled;

    Quantising(ModelMaker model, boolean spelled) {
      this.model = model.floats("0", List.of(), 0).floats("1", List.of(), 1);
      this.spelled = spelled;
    }

    Quantising number(String name, float value) {
      model.floats(name, List.of(), value);
      return this;
    }

    Quantising node(String operator, String inputs, String output, AttributeProto... attributes) {
      model.node(operator, inputs, output, attributes);
      return this;
    }

    private void custom(
        String operator, String inputs, String output, AttributeProto... attributes) {
      model.node(operator, inputs, output, attributes);
      int last = model.graph().getNodeCount() - 1;
      model.graph().getNodeBuilder(last).setDomain("qonnx.custom_op.general");
    }

    /// (round(clip(x / scale + zero)) - zero) scale, from low to high.
    Quantising quant(
        String in, String out, String scale, float zero, int bits, boolean signed, boolean narrow) {
      number(out + ".zero", zero).number(out + ".bits", bits);
      if (!spelled) {
        custom(
            "Quant",
            "%s %s %s.zero %s.bits".formatted(in, scale, out, out),
            out,
            integer("signed", signed ? 1 : 0),
            integer("narrow", narrow ? 1 : 0),
            text("rounding_mode", "ROUND"));
        return this;
      }
      if (bits == 1 && signed) {
        return bipolar(in, out, scale);
      }
      int half = 1 << (bits - 1);
      int low = signed ? (narrow ? 1 - half : -half) : 0;
      int high = signed ? half - 1 : 2 * half - (narrow ? 2 : 1);
      return number(out + ".low", low)
          .number(out + ".high", high)
          .node("Div", in + " " + scale, out + ".d")
          .node("Add", "%1$s.d %1$s.zero".formatted(out), out + ".a")
          .node("Clip", "%1$s.a %1$s.low %1$s.high".formatted(out), out + ".c")
          .node("Round", out + ".c", out + ".r")
          .node("Sub", "%1$s.r %1$s.zero".formatted(out), out + ".s")
          .node("Mul", "%s.s %s".formatted(out, scale), out);
    }

    /// The scale or its opposite.
    Quantising bipolar(String in, String out, String scale) {
      if (!spelled) {
        custom("BipolarQuant", in + " " + scale, out);
        return this;
      }
      return node("GreaterOrEqual", in + " 0", out + ".g")
          .node("Neg", scale, out + ".n")
          .node("Where", "%s.g %s %s.n".formatted(out, scale, out), out);
    }

    /// Codes of 8 bits, of which the last two go.
    Quantising trunc(String in, String out, String scale, String wider) {
      number(out + ".from", 8)
          .number(out + ".to", 6)
          .number(out + ".four", 4)
          .number(out + ".top", 63);
      if (!spelled) {
        custom(
            "Trunc",
            (wider.isEmpty()
                    ? "%1$s %2$s 0 %3$s.from %3$s.to"
                    : "%1$s %2$s 0 %3$s.from %4$s 0 %3$s.to")
                .formatted(in, scale, out, wider),
            out,
            integer("signed", wider.isEmpty() ? 1 : 0));
        return this;
      }
      return node("Div", in + " " + scale, out + ".d")
          .node("Round", out + ".d", out + ".r")
          .node("Div", "%1$s.r %1$s.four".formatted(out), out + ".t")
          .node("Clip", "%1$s.t 0 %1$s.top".formatted(out), out + ".c")
          .node("Floor", out + ".c", out + ".f")
          .node("Mul", out + ".f " + (wider.isEmpty() ? scale : wider), out);
    }
  }

  private static ModelMaker vectors() {
    return new ModelMaker(16, 0, 6).weights("v", 6, 8).weights("w", 8, 4).weights("b", 8);
  }

  private static ModelMaker images() {
    return new ModelMaker(16, 0, 2, 6, 6)
        .weights("conv.weight", 3, 2, 3, 3)
        .weights("v", 3, 3, 3, 3)
        .floats("channels", List.of(1L, 3L, 1L, 1L), 0.3f, 0.5f, 0.7f);
  }

  private static Arguments row(
      String what, String neurons, boolean image, Consumer<Quantising> nodes) {
    return Arguments.of(what, neurons, image, nodes);
  }

  static Stream<Arguments> qonnxIsReadAsItIsDefined() {
    return Stream.of(
        row(
            "as Brevitas writes a perceptron",
            "clip:8bit clip:3bit clip:4bit",
            false,
            q ->
                q.number("s", 0.03f)
                    .number("t", 0.2f)
                    .number("u", 0.4f)
                    .quant("x", "i", "s", 0, 8, true, false)
                    .quant("v", "vq", "t", 0, 4, true, true)
                    .node("MatMul", "i vq", "m")
                    .node("Add", "m b", "a")
                    .node("Relu", "a", "r")
                    .quant("r", "h", "u", 0, 3, false, false)
                    .quant("w", "wq", "t", 0, 2, true, true)
                    .node("MatMul", "h wq", "o")
                    .quant("o", "y", "u", 1, 4, true, false)),
        row(
            "a signed range after a rectifier, of which the upper half is used",
            "clip:7bit",
            false,
            q ->
                q.number("s", 0.05f)
                    .node("MatMul", "x v", "m")
                    .node("Relu", "m", "r")
                    .quant("r", "h", "s", 0, 8, true, true)
                    .node("MatMul", "h w", "y")),
        row(
            "the rectifier has other readers",
            "relu clip:3bit",
            false,
            q ->
                q.number("s", 0.3f)
                    .node("MatMul", "x v", "m")
                    .node("Relu", "m", "r")
                    .quant("r", "h", "s", 0, 3, false, false)
                    .node("Add", "h r", "a")
                    .node("MatMul", "a w", "y")),
        row(
            "a residual block, quantised after the sum",
            "clip:4bit clip:4bit",
            true,
            q ->
                // Scales whose products never lie halfway between two levels.
                q.number("s", 0.3f)
                    .number("t", 0.0937f)
                    .quant("conv.weight", "wq", "t", 0, 4, true, true)
                    .quant("v", "vq", "t", 0, 1, true, false)
                    .node("Conv", "x wq", "c", list("pads", 1, 1, 1, 1))
                    .node("Relu", "c", "r")
                    .quant("r", "h", "s", 0, 4, false, false)
                    .node("Conv", "h vq", "d", list("pads", 1, 1, 1, 1))
                    .node("Add", "d h", "e")
                    .node("Relu", "e", "f")
                    .quant("f", "y", "s", 0, 4, false, false)),
        row(
            "a scale for each channel, a pool after",
            "clip:2bit",
            true,
            q ->
                q.node("Conv", "x conv.weight", "c")
                    .quant("c", "h", "channels", 0, 2, false, false)
                    .node("MaxPool", "h", "p", list("kernel_shape", 2, 2), list("strides", 2, 2))
                    .node("Conv", "p v", "y", list("pads", 1, 1, 1, 1))),
        row(
            "bipolar weights and activations",
            "tanh:1bit tanh:1bit",
            true,
            q ->
                q.number("s", 0.5f)
                    .bipolar("conv.weight", "wq", "s")
                    .bipolar("v", "vq", "s")
                    .node("Conv", "x wq", "c")
                    .bipolar("c", "h", "1")
                    .node("MaxPool", "h", "p", list("kernel_shape", 2, 2), list("strides", 2, 2))
                    .node("Conv", "p vq", "d", list("pads", 1, 1, 1, 1))
                    .bipolar("d", "y", "channels")),
        row(
            "codes without their last bits, after a mean",
            "clip:8bit clip:6bit",
            true,
            q ->
                q.number("s", 0.01f)
                    .node("Conv", "x conv.weight", "c")
                    .quant("c", "h", "s", 0, 8, false, false)
                    .node(
                        "AveragePool", "h", "p", list("kernel_shape", 3, 3), list("strides", 3, 3))
                    .number("nine", 0.9f)
                    .node("Mul", "p nine", "n")
                    .trunc("n", "t", "s", "")
                    .node("Conv", "t v", "y", list("pads", 1, 1, 1, 1))),
        row(
            "codes without their last bits, with a scale of their own",
            "clip:6bit",
            true,
            q ->
                q.number("s", 0.01f)
                    .number("wider", 0.04f)
                    .node("Conv", "x conv.weight", "c")
                    .node("Relu", "c", "r")
                    .trunc("r", "t", "s", "wider")
                    .node("Conv", "t v", "y", list("pads", 1, 1, 1, 1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void qonnxIsReadAsItIsDefined(
      String what, String neurons, boolean image, Consumer<Quantising> nodes)
      throws IOException, OrtException {
    ModelMaker quantised = image ? images() : vectors();
    nodes.accept(new Quantising(quantised, false));
    ModelMaker spelled = image ? images() : vectors();
    nodes.accept(new Quantising(spelled, true));
    OnnxModel read = quantised.output("y", 0).read(folder);
    assertEquals(neurons, neurons(read.network()), what);
    spelled.output("y", 0);
    spelled.graph().getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().clearShape();
    Agreement.assertAgrees(read, spelled.toBytes(), 5);
  }

  private static String neurons(Network network) {
    return network.layers().stream()
        .filter(Neurons.class::isInstance)
        .map(layer -> ((Neurons) layer).neuron().toString())
        .collect(Collectors.joining(" "));
  }

  @Test
  void quantizeAndDequantizeLinearAreNeurons() throws IOException, OrtException {
    ModelMaker model =
        images()
            .floats("s", List.of(), 0.02f)
            .floats("t", List.of(), 0.05f)
            .add(ModelMaker.tensor("sz", DataType.INT8).addInt32Data(5))
            .add(ModelMaker.tensor("tz", DataType.UINT8).addInt32Data(0))
            .floats("ws", List.of(3L), 0.02f, 0.01f, 0.03f)
            .add(
                ModelMaker.tensor("wz", DataType.INT8, 3)
                    .addAllInt32Data(Collections.nCopies(3, 0)))
            .node("QuantizeLinear", "x s sz", "q")
            .node("DequantizeLinear", "q s sz", "i")
            .node("QuantizeLinear", "conv.weight ws wz", "wq", integer("axis", 0))
            .node("DequantizeLinear", "wq ws wz", "wd", integer("axis", 0))
            .node("Conv", "i wd", "c")
            .node("Relu", "c", "r")
            .node("QuantizeLinear", "r t tz", "rq")
            .node("MaxPool", "rq", "p", list("kernel_shape", 2, 2), list("strides", 2, 2))
            .node("DequantizeLinear", "p t tz", "h")
            .node("Conv", "h v", "y", list("pads", 1, 1, 1, 1))
            .output("y", 4);
    OnnxModel read = model.read(folder);
    assertEquals("clip:8bit clip:8bit", neurons(read.network()));
    assertTrue(read.network().tensors().containsKey("conv.weight"), "named after its module");
    Agreement.assertAgrees(read, model.toBytes(), 5);
  }

  @Test
  void theSignIsOneBit() throws IOException, OrtException {
    ModelMaker model =
        vectors()
            .node("Sign", "v", "vs")
            .node("MatMul", "x vs", "m")
            .node("Sign", "m", "h")
            .node("MatMul", "h w", "y")
            .output("y", 2);
    OnnxModel read = model.read(folder);
    assertEquals("tanh:1bit", neurons(read.network()));
    assertEquals(List.of("the sign of 0 is 1 here, 0 in the file"), read.remarks());
    Agreement.assertAgrees(read, model.toBytes(), 5);
  }

  static Stream<Arguments> whatIsNoFewBitsIsRefused() {
    return Stream.of(
        Arguments.of("has scale 0.0; scales are finite and above 0", 0f, 0f, 4f, 0L, "ROUND"),
        Arguments.of("has scale NaN; scales are", Float.NaN, 0f, 4f, 0L, "ROUND"),
        Arguments.of("has scale -1.0; scales are", -1f, 0f, 4f, 0L, "ROUND"),
        Arguments.of("has NaN as input 2", 1f, Float.NaN, 4f, 0L, "ROUND"),
        Arguments.of(
            "has a bit width of 2.5; whole numbers from 1 to 24", 1f, 0f, 2.5f, 0L, "ROUND"),
        Arguments.of("has NaN as input 3", 1f, 0f, Float.NaN, 0L, "ROUND"),
        Arguments.of("has a bit width of 1.0E9", 1f, 0f, 1e9f, 0L, "ROUND"),
        Arguments.of(
            "rounds values to 131072 levels, from -65536 to 65535; neurons have 2^k levels, up to"
                + " 2^16",
            1f,
            0f,
            17f,
            0L,
            "ROUND"),
        Arguments.of(
            "rounds values to 15 levels, from -7 to 7; neurons have 2^k levels",
            1f,
            0f,
            4f,
            1L,
            "ROUND"),
        Arguments.of("has rounding_mode FLOOR; only ROUND is read", 1f, 0f, 4f, 0L, "FLOOR"));
  }

  @ParameterizedTest
  @MethodSource
  void whatIsNoFewBitsIsRefused(
      String fault, float scale, float zero, float bits, long narrow, String mode)
      throws IOException {
    Quantising model = new Quantising(vectors(), false);
    model.number("s", scale).number("z", zero).number("k", bits);
    model.custom(
        "Quant",
        "x s z k",
        "y",
        integer("signed", 1),
        integer("narrow", narrow),
        text("rounding_mode", mode));
    Faults.assertFault("node 'Quant_y' (Quant) " + fault, model.model.output("y", 2), folder);
  }

  @Test
  void truncatedCodesOfUnknownSignAreRefused() throws IOException {
    Quantising model = new Quantising(vectors(), false).number("s", 1).trunc("x", "y", "s", "");
    Faults.assertFault(
        "node 'Trunc_y' (Trunc) may read negative values", model.model.output("y", 2), folder);
  }
}
