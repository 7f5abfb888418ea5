package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutlineTest {
  @TempDir private Path folder;

  private Outline read(String json) throws IOException {
    return Outline.read(Files.writeString(folder.resolve("network.json"), json));
  }

  static Stream<Network> networks() {
    Neuron tanh = Neuron.parse("tanh");
    return Stream.concat(
        SmallNetworks.every(tanh, Neuron.parse("sigmoid:3bit")).stream(),
        Stream.of(SmallNetworks.language(tanh)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aModelsArchitectureIsAnOutline(Network network) throws IOException {
    Outline outline = read(network.architecture());
    assertFalse(outline.sized());
    assertEquals(network.input(), outline.input());
    assertEquals(network.layers().size(), outline.parts().size());
    for (int i = 0; i < network.layers().size(); i++) {
      Layer part = outline.parts().get(i).layer();
      assertEquals(
          Architecture.toJson(network.layers().get(i)), Architecture.toJson(part), "layer " + i);
      assertEquals(network.layers().get(i).tensors().keySet(), part.tensors().keySet());
    }
  }

  @Test
  void layersMayHaveTheNamesOfTheirModules() throws IOException {
    Outline outline =
        read(
            """
            {"input": [4], "layers": [
              {"layer": "dense", "name": "encoder.fc1"},
              {"layer": "neurons", "neuron": "tanh"},
              {"layer": "dense"}]}
            """);
    assertEquals(
        "[Optional[encoder.fc1], Optional.empty, Optional.empty]",
        outline.parts().stream().map(Outline.Part::name).toList().toString());
  }

  /// LeNet's first layers: 5 x 5 x 6 + 6 weights, then 6 x 12 x 12 values after the pool.
  @Test
  void layersThatSayTheirSizesAreANetwork() throws IOException {
    Outline outline =
        read(
            """
            {"input": [1, 28, 28], "layers": [
              {"layer": "convolution", "outputs": 6, "kernel": 5}, {"layer": "batchNorm"},
              {"layer": "neurons", "neuron": "pbit:tanh"}, {"layer": "maxPool", "size": 2},
              {"layer": "convolution", "outputs": 3, "kernel": [3, 5], "stride": 2, "padding": 1},
              {"layer": "flatten"}, {"layer": "dense", "name": "fc", "outputs": 10}]}
            """);
    assertTrue(outline.sized());
    Network network = outline.network();
    assertEquals(
        "[1x28x28, 6x24x24, 6x24x24, 6x24x24, 6x12x12, 3x6x5, 90, 10]",
        network.shapes().toString());
    assertEquals(156 + 12 + (3 * 6 * 15 + 3) + 910, network.parameters());
  }

  /// A causal transformer of one block: 50 x 8 and 16 x 8 for embeddings, 4 projections of 72, 2
  /// norms.
  @Test
  void transformersThatSayTheirSizesAreANetwork() throws IOException {
    Network network =
        read("""
        {"format": 2, "input": [1, 16, 1], "layers": [
          {"layer": "embedding", "name": "wte", "vocabulary": 50, "outputs": 8},
          {"layer": "positionalEmbedding", "name": "x"},
          {"layer": "layerNorm", "name": "ln"},
          {"layer": "convolution", "name": "q", "outputs": 8, "kernel": 1},
          {"layer": "convolution", "name": "k", "outputs": 8, "kernel": 1, "reads": ["ln"]},
          {"layer": "convolution", "name": "v", "outputs": 8, "kernel": 1, "reads": ["ln"]},
          {"layer": "attention", "heads": 2, "causal": true, "reads": ["q", "k", "v"]},
          {"layer": "convolution", "outputs": 8, "kernel": 1},
          {"layer": "add", "reads": ["x", 7]},
          {"layer": "rmsNorm", "epsilon": 1e-6}, {"layer": "softmax"}]}
        """)
            .network();
    assertEquals(50 * 8 + 16 * 8 + 4 * 72 + 16 + 8, network.parameters());
    assertEquals(Shape.of(8, 16, 1), network.output());
  }

  /// The beginning of a MobileNet; a depthwise layer of 4 channels has 4 x 9 + 4 parameters.
  @Test
  void windowsAreSaidAsInModelFiles() throws IOException {
    Network network =
        read("""
        {"input": [1, 28, 20], "layers": [
          {"layer": "convolution", "outputs": 4, "kernel": [10, 4], "stride": 2,
           "padding": [4, 1, 5, 1]},
          {"layer": "convolution", "outputs": 4, "kernel": 3, "padding": [2, 1],
           "dilation": [2, 1], "groups": 4},
          {"layer": "maxPool", "size": 3, "stride": 2, "padding": 1, "ceil": true},
          {"layer": "averagePool", "size": 3, "padding": 1, "countPadding": false},
          {"layer": "globalAveragePool"}, {"layer": "flatten"},
          {"layer": "dense", "outputs": 10}]}
        """)
            .network();
    assertEquals(
        "[1x28x20, 4x14x10, 4x14x10, 4x8x6, 4x3x2, 4x1x1, 4, 10]", network.shapes().toString());
    assertEquals(164 + 40 + 50, network.parameters());
  }

  /// Pools, joins and attention need no sizes.
  @Test
  void layersWithoutWeightsNeedNoSizes() throws IOException {
    Network network =
        read("""
        {"input": [4, 6, 1], "layers": [
          {"layer": "attention", "heads": 2, "reads": ["input", "input", "input"]},
          {"layer": "layerNorm"}]}
        """)
            .network();
    assertEquals("[4x6x1, 4x6x1, 4x6x1]", network.shapes().toString());
  }

  @Test
  void layersWithoutSizesAreNone() throws IOException {
    Outline outline = read("{\"input\":[4],\"layers\":[{\"layer\":\"dense\"}]}");
    assertTrue(
        String.valueOf(assertThrows(IllegalArgumentException.class, outline::network).getMessage())
            .startsWith("the layers do not say how large they are; give each"));
  }

  @Test
  void aNetworksOutlineHasItsSizes() {
    Network network = SmallNetworks.mlp(Neuron.parse("tanh"), 2, 3, 2);
    Outline outline = Outline.of(network);
    assertTrue(outline.sized());
    assertEquals(network.layers(), outline.parts().stream().map(Outline.Part::layer).toList());
    assertEquals(Optional.empty(), outline.parts().getFirst().name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                                       | an architecture is an object of 'input' and 'layers', as in {"input":[784],"layers":[{"layer":"dense"}]}
          {"input":[4],"layer":[]}                                 | 'layer' is not known (did you mean 'layers'?); use format, input, layers
          {"input":[4],"layers":{}}                                | 'layers' must be a list
          {"input":4,"layers":[]}                                  | 'input' must be a list
          {"input":[4],"layers":[]}                                | layers must be 1 to 1000, got 0
          {"input":[],"layers":[{"layer":"dense"}]}                | 'input': a shape needs at least one dimension
          {"input":[1,1,1,1,1,1,1,1,1],"layers":[{"layer":"dense"}]} | 'input': a shape has at most 8 dimensions, got 9
          {"input":[0],"layers":[{"layer":"dense"}]}               | 'input': dimensions must be at least 1, got [0]
          {"input":[4],"format":3,"layers":[{"layer":"dense"}]}    | its architecture has format 3, this version reads formats 1 and 2
          {"input":[4],"layers":["dense"]}                         | layer 0: a layer is an object, as in {"layer":"dense"}, got "dense"
          {"input":[4],"layers":[{"layer":"denze"}]}               | layer 0: no layer is called 'denze' (did you mean 'dense'?)
          {"input":[4],"layers":[{"layer":"dense","nane":"fc"}]}   | layer 0: 'nane' is not known (did you mean 'name'?); use causal, ceil, countPadding, dilation, epsilon, groups, heads, kernel, layer, name, neuron, outputs, padding, reads, shape, size, stride, vocabulary
          {"input":[4],"layers":[{"layer":"dense","size":3}]}      | layer 0: 'size' is not known; use layer, name, outputs, reads
          {"input":[4],"layers":[{"layer":"dense","name":3}]}      | layer 0: 'name' must be a text
          {"input":[4],"layers":[{"layer":"dense","name":" "}]}    | layer 0: a layer's name must be 1 to 200 characters, got ' '
          {"input":[4],"layers":[{"layer":"add","reads":"input"}]} | layer 0: 'reads' must be a list of layers
          {"input":[4],"layers":[{"layer":"add","reads":[0.5]}]}   | layer 0: 'reads' names layers by index or name, and the input of the network by "input", got 0.5
          {"input":[4],"layers":[{"layer":"add","reads":[0,0]}]}   | layer 0: it reads layer 0, but a layer reads those before it
          {"input":[4],"layers":[{"layer":"add","reads":["x"]}]}   | layer 0: no layer before it is called 'x'; the network's input is 'input'
          {"input":[4],"layers":[{"layer":"dense"},{"layer":"maxPool"}]} | layer 1: 'size' is missing
          {"input":[4],"layers":[{"layer":"neurons","neuron":"cosh"}]}   | layer 0: 'cosh' is not a neuron
          {"input":[4],"layers":[{"layer":"dense","outputs":3},{"layer":"dense"}]} | layer 1: 'outputs' is missing
          {"input":[4],"layers":[{"layer":"dense","outputs":0}]}   | layer 0: dimensions must be at least 1, got [0, 4]
          {"input":[4],"layers":[{"layer":"dense","groups":2}]}            | layer 0: 'groups' is not known; use layer, name, outputs, reads
          {"input":[4],"layers":[{"layer":"globalAveragePool","size":2}]}  | layer 0: 'size' is not known; use layer, name, reads
          {"input":[1,4,4],"layers":[{"layer":"maxPool","size":2,"countPadding":true}]} | layer 0: 'countPadding' is not known; use ceil, dilation, layer, name, padding, reads, size, stride
          {"input":[3,4,4],"layers":[{"layer":"convolution","outputs":4,"kernel":1,"groups":2}]} | layer 0: 3 inputs are not divisible into 2 groups
          {"input":[1,4,4],"layers":[{"layer":"convolution","groups":0}]}  | layer 0: groups must be at least 1, got 0
          {"input":[4],"layers":[{"layer":"dense","outputs":3,"kernel":3}]} | layer 0: 'kernel' is not known; use layer, name, outputs, reads
          {"input":[1,4,4],"layers":[{"layer":"convolution","outputs":3}]} | layer 0: 'kernel' is missing
          {"input":[1,4,4],"layers":[{"layer":"dense","outputs":3}]}       | layer 0: a dense layer of 16 inputs cannot read 1x4x4
          {"input":[1,4,4],"layers":[{"layer":"convolution","outputs":3,"kernel":5}]} | layer 0: a convolution kernel of 5x5 with padding 0 is larger
          {"input":[65536],"layers":[{"layer":"dense","outputs":65536}]}   | layer 0: a shape
          {"input":[4],"input":[5]}                                | Duplicate field 'input'
          """)
  void faultsAreNamed(String json, String fault) {
    String message = String.valueOf(assertThrows(IOException.class, () -> read(json)).getMessage());
    assertTrue(message.contains(fault), message);
    assertTrue(message.startsWith(folder.resolve("network.json").toString()), message);
  }

  @Test
  void tooManyLayersAreRefused() {
    String layers = "{\"layer\":\"flatten\"},".repeat(1000) + "{\"layer\":\"flatten\"}";
    String message =
        String.valueOf(
            assertThrows(
                    IOException.class, () -> read("{\"input\":[4],\"layers\":[" + layers + "]}"))
                .getMessage());
    assertTrue(message.endsWith("layers must be 1 to 1000, got 1001"), message);
  }
}
