package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.pdnn.onnx.reader.ModelMaker.integer;
import static org.pdnn.onnx.reader.ModelMaker.list;
import static org.pdnn.onnx.reader.ModelMaker.real;
import static org.pdnn.onnx.reader.ModelMaker.text;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.onnx.FloatGraph;

/// Vision transformers as exporters write them: `nn.MultiheadAttention`, which puts the batch and
/// the heads into one axis, class tokens, and the dense layers of Keras, which join the tokens of
/// all inputs.
class ExportedTransformersTest {
  private static final int CHANNELS = 8;
  private static final int HEADS = 2;
  private static final int OWN = CHANNELS / HEADS;
  private static final int PATCHES = 6;
  private static final int TOKENS = PATCHES + 1;

  @TempDir private Path folder;

  /// The tokens `t` of an image, after that of the class if there is one.
  private static ModelMaker tokens(int opset, long batch, boolean classToken) {
    ModelMaker model =
        new ModelMaker(opset, batch, 2, 6, 4)
            .weights("conv_proj.weight", CHANNELS, 2, 2, 2)
            .weights("conv_proj.bias", CHANNELS)
            .integers("flat", batch, CHANNELS, PATCHES)
            .node("Conv", "x conv_proj.weight conv_proj.bias", "p", list("strides", 2, 2))
            .node("Reshape", "p flat", "r")
            .node("Transpose", "r", "patches", list("perm", 0, 2, 1));
    if (!classToken) {
      return model.node("Identity", "patches", "t");
    }
    return expanded(model)
        .node("Concat", "class patches", "c", integer("axis", 1))
        .weights("pos", 1, TOKENS, CHANNELS)
        .node("Add", "c pos", "t");
  }

  /// class_token.expand(x.shape[0], -1, -1).
  private static ModelMaker expanded(ModelMaker model) {
    return model
        .weights("class_token", 1, 1, CHANNELS)
        .add(ModelMaker.tensor("0", DataType.INT64).addInt64Data(0))
        .integers("front", 0)
        .integers("rest", -1, -1)
        .integers("minus", -1)
        .node("Shape", "x", "shape")
        .node("Gather", "shape 0", "n", integer("axis", 0))
        .node("Unsqueeze", "n front", "n1")
        .node("Concat", "n1 rest", "wanted", integer("axis", 0))
        .node("Shape", "wanted", "rank")
        .node(
            "ConstantOfShape",
            "rank",
            "ones",
            ModelMaker.tensor("value", ModelMaker.tensor("", DataType.INT64, 1).addInt64Data(1)))
        .node("Mul", "ones minus", "open")
        .node("Equal", "wanted open", "same")
        .node("Where", "same ones wanted", "extents")
        .node("Expand", "class_token extents", "class");
  }

  private static ModelMaker norm(ModelMaker model, String from, String to) {
    return model
        .weights(to + ".weight", CHANNELS)
        .weights(to + ".bias", CHANNELS)
        .node(
            "LayerNormalization",
            from + " " + to + ".weight " + to + ".bias",
            to,
            real("epsilon", 1e-6f));
  }

  /// nn.MultiheadAttention of one value, with batch_first: (tokens, batch, channels) between two
  /// transposes, all three projections by one matrix.
  ///
  /// @param tokens how many
  private static ModelMaker projected(ModelMaker model, String from, int tokens) {
    model
        .weights("in_proj_weight", CHANNELS, 3 * CHANNELS)
        .weights("in_proj_bias", 3 * CHANNELS)
        .integers("three", tokens, 1, 3, CHANNELS)
        .integers("axis0", 0)
        .integers("axis3", 3)
        .integers("split", tokens, HEADS, OWN)
        .node("Transpose", from, "turned", list("perm", 1, 0, 2))
        .node("MatMul", "turned in_proj_weight", "product")
        .node("Add", "product in_proj_bias", "proj")
        .node("Reshape", "proj three", "unflat")
        .node("Unsqueeze", "unflat axis0", "front1")
        .node("Transpose", "front1", "front3", list("perm", 3, 1, 2, 0, 4))
        .node("Squeeze", "front3 axis3", "parts");
    for (int i = 0; i < 3; i++) {
      String part = "qkv".substring(i, i + 1);
      model
          .add(ModelMaker.tensor("index" + i, DataType.INT64).addInt64Data(i))
          .node("Gather", "parts index" + i, part, integer("axis", 0))
          .node("Reshape", part + " split", part + "_heads")
          .node("Transpose", part + "_heads", part + "h", list("perm", 1, 0, 2));
    }
    return model;
  }

  /// The heads' outputs `mixed_t` joined, projected, and put back into (batch, tokens, channels).
  private static ModelMaker joined(ModelMaker model, int tokens, String to) {
    return model
        .integers("rows", tokens, CHANNELS)
        .integers("back", tokens, 1, CHANNELS)
        .weights("out_proj.weight", CHANNELS, CHANNELS)
        .weights("out_proj.bias", CHANNELS)
        .node("Reshape", "mixed_t rows", "mixed_r")
        .node("Gemm", "mixed_r out_proj.weight out_proj.bias", "out", integer("transB", 1))
        .node("Reshape", "out back", "out3")
        .node("Transpose", "out3", to, list("perm", 1, 0, 2));
  }

  /// With need_weights: products of (batch x heads, tokens, channels of a head).
  private static ModelMaker withWeights(ModelMaker model, String from, String to, int tokens) {
    projected(model, from, tokens)
        .floats("scale", List.of(), (float) Math.sqrt(1.0 / OWN))
        .node("Mul", "qh scale", "qs")
        .node("Transpose", "kh", "kt", list("perm", 0, 2, 1))
        .node("MatMul", "qs kt", "scores")
        .node("Softmax", "scores", "shares", integer("axis", -1))
        .node("MatMul", "shares vh", "mixed")
        .node("Transpose", "mixed", "mixed_t", list("perm", 1, 0, 2));
    return joined(model, tokens, to);
  }

  /// Without: scaled_dot_product_attention of (batch, heads, tokens, channels of a head).
  private static ModelMaker withoutWeights(ModelMaker model, String from, String to, int tokens) {
    projected(model, from, tokens)
        .integers("four", 1, HEADS, tokens, OWN)
        .floats("root", List.of(1L), (float) Math.sqrt(Math.sqrt(1.0 / OWN)));
    for (String part : List.of("q", "k", "v")) {
      model.node("Reshape", part + "h four", part + "4");
    }
    model
        .node("Transpose", "k4", "kt", list("perm", 0, 1, 3, 2))
        .node("Mul", "q4 root", "qs")
        .node("Mul", "kt root", "ks")
        .node("MatMul", "qs ks", "scores")
        .node("Softmax", "scores", "shares", integer("axis", -1))
        .node("MatMul", "shares v4", "mixed")
        .node("Transpose", "mixed", "mixed_t", list("perm", 2, 0, 1, 3));
    return joined(model, tokens, to);
  }

  /// torchvision's encoder: the class token's output goes to the head.
  static ModelMaker torchvision(boolean weights) {
    ModelMaker model = norm(tokens(17, 1, true), "t", "ln_1");
    if (weights) {
      withWeights(model, "ln_1", "a", TOKENS);
    } else {
      withoutWeights(model, "ln_1", "a", TOKENS);
    }
    model.node("Add", "a t", "sum");
    norm(model, "sum", "ln_2")
        .weights("w1", CHANNELS, 12)
        .weights("b1", 12)
        .node("MatMul", "ln_2 w1", "h1")
        .node("Add", "b1 h1", "h2");
    byTanh(model, "h2", "g")
        .weights("w2", 12, CHANNELS)
        .weights("b2", CHANNELS)
        .node("MatMul", "g w2", "h3")
        .node("Add", "b2 h3", "h4")
        .node("Add", "sum h4", "encoded");
    return head(norm(model, "encoded", "ln"), "ln");
  }

  private static ModelMaker head(ModelMaker model, String from) {
    return model
        .add(ModelMaker.tensor("first", DataType.INT64).addInt64Data(0))
        .node("Gather", from + " first", "cls", integer("axis", 1))
        .weights("head.weight", 3, CHANNELS)
        .weights("head.bias", 3)
        .node("Gemm", "cls head.weight head.bias", "y", integer("transB", 1))
        .output("y", 2);
  }

  /// nn.GELU(approximate="tanh") before operator set 20.
  private static ModelMaker byTanh(ModelMaker model, String from, String to) {
    return model
        .floats("three_", List.of(), 3)
        .floats("kappa", List.of(), 0.044715f)
        .floats("beta", List.of(), (float) Math.sqrt(2 / Math.PI))
        .floats("one", List.of(), 1)
        .floats("half", List.of(), 0.5f)
        .node("Pow", from + " three_", to + "1")
        .node("Mul", "kappa " + to + "1", to + "2")
        .node("Add", from + " " + to + "2", to + "3")
        .node("Mul", "beta " + to + "3", to + "4")
        .node("Tanh", to + "4", to + "5")
        .node("Add", "one " + to + "5", to + "6")
        .node("Mul", "half " + from, to + "7")
        .node("Mul", to + "7 " + to + "6", to);
  }

  /// Keras's dense layers of tokens: (batch x tokens, channels) for the matrix, then as before.
  static ModelMaker keras() {
    ModelMaker model =
        tokens(15, 0, true)
            .integers("all", -1, CHANNELS)
            .integers("apart", -1, TOKENS, 5)
            .weights("kernel", CHANNELS, 5)
            .weights("bias", 5)
            .node("Reshape", "t all", "joint")
            .node("MatMul", "joint kernel", "m")
            .node("Add", "m bias", "b")
            .node("Relu", "b", "u")
            .node("Reshape", "u apart", "v")
            .integers("from", 0)
            .integers("to", 1)
            .integers("along", 1)
            .node("Slice", "v from to along", "one")
            .node("Squeeze", "one along", "y");
    return model.output("y", 2);
  }

  /// Keras's MultiHeadAttention by tf2onnx: heads are axes of their weights.
  static ModelMaker einsums() {
    ModelMaker model = tokens(13, 0, true);
    for (String part : List.of("query", "key", "value")) {
      model
          .weights(part + "/kernel", CHANNELS, HEADS, OWN)
          .weights(part + "/bias", HEADS, OWN)
          .node(
              "Einsum",
              "t %s/kernel".formatted(part),
              part + "/e",
              text("equation", "abc,cde->abde"))
          .node("Add", "%1$s/e %1$s/bias".formatted(part), part);
    }
    return model
        .floats("scale", List.of(), (float) Math.sqrt(1.0 / OWN))
        .node("Mul", "query scale", "scaled")
        .node("Einsum", "key scaled", "scores", text("equation", "aecd,abcd->acbe"))
        .node("Softmax", "scores", "shares", integer("axis", -1))
        .node("Einsum", "shares value", "mixed", text("equation", "acbe,aecd->abcd"))
        .weights("out/kernel", HEADS, OWN, CHANNELS)
        .weights("out/bias", CHANNELS)
        .node("Einsum", "mixed out/kernel", "out/e", text("equation", "abcd,cde->abe"))
        .node("Add", "out/e out/bias", "out")
        .node("Add", "t out", "sum")
        .node("ReduceMean", "sum", "pooled", list("axes", 1), integer("keepdims", 0))
        .weights("head", CHANNELS, 3)
        .node("MatMul", "pooled head", "y")
        .output("y", 2);
  }

  /// nn.LayerNorm of all of an image, with a weight for each value.
  private static ModelMaker ofAll(int opset) {
    ModelMaker model = new ModelMaker(opset, 0, 3, 4, 5).node("Tanh", "x", "t");
    model.weights("w", 3, 4, 5).weights("b", 3, 4, 5);
    if (opset < 17) {
      model
          .floats("two", List.of(), 2)
          .floats("eps", List.of(), 1e-5f)
          .node("ReduceMean", "t", "n1", list("axes", -3, -2, -1))
          .node("Sub", "t n1", "n2")
          .node("Pow", "n2 two", "n3")
          .node("ReduceMean", "n3", "n4", list("axes", -3, -2, -1))
          .node("Add", "n4 eps", "n5")
          .node("Sqrt", "n5", "n6")
          .node("Div", "n2 n6", "n7")
          .node("Mul", "n7 w", "n8")
          .node("Add", "n8 b", "n");
    } else {
      model.node("LayerNormalization", "t w b", "n", integer("axis", 1));
    }
    return model
        .weights("k", 2, 3, 3, 3)
        .node("Conv", "n k", "y", list("pads", 1, 1, 1, 1))
        .output("y", 4);
  }

  private static ModelMaker newGelu() {
    return new ModelMaker(20, 0, 6)
        .node("Gelu", "x", "y", text("approximate", "tanh"))
        .output("y", 2);
  }

  static Stream<Arguments> exported() {
    String encoder =
        "Convolution Reshape Convolution PositionalEmbedding PositionalEmbedding LayerNorm"
            + " Convolution Convolution Convolution Attention Convolution Add LayerNorm"
            + " Convolution Neurons Convolution Add LayerNorm MaxPool Flatten Dense";
    return Stream.of(
        arguments("MultiheadAttention", encoder, torchvision(true)),
        arguments("without its weights", encoder, torchvision(false)),
        arguments(
            "Keras's dense layers",
            "Convolution Reshape Convolution PositionalEmbedding PositionalEmbedding Convolution"
                + " Neurons MaxPool Flatten",
            keras()),
        arguments(
            "Keras's MultiHeadAttention",
            "Convolution Reshape Convolution PositionalEmbedding PositionalEmbedding Convolution"
                + " Convolution Convolution Attention Convolution Add GlobalAveragePool Flatten"
                + " Dense",
            einsums()),
        arguments("a norm of all", "Neurons Flatten LayerNorm Reshape Convolution", ofAll(17)),
        arguments(
            "a norm of all, decomposed",
            "Neurons Flatten LayerNorm Reshape Convolution",
            ofAll(13)),
        arguments("gelu by tanh", "Neurons", newGelu()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exported")
  void anExportAnswersAsInOnnxRuntime(String name, String layers, ModelMaker model)
      throws IOException, OrtException {
    OnnxModel read = model.read(folder);
    boolean one =
        model.graph().getInput(0).getType().getTensorType().getShape().getDim(0).getDimValue() == 1;
    assertEquals(layers, layers(read.network()));
    Agreement.assertAgrees(read, model.toBytes(), one ? 1 : 3);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments(
            "node 'Slice_y' (Slice) takes 1 to 3 of axis 1 of 6x8; only the first token and equal",
            tokens(15, 0, false)
                .integers("from", 1)
                .integers("to", 3)
                .integers("along", 1)
                .node("Slice", "t from to along", "y")),
        arguments(
            "node 'Concat_y' (Concat) joins constants of extents [1, 2, 5] to tokens 6x8",
            tokens(15, 0, false)
                .weights("c", 1, 2, 5)
                .node("Concat", "c t", "y", integer("axis", 1))),
        arguments(
            "node 'Concat_y' (Concat) joins constants to the network's values; only constant"
                + " tokens are",
            tokens(15, 0, false)
                .weights("c", 1, PATCHES, 5)
                .node("Concat", "c t", "y", integer("axis", 2))),
        arguments(
            "node 'Pow_y1' (Pow) has 2.0 where a gelu has 3.0",
            byTanh(tokens(15, 0, false), "t", "y").with(model -> squared(model.getGraphBuilder()))),
        arguments(
            "node 'Gelu_y' (Gelu) is approximated by no function that is known",
            new ModelMaker(20, 0, 6).node("Gelu", "x", "y", text("approximate", "sigmoid"))),
        arguments(
            "node 'Equal_e' (Equal) compares real numbers",
            tokens(15, 0, false)
                .weights("c", CHANNELS)
                .node("Equal", "c c", "e")
                .node("Add", "t e", "y")),
        arguments(
            "node 'Where_e' (Where) chooses among integers and real numbers",
            tokens(15, 0, false)
                .weights("c", 3)
                .node("Where", "flat flat c", "e")
                .node("Add", "t e", "y")),
        arguments(
            "node 'MaxPool_y' (MaxPool) reads values whose batch is not the first axis",
            tokens(15, 0, false)
                .integers("all", -1, CHANNELS)
                .node("Reshape", "t all", "joint")
                .node("MaxPool", "joint", "y", list("kernel_shape", 1))),
        arguments(
            "node 'Einsum_y' (Einsum) has the equation 'abc,cb->ac'; products with a constant matrix, and those",
            einsum("abc,cb->ac")),
        arguments("has the equation 'abc,dbc->adb'; products", einsum("abc,dbc->adb")),
        arguments("has the equation 'aab,bc->ac'; products", einsum("aab,bc->ac")),
        arguments("has the equation '...b,bc->...c'; products", einsum("...b,bc->...c")),
        arguments("has the equation 'abc'; products", einsum("abc")),
        arguments(
            "has the equation 'abcdefghi,ij->abcdefghj'; products",
            einsum("abcdefghi,ij->abcdefghj")),
        arguments(
            "its output 'y' does not begin with the batch",
            tokens(15, 0, false).integers("all", -1, CHANNELS).node("Reshape", "t all", "y")));
  }

  private static ModelMaker einsum(String equation) {
    return tokens(15, 0, false)
        .weights("w", CHANNELS, 5)
        .node("Einsum", "t w", "y", text("equation", equation));
  }

  private static void squared(GraphProto.Builder graph) {
    graph.getInitializerBuilderList().stream()
        .filter(one -> one.getName().equals("three_"))
        .forEach(one -> one.setFloatData(0, 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whatNoLayerDoesIsRefusedInOneSentence(String fault, ModelMaker model) throws IOException {
    Faults.assertFault(fault, model.output("y", 3), folder);
  }

  /// What is written for gelu by tanh is read as that.
  @Test
  void geluByTanhIsWrittenAndReadAgain() throws IOException, OrtException {
    Network network = new Network(Shape.of(6), List.of(new Neurons(Neuron.parse("gelu-tanh"))));
    Path file = folder.resolve("model.onnx");
    FloatGraph.write(network, "1", Map.of(), file);
    OnnxModel read = OnnxModel.read(file);
    RoundTripTest.assertSame(network, read.network());
    Agreement.assertAgrees(read, Files.readAllBytes(file), 3);
  }

  private static String layers(Network network) {
    return network.layers().stream()
        .map(layer -> layer.getClass().getSimpleName())
        .collect(Collectors.joining(" "));
  }
}
