package org.pdnn.statedict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Convolution;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Outline;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;
import org.pdnn.network.Window;

/// Whatever tensors are called and however they are ordered, the network comes out that went in.
class MatchingTest {
  private static final Network MLP = Dicts.mlp(4, 6, 5, 3);
  private static final List<Integer> DENSE = List.of(0, 2, 4);

  private static final Network IMAGES = Dicts.images();
  private static final List<Integer> WEIGHTED = List.of(0, 1, 4, 5, 9, 10, 12);

  @TempDir private Path folder;

  private static void assertMatches(Network network, Map<String, Tensor> tensors)
      throws IOException {
    StateDict dict = Dicts.dict(tensors);
    assertEquals(network, Matching.of(dict, network).network());
  }

  private Outline outline(String json) throws IOException {
    return Outline.read(Files.writeString(folder.resolve("network.json"), json));
  }

  private static String refused(Map<String, Tensor> tensors, Network network) {
    IOException e =
        assertThrows(IOException.class, () -> Matching.of(Dicts.dict(tensors), network));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("trained.npz does not fit the architecture: "), message);
    return message.substring("trained.npz does not fit the architecture: ".length());
  }

  @Test
  void ourOwnNames() throws IOException {
    assertMatches(IMAGES, IMAGES.tensors());
    assertMatches(IMAGES, Dicts.sorted(IMAGES.tensors()));
  }

  /// Layers 10 and 2, equal in shape: not even the order of names is asked for.
  @Test
  void ourOwnNamesGoBeforeTheOrder() throws IOException {
    Network square = Dicts.mlp(4, 4, 4, 4, 4, 4, 4);
    assertMatches(square, Dicts.sorted(square.tensors()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fc%d", "net.%d", "layers.%d.linear", "module.fc_%d", "dense_%d"})
  void numberedNamesInAnyOrder(String name) throws IOException {
    Network square = Dicts.mlp(4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4);
    List<Integer> layers = IntStream.range(0, 11).mapToObj(i -> 2 * i).toList();
    String[] modules = IntStream.range(1, 12).mapToObj(name::formatted).toArray(String[]::new);
    Map<String, Tensor> tensors = Dicts.torch(square, layers, modules);
    assertMatches(square, tensors);
    assertMatches(square, Dicts.sorted(tensors));
  }

  @Test
  void kerasNumbersTheSecondOfAKind() throws IOException {
    Network square = Dicts.mlp(4, 4, 4, 4);
    assertMatches(square, Dicts.sorted(Dicts.torch(square, DENSE, "dense", "dense_1", "dense_2")));
  }

  @Test
  void thePyTorchNetworkOfATutorial() throws IOException {
    String[] modules = {"conv1", "bn1", "conv2", "bn2", "norm", "fc1", "fc2"};
    Map<String, Tensor> tensors = Dicts.torch(IMAGES, WEIGHTED, modules);
    assertMatches(IMAGES, tensors);
    assertMatches(IMAGES, Dicts.sorted(tensors));
  }

  /// Groups and kernels of any form; PyTorch's weights of groups have fewer inputs.
  @Test
  void windowsOfAnyForm() throws IOException {
    for (Network every : SmallNetworks.every(Neuron.parse("tanh"), Neuron.parse("relu"))) {
      assertMatches(every, every.tensors());
    }
    Network tokens = SmallNetworks.language(Neuron.parse("gelu"));
    assertMatches(tokens, tokens.tensors());
    Network plain = new Network(Shape.of(4, 5, 5), List.of(Convolution.of(4, 8, 3, 1, 1)));
    Network groups =
        new Network(Shape.of(4, 5, 5), List.of(Convolution.of(4, 8, Window.square(3, 1, 1), 4)));
    assertEquals(
        "layer 0 (convolution) has a weight of shape 8x4x3x3, but '0.weight' has shape 8x1x3x3",
        refused(groups.tensors(), plain));
    Outline outline =
        outline(
            """
            {"input": [4, 5, 5], "layers": [
              {"layer": "convolution", "padding": [1, 0], "groups": 2, "dilation": [1, 2]}]}
            """);
    Network two =
        SmallNetworks.randomised(
            new Network(
                Shape.of(4, 5, 5),
                List.of(
                    Convolution.of(
                        4, 6, Window.square(3, 1, 0).padding(1, 0, 1, 0).dilation(1, 2), 2))),
            1);
    assertEquals(two, Matching.of(Dicts.dict(two.tensors()), outline).network());
    IOException e =
        assertThrows(IOException.class, () -> Matching.of(Dicts.dict(groups.tensors()), outline));
    assertEquals(
        "trained.npz does not fit the architecture: layer 0 (convolution) reads 4 channels in 2"
            + " groups, but '0.weight' has shape 8x1x3x3",
        e.getMessage());
  }

  /// A kernel over sequences is one of height 1: PyTorch's (outputs, inputs, width), and Keras's
  /// (width, inputs, outputs).
  @Test
  void kernelsOverSequences() throws IOException {
    Network network =
        SmallNetworks.randomised(
            new Network(Shape.of(2, 1, 7), List.of(Convolution.of(2, 4, Window.of(1, 3), 1))), 1);
    Tensor weight = java.util.Objects.requireNonNull(network.tensors().get("0.weight"));
    Tensor bias = java.util.Objects.requireNonNull(network.tensors().get("0.bias"));
    assertMatches(
        network,
        Map.of("conv.weight", new Tensor(Shape.of(4, 2, 3), weight.toArray()), "conv.bias", bias));
    float[] turned = new float[24];
    for (int i = 0; i < turned.length; i++) {
      turned[i % 3 * 8 + i / 3 % 2 * 4 + i / 6] = weight.get(i);
    }
    assertMatches(
        network,
        Map.of("conv1d/kernel", new Tensor(Shape.of(3, 2, 4), turned), "conv1d/bias", bias));
  }

  /// PyTorch's dense layer of tokens is a matrix.
  @Test
  void convolutionsOfOnePixelHaveMatrices() throws IOException {
    Network network = SmallNetworks.language(Neuron.parse("gelu"));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    network
        .tensors()
        .forEach((name, tensor) -> {
          Shape shape = tensor.shape();
          tensors.put(
              name,
              shape.rank() == 4
                  ? new Tensor(Shape.of(shape.dimension(0), shape.dimension(1)), tensor.toArray())
                  : tensor);
        });
    Matched matched = Matching.of(Dicts.dict(tensors), Outline.of(network));
    assertEquals(network, matched.network());
  }

  @Test
  void sequentialsInsideOfModules() throws IOException {
    String[] modules = {
      "features.0",
      "features.1",
      "features.4",
      "features.5",
      "classifier.0",
      "classifier.1",
      "classifier.3"
    };
    assertMatches(IMAGES, Dicts.sorted(Dicts.torch(IMAGES, WEIGHTED, modules)));
  }

  @Test
  void aPresetOfThePaper() throws IOException {
    Network zeros = Preset.network("vgg5", Shape.of(3, 16, 16), 10, Neuron.parse("pbit:tanh"));
    Network vgg5 = SmallNetworks.randomised(zeros, 6);
    String[] modules = {
      "features.0",
      "features.1",
      "features.4",
      "features.5",
      "features.8",
      "features.9",
      "classifier.0",
      "classifier.2"
    };
    List<Integer> layers = List.of(0, 1, 4, 5, 8, 9, 13, 15);
    StateDict dict = Dicts.dict(Dicts.sorted(Dicts.torch(vgg5, layers, modules)));
    assertEquals(vgg5, Matching.of(dict, zeros).network());
  }

  @Test
  void kindsDeclaredOneAfterTheOther() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.putAll(Dicts.torch(IMAGES, List.of(0, 4), "c_first", "c_last"));
    tensors.putAll(Dicts.torch(IMAGES, List.of(10, 12), "hidden", "answer"));
    tensors.putAll(Dicts.torch(IMAGES, List.of(1, 5, 9), "x", "a", "b"));
    assertMatches(IMAGES, tensors);
  }

  @Test
  void theFilesOrderTellsWhereNamesDoNot() throws IOException {
    Network square = Dicts.mlp(4, 4, 4, 4);
    assertMatches(square, Dicts.torch(square, DENSE, "entry", "middle", "answer"));
  }

  @Test
  void shapesTellWhereNeitherOrderNorNamesDo() throws IOException {
    Map<String, Tensor> tensors =
        Dicts.sorted(Dicts.torch(MLP, DENSE, "entry", "middle", "answer"));
    assertEquals(MLP, Matching.of(Dicts.dict(tensors), MLP).network());
    // Even against the numbers: a decoder that counts down.
    assertMatches(MLP, Dicts.sorted(Dicts.torch(MLP, DENSE, "up3", "up2", "up1")));
  }

  @Test
  void whatWrapsAllNamesIsNoPartOfThem() throws IOException {
    assertMatches(
        MLP,
        Dicts.torch(MLP, DENSE, "module._orig_mod.0", "module._orig_mod.2", "module._orig_mod.4"));
  }

  @Test
  void theWordsOfOtherFrameworks() throws IOException {
    Map<String, String> keras =
        Map.of(
            "weight", "gamma",
            "bias", "beta",
            "running_mean", "moving_mean",
            "running_var", "moving_variance");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    String[] modules = {"c1", "b1", "c2", "b2", "b3", "d1", "d2"};
    Dicts.torch(IMAGES, WEIGHTED, modules)
        .forEach((name, tensor) -> {
          String[] parts = name.split("\\.", -1);
          tensors.put(
              parts[0] + (parts[0].startsWith("b") ? "/" + keras.get(parts[1]) : "_" + parts[1]),
              tensor);
        });
    assertMatches(IMAGES, tensors);
  }

  @Test
  void lettersWithNumbers() throws IOException {
    Map<String, Tensor> tensors =
        Dicts.renamed(
            MLP, DENSE, List.of("1", "2", "3"), (i, own) -> (own.equals("bias") ? "b" : "W") + i);
    assertMatches(MLP, tensors);
    assertMatches(MLP, Dicts.sorted(tensors));
  }

  @Test
  void namesThatSayNothingFollowEachOther() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    IMAGES.tensors().values().forEach(tensor -> tensors.put("arr_" + tensors.size(), tensor));
    assertMatches(IMAGES, tensors);
    assertMatches(IMAGES, Dicts.sorted(tensors));
  }

  @Test
  void theMatchIsTold() throws IOException {
    Map<String, Tensor> tensors = Dicts.torch(MLP, DENSE, "fc1", "fc2", "fc3");
    tensors.remove("fc2.bias");
    Matched matched = Matching.of(Dicts.dict(tensors), MLP);
    assertEquals(
        List.of(
            new Match("0.weight", Shape.of(6, 4), Optional.of("fc1.weight"), ""),
            new Match("0.bias", Shape.of(6), Optional.of("fc1.bias"), ""),
            new Match("2.weight", Shape.of(5, 6), Optional.of("fc2.weight"), ""),
            new Match("2.bias", Shape.of(5), Optional.empty(), "zeros, as the file has none"),
            new Match("4.weight", Shape.of(3, 5), Optional.of("fc3.weight"), ""),
            new Match("4.bias", Shape.of(3), Optional.of("fc3.bias"), "")),
        matched.matches());
    assertEquals(List.of(), matched.remarks());
    assertEquals(Tensor.filled(Shape.of(5), 0), matched.network().tensors().get("2.bias"));
  }

  @Test
  void anotherOrderThanTheFilesIsTold() throws IOException {
    Network network = Dicts.mlp(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2);
    List<Integer> layers = IntStream.range(0, 10).mapToObj(i -> 2 * i).toList();
    String[] modules = IntStream.range(1, 11).mapToObj("fc%d"::formatted).toArray(String[]::new);
    Map<String, Tensor> tensors = Dicts.torch(network, layers, modules);
    assertEquals(List.of(), Matching.of(Dicts.dict(tensors), network).remarks());
    String remark =
        "layers come in another order than the file's, by the numbers in their names and by their"
            + " shapes";
    assertEquals(
        List.of(remark), Matching.of(Dicts.dict(Dicts.sorted(tensors)), network).remarks());
    assertEquals(
        List.of(remark),
        Matching.of(Dicts.dict(Dicts.sorted(Dicts.torch(MLP, DENSE, "c", "b", "a"))), MLP)
            .remarks());
  }

  @Test
  void batchNormsWithoutScaleAndShift() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(IMAGES.tensors());
    tensors.remove("1.weight");
    tensors.remove("1.bias");
    Map<String, Tensor> wanted = new LinkedHashMap<>(IMAGES.tensors());
    wanted.put("1.weight", Tensor.filled(Shape.of(3), 1));
    wanted.put("1.bias", Tensor.filled(Shape.of(3), 0));
    Matched matched = Matching.of(Dicts.dict(tensors), IMAGES);
    assertEquals(wanted, matched.network().tensors());
    assertEquals("ones, as the file has none", matched.matches().get(2).note());
  }

  @Test
  void whatBelongsToTrainingIsLeftAside() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("optimizer.fc1.weight", Tensor.filled(Shape.of(6, 4), 1));
    tensors.putAll(Dicts.torch(MLP, DENSE, "fc1", "fc2", "fc3"));
    tensors.put("ema.fc1.weight", Tensor.filled(Shape.of(6, 4), 1));
    tensors.put("bn.num_batches_tracked", Tensor.filled(Shape.of(1), 1));
    Matched matched = Matching.of(Dicts.dict(tensors), MLP);
    assertEquals(MLP, matched.network());
    assertEquals(
        List.of(
            "left aside, as they belong to training: 'optimizer.fc1.weight', 'ema.fc1.weight',"
                + " 'bn.num_batches_tracked'"),
        matched.remarks());
  }

  @Test
  void anArchitectureFileNeedsNoSizes() throws IOException {
    for (Network network : List.of(MLP, IMAGES)) {
      Outline outline = outline(network.architecture());
      assertEquals(network, Matching.of(Dicts.dict(network.tensors()), outline).network());
    }
    String[] modules = {"conv1", "bn1", "conv2", "bn2", "norm", "fc1", "fc2"};
    StateDict dict = Dicts.dict(Dicts.sorted(Dicts.torch(IMAGES, WEIGHTED, modules)));
    assertEquals(IMAGES, Matching.of(dict, outline(IMAGES.architecture())).network());
  }

  /// With sizes, names and all: what is written for the price of a network serves to convert it.
  @Test
  void sizesInAnArchitectureFileAreHeld() throws IOException {
    Network square = Dicts.mlp(4, 3, 2);
    Map<String, Tensor> tensors = Dicts.torch(square, List.of(0, 2), "a", "b");
    String json =
        """
        {"input":[4], "layers":[
          {"layer":"dense", "name":"a", "outputs":3}, {"layer":"neurons", "neuron":"tanh"},
          {"layer":"dense", "outputs":2}]}
        """;
    StateDict dict = Dicts.dict(tensors);
    Network matched = Matching.of(dict, outline(json)).network();
    assertEquals(square.layers(), matched.layers());
    assertEquals("a", matched.name(0));
    Outline other = outline(json.replace("\"outputs\":2", "\"outputs\":5"));
    assertThrows(IOException.class, () -> Matching.of(dict, other));
  }

  @Test
  void namesInAnArchitectureFileDecide() throws IOException {
    Network square = Dicts.mlp(4, 4, 4, 4);
    Map<String, Tensor> tensors =
        Dicts.torch(square, List.of(4, 2, 0), "ema.last", "middle", "module.first");
    String json =
        """
        {"input":[4], "layers":[
          {"layer":"dense", "name":"module.first"}, {"layer":"neurons", "neuron":"tanh"},
          {"layer":"dense"}, {"layer":"neurons", "neuron":"tanh"},
          {"layer":"dense", "name":"ema.last"}]}
        """;
    Network matched = Matching.of(Dicts.dict(tensors), outline(json)).network();
    assertEquals(square.layers(), matched.layers());
    assertEquals("ema.last", matched.name(4));
    var e =
        assertThrows(
            IOException.class,
            () -> Matching.of(Dicts.dict(tensors), outline(json.replace("module.first", "frist"))));
    assertEquals(
        "trained.npz does not fit the architecture: layer 0: no tensors are called 'frist' (did you"
            + " mean 'first'?); give the layers their names in an architecture file, as in"
            + " {\"layer\":\"dense\",\"name\":\"fc1\"}",
        e.getMessage());
    e =
        assertThrows(
            IOException.class,
            () -> Matching.of(Dicts.dict(tensors), outline(json.replace("ema.last", "first"))));
    assertEquals(
        "trained.npz does not fit the architecture: layer 4: 'first' is the name of a layer before"
            + " it",
        e.getMessage());
  }

  @Test
  void twoWaysAreNoWay() {
    Network square = Dicts.mlp(4, 4, 4, 4);
    assertEquals(
        "its layers fit in more than one way, as 'entry.weight', 'middle.weight' or as"
            + " 'middle.weight', 'entry.weight'; give the layers their names in an architecture"
            + " file, as in {\"layer\":\"dense\",\"name\":\"fc1\"}",
        refused(Dicts.sorted(Dicts.torch(square, DENSE, "entry", "middle", "answer")), square));
    // The file's order says one thing, the numbers another.
    assertTrue(
        refused(Dicts.torch(square, DENSE, "fc3", "fc2", "fc1"), square)
            .startsWith("its layers fit in more than one way"));
  }

  @Test
  void twoWaysToTheSameNetworkAreOne() throws IOException {
    Network square = Dicts.mlp(4, 4, 4);
    Map<String, Tensor> equal =
        Dicts.mapped(square.tensors(), tensor -> Tensor.filled(tensor.shape(), 1));
    Network network = square.withTensors(equal);
    assertMatches(network, Dicts.sorted(Dicts.torch(network, List.of(0, 2), "b", "a")));
  }

  @Test
  void tooManyWaysAreNotTried() {
    int[] sizes = new int[42];
    Arrays.fill(sizes, 4);
    sizes[40] = 5;
    sizes[41] = 4;
    Network network = Dicts.mlp(sizes);
    List<Integer> layers = IntStream.range(0, 41).mapToObj(i -> 2 * i).toList();
    String[] modules =
        IntStream.range(0, 41)
            .mapToObj(i -> "" + (char) ('a' + i / 10) + (char) ('a' + i % 10))
            .toArray(String[]::new);
    Map<String, Tensor> tensors = Dicts.sorted(Dicts.torch(network, layers, modules));
    tensors.put("ea.weight", Tensor.filled(Shape.of(4, 6), 0));
    assertTrue(
        refused(Dicts.sorted(tensors), network).startsWith("there are too many ways to try"));
  }

  @Test
  void misfitsAreNamed() {
    Map<String, Tensor> tensors = Dicts.torch(MLP, DENSE, "fc1", "fc2", "fc3");
    tensors.put("fc2.weight", Tensor.filled(Shape.of(5, 7), 0));
    assertEquals(
        "layer 2 (dense) has a weight of shape 5x6, but 'fc2.weight' has shape 5x7",
        refused(tensors, MLP));
    tensors.put("fc2.weight", Tensor.filled(Shape.of(5, 6), 0));
    tensors.put("fc2.bias", Tensor.filled(Shape.of(6), 0));
    assertEquals(
        "layer 2 (dense) has 5 outputs, but the bias beside 'fc2.weight' has shape 6",
        refused(tensors, MLP));
    tensors.put("fc2.bias", Tensor.filled(Shape.of(5), 0));
    tensors.put("fc4.weight", Tensor.filled(Shape.of(3, 3), 0));
    assertEquals(
        "it has 3 dense layers where the file has 4 ('fc1.weight', 'fc2.weight', 'fc3.weight',"
            + " 'fc4.weight')",
        refused(tensors, MLP));
    tensors.remove("fc4.weight");
    tensors.put("extra.bias", Tensor.filled(Shape.of(3), 0));
    assertEquals("'extra.bias' has no weight beside it", refused(tensors, MLP));
    tensors.remove("extra.bias");
    tensors.put("pooler.query", Tensor.filled(Shape.of(3), 0));
    assertEquals(
        "'pooler.query': the name does not say weight, bias, mean or variance; leave out what"
            + " belongs to no layer, and call the rest as in 'fc1.weight'",
        refused(tensors, MLP));
    tensors.remove("pooler.query");
    tensors.put("module.fc1.w", Tensor.filled(Shape.of(6, 4), 0));
    assertEquals(
        "'fc1.weight' and 'module.fc1.w' are the same tensor of one layer", refused(tensors, MLP));
    tensors.remove("module.fc1.w");
    tensors.put("seq.weight", Tensor.filled(Shape.of(6, 4, 3, 2, 1), 0));
    assertEquals(
        "'seq.weight' has shape 6x4x3x2x1, where a weight has 2 dimensions (dense), 3 or 4"
            + " (convolution)",
        refused(tensors, MLP));
  }

  @Test
  void misfitsOfImagesAreNamed() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(IMAGES.tensors());
    tensors.remove("5.running_var");
    assertEquals(
        "layer 5 (batchNorm) needs a running_var, which is not beside '5.weight'",
        refused(tensors, IMAGES));
    tensors.putAll(IMAGES.tensors());
    tensors.put("5.running_var", Tensor.filled(Shape.of(4), -1));
    assertEquals(
        "layer 5: a variance must be at least 0, got -1.0 in channel 0", refused(tensors, IMAGES));
    tensors.putAll(IMAGES.tensors());
    tensors.put("10.running_mean", Tensor.filled(Shape.of(4), -1));
    assertEquals(
        "'10.weight' of shape 5x16 has a mean or variance beside it, which no layer has",
        refused(tensors, IMAGES));
  }

  @Test
  void misfitsOfOpenArchitecturesAreNamed() throws IOException {
    Map<String, Tensor> tensors = Dicts.torch(MLP, DENSE, "fc1", "fc2", "fc3");
    tensors.put("fc2.weight", Tensor.filled(Shape.of(5, 7), 0));
    Outline outline = outline(MLP.architecture());
    var e = assertThrows(IOException.class, () -> Matching.of(Dicts.dict(tensors), outline));
    assertEquals(
        "trained.npz does not fit the architecture: layer 2 (dense) reads 6 values, but"
            + " 'fc2.weight' has shape 5x7",
        e.getMessage());
    Outline image = outline("{\"input\":[1,2,2],\"layers\":[{\"layer\":\"dense\"}]}");
    Map<String, Tensor> one = Map.of("fc.weight", Tensor.filled(Shape.of(3, 4), 0));
    e = assertThrows(IOException.class, () -> Matching.of(Dicts.dict(one), image));
    assertEquals(
        "trained.npz does not fit the architecture: layer 0 (dense) reads a vector, but 1x2x2 comes"
            + " in; put a flatten layer before it",
        e.getMessage());
  }
}
