package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.pdnn.onnx.reader.ModelMaker.integer;
import static org.pdnn.onnx.reader.ModelMaker.list;
import static org.pdnn.onnx.reader.ModelMaker.real;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.onnx.Examples;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.onnx.Ort;

/// Transformers as PyTorch writes them: the layers that they become, and that these answer as ONNX
/// Runtime does.
class TransformersTest {
  private static final int CHANNELS = 8;
  private static final int HEADS = 2;
  private static final int TOKENS = 6;

  @TempDir private Path folder;

  /// An image of 2 x 6 x 4 pixels as 6 tokens of 8 channels, `t`.
  private static ModelMaker patches(int opset) {
    return new ModelMaker(opset, 0, 2, 6, 4)
        .weights("patch.weight", CHANNELS, 2, 2, 2)
        .weights("patch.bias", CHANNELS)
        .integers("flat", 0, CHANNELS, -1)
        .node("Conv", "x patch.weight patch.bias", "p", list("strides", 2, 2))
        .node("Reshape", "p flat", "r")
        .node("Transpose", "r", "t", list("perm", 0, 2, 1));
  }

  /// A dense layer of tokens.
  private static ModelMaker linear(ModelMaker model, String from, String to, int... sizes) {
    return model
        .weights(to + ".weight", sizes[0], sizes[1])
        .weights(to + ".bias", sizes[1])
        .node("MatMul", from + " " + to + ".weight", to + "_m")
        .node("Add", to + ".bias " + to + "_m", to);
  }

  private static ModelMaker half(ModelMaker model) {
    return model
        .floats("two", List.of(), 2)
        .floats("eps", List.of(), 1e-5f)
        .floats("one", List.of(), 1)
        .floats("half", List.of(), 0.5f)
        .floats("root", List.of(), (float) Math.sqrt(2));
  }

  /// nn.LayerNorm before operator set 17.
  private static ModelMaker decomposed(ModelMaker model, String from, String to) {
    return model
        .weights(to + ".weight", CHANNELS)
        .weights(to + ".bias", CHANNELS)
        .node("ReduceMean", from, to + "1", list("axes", -1))
        .node("Sub", from + " " + to + "1", to + "2")
        .node("Pow", to + "2 two", to + "3")
        .node("ReduceMean", to + "3", to + "4", list("axes", -1))
        .node("Add", to + "4 eps", to + "5")
        .node("Sqrt", to + "5", to + "6")
        .node("Div", to + "2 " + to + "6", to + "7")
        .node("Mul", to + "7 " + to + ".weight", to + "8")
        .node("Add", to + "8 " + to + ".bias", to);
  }

  /// x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * weight.
  private static ModelMaker rms(ModelMaker model, String from, String to) {
    return model
        .weights(to + ".weight", CHANNELS)
        .node("Mul", from + " " + from, to + "3")
        .node("ReduceMean", to + "3", to + "4", list("axes", -1))
        .node("Add", to + "4 eps", to + "5")
        .node("Sqrt", to + "5", to + "6")
        .node("Reciprocal", to + "6", to + "7")
        .node("Mul", from + " " + to + "7", to + "8")
        .node("Mul", to + ".weight " + to + "8", to);
  }

  /// x.view(n, heads, -1).transpose(1, 2).
  private static ModelMaker heads(ModelMaker model, String from, String to, int... axes) {
    return model
        .node("Reshape", from + " heads", to + "_r")
        .node("Transpose", to + "_r", to, list("perm", 0, axes[0], axes[1], axes[2]));
  }

  private static ModelMaker split(ModelMaker model) {
    return model
        .integers("heads", 0, 0, HEADS, CHANNELS / HEADS)
        .integers("joined", 0, 0, CHANNELS);
  }

  private static ModelMaker joined(ModelMaker model, String from, String to) {
    return model
        .node("Transpose", from, to + "_t", list("perm", 0, 2, 1, 3))
        .node("Reshape", to + "_t joined", to);
  }

  private static ModelMaker gelu(ModelMaker model, String from, String to) {
    return model
        .node("Div", from + " root", to + "1")
        .node("Erf", to + "1", to + "2")
        .node("Add", to + "2 one", to + "3")
        .node("Mul", from + " " + to + "3", to + "4")
        .node("Mul", to + "4 half", to);
  }

  private static ModelMaker projected(ModelMaker model, String from) {
    for (String name : List.of("q", "k", "v")) {
      linear(model, from, name, CHANNELS, CHANNELS);
    }
    return model;
  }

  private static float[] later(float value) {
    float[] mask = new float[TOKENS * TOKENS];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % TOKENS > i / TOKENS ? value : 0;
    }
    return mask;
  }

  /// timm's block: one projection of queries, keys and values, which the batch does not lead.
  static ModelMaker vision() {
    ModelMaker model = half(split(patches(13)));
    model.weights("pos", 1, TOKENS, CHANNELS).node("Add", "t pos", "e");
    decomposed(model, "e", "n");
    linear(model, "n", "qkv", CHANNELS, 3 * CHANNELS);
    model
        .integers("three", 0, TOKENS, 3, HEADS, CHANNELS / HEADS)
        .node("Reshape", "qkv three", "five")
        .node("Transpose", "five", "parts", list("perm", 2, 0, 3, 1, 4));
    for (int i = 0; i < 3; i++) {
      String name = "part" + i;
      model
          .add(ModelMaker.tensor("i" + i, DataType.INT64).addInt64Data(i))
          .node("Gather", "parts i" + i, name, integer("axis", 0));
    }
    model
        .floats("scale", List.of(), 0.5f)
        .node("Transpose", "part1", "kt", list("perm", 0, 1, 3, 2))
        .node("MatMul", "part0 kt", "s")
        .node("Mul", "s scale", "scaled")
        .node("Softmax", "scaled", "shares", integer("axis", -1))
        .node("MatMul", "shares part2", "mixed");
    joined(model, "mixed", "a");
    linear(model, "a", "proj", CHANNELS, CHANNELS);
    model.node("Add", "e proj", "sum");
    decomposed(model, "sum", "m");
    linear(model, "m", "fc1", CHANNELS, 12);
    gelu(model, "fc1", "g");
    linear(model, "g", "fc2", 12, CHANNELS);
    return model
        .node("Add", "sum fc2", "out")
        .node("ReduceMean", "out", "mean", list("axes", 1), integer("keepdims", 0))
        .weights("head.weight", 3, CHANNELS)
        .weights("head.bias", 3)
        .node("Gemm", "mean head.weight head.bias", "y", integer("transB", 1))
        .output("y", 2);
  }

  /// scaled_dot_product_attention: queries and keys are scaled, a causal mask is added.
  static ModelMaker causal() {
    ModelMaker model = half(split(patches(17)));
    model
        .weights("ln.weight", CHANNELS)
        .weights("ln.bias", CHANNELS)
        .node("LayerNormalization", "t ln.weight ln.bias", "n", real("epsilon", 1e-6f));
    projected(model, "n");
    heads(model, "q", "qh", 2, 1, 3);
    heads(model, "k", "kt", 2, 3, 1);
    heads(model, "v", "vh", 2, 1, 3);
    model
        .floats("s", List.of(1L), (float) Math.sqrt(0.5))
        .floats("mask", List.of((long) TOKENS, (long) TOKENS), later(Float.NEGATIVE_INFINITY))
        .node("Mul", "qh s", "qs")
        .node("Mul", "kt s", "ks")
        .node("MatMul", "qs ks", "scores")
        .node("Add", "scores mask", "masked")
        .node("Softmax", "masked", "shares", integer("axis", -1))
        .node("MatMul", "shares vh", "mixed");
    joined(model, "mixed", "a");
    return linear(model, "a", "y", CHANNELS, CHANNELS).output("y", 3);
  }

  /// One head, another scale than the usual, a mask chosen by Where, RMS norms, a softmax of
  /// tokens.
  static ModelMaker oneHead() {
    ModelMaker model = half(patches(15));
    rms(model, "t", "n");
    projected(model, "n");
    return model
        .floats("d", List.of(), 3)
        .floats("no", List.of(), Float.NEGATIVE_INFINITY)
        .add(bits())
        .node("Transpose", "k", "kt", list("perm", 0, 2, 1))
        .node("MatMul", "q kt", "scores")
        .node("Div", "scores d", "scaled")
        .node("Where", "keep scaled no", "masked")
        .node("Softmax", "masked", "shares", integer("axis", 2))
        .node("MatMul", "shares v", "mixed")
        .node("Add", "t mixed", "sum")
        .node("Softmax", "sum", "y", integer("axis", -1))
        .output("y", 3);
  }

  private static TensorProto.Builder bits() {
    TensorProto.Builder keep = ModelMaker.tensor("keep", DataType.BOOL, 1, TOKENS, TOKENS);
    for (float value : later(1)) {
      keep.addInt32Data(value == 0 ? 1 : 0);
    }
    return keep;
  }

  /// ConvNeXt's block: norms of pixels between convolutions.
  private static ModelMaker pixels() {
    ModelMaker model =
        half(new ModelMaker(17, 0, CHANNELS, 3, 5))
            .weights("dw.weight", CHANNELS, 1, 3, 3)
            .weights("n.weight", CHANNELS)
            .weights("gamma", CHANNELS)
            .node("Conv", "x dw.weight", "d", integer("group", CHANNELS), list("pads", 1, 1, 1, 1))
            .node("Transpose", "d", "t", list("perm", 0, 2, 3, 1))
            .node("LayerNormalization", "t n.weight", "n");
    linear(model, "n", "fc1", CHANNELS, 12);
    gelu(model, "fc1", "g");
    linear(model, "g", "fc2", 12, CHANNELS);
    return model
        .node("Mul", "gamma fc2", "scaled")
        .node("Transpose", "scaled", "back", list("perm", 0, 3, 1, 2))
        .node("Add", "x back", "y")
        .output("y", 4);
  }

  static Stream<Arguments> transformers() {
    return Stream.of(
        arguments(
            "Convolution PositionalEmbedding LayerNorm Convolution Convolution Convolution"
                + " Attention Convolution Add LayerNorm Convolution Neurons Convolution Add"
                + " GlobalAveragePool Flatten Dense",
            vision()),
        arguments(
            "Convolution LayerNorm Convolution Convolution Convolution Attention Convolution",
            causal()),
        arguments(
            "Convolution RmsNorm Convolution Convolution Convolution BatchNorm Attention Add"
                + " Softmax",
            oneHead()),
        arguments("Convolution LayerNorm Convolution Neurons Convolution BatchNorm Add", pixels()));
  }

  @ParameterizedTest
  @MethodSource("transformers")
  void aTransformerAnswersAsInOnnxRuntime(String layers, ModelMaker model)
      throws IOException, OrtException {
    OnnxModel read = model.read(folder);
    float[][] inputs = Examples.inputs(read.network().input(), 3, 4);
    float[][] expected =
        Ort.outputs(model.toBytes(), Examples.extents(3, read.network().input()), inputs);
    float[][] found = Agreement.answers(read, inputs);
    for (int i = 0; i < 3; i++) {
      if (read.remarks().toString().contains("outputs are")) {
        found[i] = turned(found[i], CHANNELS);
      }
    }
    Examples.assertClose(expected, found, layers);
    assertEquals(layers, layers(read.network()));
  }

  /// A GPT of one block: tokens are integers, one projection is split, later tokens are masked.
  static ModelMaker language() {
    ModelMaker model =
        half(split(new ModelMaker(17, 0, TOKENS)))
            .with(file ->
                file.getGraphBuilder()
                    .setInput(0, ModelMaker.value("x", DataType.INT64, 0, TOKENS)))
            .weights("wte.weight", 11, CHANNELS)
            .weights("wpe.weight", 9, CHANNELS)
            .add(positions())
            .node("Gather", "wte.weight x", "te")
            .node("Gather", "wpe.weight at", "pe")
            .node("Add", "te pe", "t");
    decomposed(model, "t", "n");
    linear(model, "n", "c_attn", CHANNELS, 3 * CHANNELS);
    model
        .integers("sizes", CHANNELS, CHANNELS, CHANNELS)
        .node("Split", "c_attn sizes", "q k v", integer("axis", 2));
    heads(model, "q", "qh", 2, 1, 3);
    heads(model, "k", "kt", 2, 3, 1);
    heads(model, "v", "vh", 2, 1, 3);
    model
        .floats("s", List.of(), 2)
        .floats("mask", List.of(1L, 1L, (long) TOKENS, (long) TOKENS), later(-3.4028235e38f))
        .node("MatMul", "qh kt", "scores")
        .node("Div", "scores s", "scaled")
        .node("Add", "scaled mask", "masked")
        .node("Softmax", "masked", "shares", integer("axis", -1))
        .node("MatMul", "shares vh", "mixed");
    joined(model, "mixed", "a");
    model.node("Add", "t a", "sum").weights("head", CHANNELS, 11);
    return model.node("MatMul", "sum head", "y").output("y", 3);
  }

  private static TensorProto.Builder positions() {
    TensorProto.Builder at = ModelMaker.tensor("at", DataType.INT64, 1, TOKENS);
    for (int i = 0; i < TOKENS; i++) {
      at.addInt64Data(i);
    }
    return at;
  }

  @Test
  void aLanguageModelReadsTokens() throws IOException, OrtException {
    ModelMaker model = language();
    Network network = model.read(folder).network();
    float[][] tokens = {{3, 1, 4, 1, 5, 10}, {0, 2, 7, 6, 6, 0}};
    float[][] expected = Ort.outputs(model.toBytes(), new long[] {2, TOKENS}, tokens);
    float[][] found = Examples.answers(network, tokens);
    for (int i = 0; i < 2; i++) {
      found[i] = turned(found[i], 11);
    }
    Examples.assertClose(expected, found, "");
    assertEquals(
        "Reshape Embedding PositionalEmbedding LayerNorm Convolution Convolution Convolution"
            + " Attention Add Convolution",
        layers(network));
  }

  private static String layers(Network network) {
    return network.layers().stream()
        .map(layer -> layer.getClass().getSimpleName())
        .collect(Collectors.joining(" "));
  }

  /// Tokens are whole numbers, which our own file has as real ones.
  @Test
  void aLanguageModelIsWrittenAndReadAgain() throws IOException, OrtException {
    Network network = SmallNetworks.language(Neuron.parse("gelu"));
    Path file = folder.resolve("model.onnx");
    FloatGraph.write(network, "1", Map.of(), file);
    Network read = OnnxModel.read(file).network();
    RoundTripTest.assertSame(network, read);
    float[][] tokens = {{3, 1, 4, 1, 5, 8}, {0, 2, 7, 6, 6, 0}};
    Examples.assertClose(
        Ort.outputs(Files.readAllBytes(file), Examples.extents(2, network.input()), tokens),
        Examples.answers(network, tokens),
        "");
  }

  @Test
  void theVisionTransformerIsWrittenAndReadAgain() throws IOException, OrtException {
    Network network =
        SmallNetworks.randomised(
            Preset.network("vit:7-16-2-2", Shape.of(1, 28, 28), 10, Neuron.parse("gelu")), 3);
    Path file = folder.resolve("model.onnx");
    FloatGraph.write(network, "1", Map.of(), file);
    OnnxModel read = OnnxModel.read(file);
    RoundTripTest.assertSame(network, read.network());
    Agreement.assertAgrees(read, Files.readAllBytes(file), 2);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments(
            "node 'Split_y z' (Split) splits axis 2 of 6x8 into 2; only equal parts of the outputs"
                + " of a layer of weights",
            patches(17).node("Relu", "t", "u").node("Split", "u", "y z", integer("axis", 2))),
        arguments(
            "node 'LayerNormalization_y' (LayerNormalization) runs over axes [2] of values of shape"
                + " 2x6x4; only those of the channels of tokens or pixels, or of all values, are read",
            new ModelMaker(17, 0, 2, 6, 4)
                .weights("w", 6, 4)
                .node("LayerNormalization", "x w", "y", integer("axis", 2))),
        arguments(
            "node 'ReduceMean_n4' (ReduceMean) runs over axes [1] of values of shape 6x8",
            half(patches(13))
                .node("Mul", "t t", "n3")
                .node("ReduceMean", "n3", "n4", list("axes", 1))
                .node("Add", "n4 eps", "n5")
                .node("Sqrt", "n5", "n6")
                .node("Div", "t n6", "y")),
        arguments(
            "node 'Pow_n3' (Pow) has 0.5 where a norm has 2",
            half(patches(13))
                .node("Pow", "t half", "n3")
                .node("ReduceMean", "n3", "n4", list("axes", -1))
                .node("Add", "n4 eps", "n5")
                .node("Sqrt", "n5", "n6")
                .node("Div", "t n6", "y")),
        arguments(
            "node 'Mul_y' (gelu) has 1.0 where a gelu has 0.5",
            half(patches(13))
                .node("Div", "t root", "1")
                .node("Erf", "1", "2")
                .node("Add", "2 one", "3")
                .node("Mul", "t 3", "4")
                .node("Mul", "4 one", "y")),
        arguments(
            "node 'MatMul_y' (MatMul) reads 2 values that the network computes",
            patches(13)
                .node("Transpose", "t", "u", list("perm", 0, 2, 1))
                .node("MatMul", "t u", "y")),
        arguments(
            "node 'MatMul_y' (attention) attends to values of shapes [6x8, 8x6, 8x6]; those of"
                + " (heads, tokens, channels) are read",
            attended(patches(13)).node("MatMul", "s u", "y")),
        arguments(
            "node 'Add_masked' (Add) masks scores by constants of extents [8]",
            attended(patches(13).weights("c", 8)).node("MatMul", "s t", "y")),
        arguments(
            "node 'Add_masked' (Add) masks other pairs than those of a position and a later one",
            attended(
                    patches(13)
                        .floats("c", List.of(6L, 6L), Arrays.copyOf(new float[] {-1e9f}, 36)))
                .node("MatMul", "s t", "y")),
        arguments(
            "node 'Add_masked' (Add) adds 1.0 to a score; a mask is 0 or at most -10000.0",
            attended(patches(13).floats("c", List.of(6L, 6L), Arrays.copyOf(new float[] {1}, 36)))
                .node("MatMul", "s t", "y")),
        arguments(
            "node 'Gather_y' (Gather) picks places of axis 1 of 6x8; only the first token and",
            patches(13)
                .add(ModelMaker.tensor("i", DataType.INT64).addInt64Data(1))
                .node("Gather", "t i", "y", integer("axis", 1))));
  }

  /// softmax(t u + c), the shares `s` of tokens in each other; without a mask `c` softmax(t u).
  private static ModelMaker attended(ModelMaker model) {
    boolean masks =
        model.graph().getInitializerList().stream().anyMatch(one -> one.getName().equals("c"));
    model.node("Transpose", "t", "u", list("perm", 0, 2, 1)).node("MatMul", "t u", "scores");
    if (masks) {
      model.node("Add", "scores c", "masked");
    }
    return model.node("Softmax", masks ? "masked" : "scores", "s", integer("axis", -1));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whatIsNoTransformerIsRefusedInOneSentence(String fault, ModelMaker model)
      throws IOException {
    Faults.assertFault(fault, model.output("y", 3), folder);
  }

  /// Channels of tokens, as the file has them.
  static float[] turned(float[] values, int channels) {
    List<Integer> extents = List.of(channels, values.length / channels);
    ArrayView view = ArrayView.of(extents).permuted(List.of(1, 0));
    return new Reals(extents, values).picked(view.extents(), view).toArray();
  }
}
