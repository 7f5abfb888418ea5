package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pdnn.onnx.reader.ModelMaker.integer;
import static org.pdnn.onnx.reader.ModelMaker.list;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Place;
import org.pdnn.network.RandomGraphs;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.onnx.OnnxGraph;

/// Graphs whose branches part and meet.
class JoinsTest {
  @TempDir private Path folder;

  static Stream<Arguments> aGraphAnswersAsInOnnxRuntime() {
    return Stream.of(
        row(
            "a residual block",
            "Convolution BatchNorm Neurons Convolution BatchNorm Add Neurons",
            block()),
        row(
            "a value is joined to itself",
            "Add Multiply",
            vectors().node("Add", "x x", "a").node("Mul", "a a", "y")),
        row(
            "a sum of three and a constant, whose bias comes after",
            "Dense Neurons Add BatchNorm",
            vectors()
                .weights("w", 6, 6)
                .weights("c", 6)
                .node("MatMul", "x w", "a")
                .node("Tanh", "x", "b")
                .node("Sum", "c a x b", "y")),
        row("a sum of one", "Neurons", vectors().node("Sum", "x", "a").node("Tanh", "a", "y")),
        row(
            "a sum of one and a constant is a bias",
            "Dense",
            vectors()
                .weights("w", 6, 6)
                .weights("c", 6)
                .node("MatMul", "x w", "a")
                .node("Sum", "a c", "y")),
        row(
            "a bias that others do not read",
            "Dense BatchNorm Add",
            vectors()
                .weights("w", 6, 6)
                .weights("c", 6)
                .node("MatMul", "x w", "a")
                .node("Add", "a c", "b")
                .node("Add", "a b", "y")),
        row(
            "a bias that others do not read, after an identity",
            "Dense BatchNorm Multiply",
            vectors()
                .weights("w", 6, 6)
                .weights("c", 6)
                .node("MatMul", "x w", "m")
                .node("Identity", "m", "a")
                .node("Add", "c a", "b")
                .node("Mul", "b a", "y")),
        row(
            "clipped to [-1, 2], read by three",
            "BatchNorm Neurons BatchNorm Convolution Convolution Add",
            images()
                .floats("low", List.of(), -1)
                .floats("high", List.of(), 2)
                .weights("v", 3, 3, 3, 3)
                .weights("w", 3, 3, 3, 3)
                .node("Clip", "x low high", "a")
                .node("Conv", "a v", "b", list("pads", 1, 1, 1, 1))
                .node("Conv", "a w", "c", list("pads", 1, 1, 1, 1))
                .node("Sum", "a b c", "y")),
        row(
            "clipped to [-1, 2], joined once",
            "BatchNorm Neurons BatchNorm Add",
            vectors()
                .floats("low", List.of(), -1)
                .floats("high", List.of(), 2)
                .node("Clip", "x low high", "a")
                .node("Add", "x a", "y")),
        row(
            "a mean of each value goes into two dense layers",
            "Flatten Flatten Dense Dense Add",
            images()
                .weights("mean", 1, 3, 4, 4)
                .weights("v", 48, 5)
                .weights("w", 48, 5)
                .node("Sub", "x mean", "a")
                .node("Flatten", "a", "b")
                .node("Flatten", "a", "c")
                .node("MatMul", "b v", "d")
                .node("MatMul", "c w", "e")
                .node("Add", "d e", "y")),
        row(
            "a mean of each value before a join of vectors",
            "BatchNorm Add",
            vectors().weights("mean", 1, 6).node("Sub", "x mean", "a").node("Add", "a x", "y")),
        row(
            "channels concatenated, and again",
            "Neurons Concatenate Convolution Concatenate",
            images()
                .weights("w", 2, 6, 1, 1)
                .node("Relu", "x", "a")
                .node("Concat", "x a", "b", integer("axis", 1))
                .node("Conv", "b w", "c")
                .node("Concat", "c b x", "y", integer("axis", -3))),
        row(
            "vectors concatenated along the last axis",
            "Dense Concatenate",
            vectors()
                .weights("w", 6, 2)
                .node("MatMul", "x w", "a")
                .node("Concat", "a x", "y", integer("axis", -1))),
        row(
            "nothing else to concatenate",
            "Neurons",
            vectors().node("Concat", "x", "a", integer("axis", 1)).node("Tanh", "a", "y")),
        row(
            "rows and columns before channels throughout",
            "Convolution Neurons Add Concatenate Convolution",
            new ModelMaker(13, 0, 4, 4, 3)
                .weights("v", 3, 3, 3, 3)
                .weights("w", 2, 6, 1, 1)
                .node("Transpose", "x", "c", list("perm", 0, 3, 1, 2))
                .node("Conv", "c v", "d", list("pads", 1, 1, 1, 1))
                .node("Transpose", "d", "e", list("perm", 0, 2, 3, 1))
                .node("Relu", "e", "f")
                .node("Add", "f x", "g")
                .node("Concat", "g e", "h", integer("axis", 3))
                .node("Transpose", "h", "i", list("perm", 0, 3, 1, 2))
                .node("Conv", "i w", "y")),
        row(
            "only the shape of a value is read",
            "Flatten Dense",
            images()
                .integers("zero", 0)
                .integers("minus", -1)
                .weights("w", 48, 2)
                .node("Relu", "x", "r")
                .node("Shape", "r", "s")
                .node("Gather", "s zero", "n", integer("axis", 0))
                .node("Concat", "n minus", "to", integer("axis", 0))
                .node("Reshape", "x to", "f")
                .node("MatMul", "f w", "y")),
        row(
            "nodes in any order",
            "Neurons Neurons Multiply",
            vectors().node("Mul", "a b", "y").node("Sigmoid", "x", "b").node("Tanh", "x", "a")));
  }

  private static Arguments row(String what, String layers, ModelMaker model) {
    return Arguments.of(what, layers, model);
  }

  private static ModelMaker vectors() {
    return new ModelMaker(13, 0, 6);
  }

  private static ModelMaker images() {
    return new ModelMaker(13, 0, 3, 4, 4);
  }

  private static ModelMaker block() {
    return images()
        .weights("layer1.0.conv1.weight", 3, 3, 3, 3)
        .weights("layer1.0.bn1.weight", 3)
        .weights("layer1.0.bn1.bias", 3)
        .weights("layer1.0.bn1.running_mean", 3)
        .floats("layer1.0.bn1.running_var", List.of(3L), 1, 2, 3)
        .node("Conv", "x layer1.0.conv1.weight", "a", list("pads", 1, 1, 1, 1))
        .node("BatchNormalization", "a " + tensors("layer1.0.bn1"), "b")
        .node("Relu", "b", "c")
        .weights("layer1.0.conv2.weight", 3, 3, 3, 3)
        .node("Conv", "c layer1.0.conv2.weight", "d", list("pads", 1, 1, 1, 1))
        .node("BatchNormalization", "d " + tensors("layer1.0.bn1"), "e")
        .node("Add", "e x", "f")
        .node("Relu", "f", "y");
  }

  private static String tensors(String module) {
    return "%1$s.weight %1$s.bias %1$s.running_mean %1$s.running_var".formatted(module);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aGraphAnswersAsInOnnxRuntime(String what, String layers, ModelMaker model)
      throws IOException, OrtException {
    OnnxModel read = model.output("y", 0).read(folder);
    assertEquals(
        layers,
        String.join(
            " ", read.network().layers().stream().map(l -> l.getClass().getSimpleName()).toList()),
        what);
    model.graph().getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().clearShape();
    Agreement.assertAgrees(read, model.toBytes(), 3);
  }

  @Test
  void aLayerIsCalledAfterItsModuleAndSharedWeightsOnce() throws IOException {
    Network network = block().output("y", 4).read(folder).network();
    assertEquals(
        List.of("layer1.0.conv1", "layer1.0.bn1", "2", "layer1.0.conv2", "4", "5", "6"),
        IntStream.range(0, 7).mapToObj(network::name).toList());
    assertTrue(network.tensors().containsKey("layer1.0.bn1.running_var"));
  }

  @Test
  void anIndexOrWhatIsNoModuleGivesNoName() throws IOException {
    for (String weight : List.of("0.weight", ".weight", "a\u2028b.weight", "a/b.weight", "w")) {
      Network network =
          vectors()
              .weights(weight, 6, 2)
              .node("MatMul", "x " + weight, "y")
              .output("y", 2)
              .read(folder)
              .network();
      assertEquals("0", network.name(0), weight);
      assertTrue(network.chain());
    }
  }

  static Stream<Arguments> aGraphThatIsWrittenIsReadAgainToTheBit() {
    List<String> neurons = List.of("relu", "sigmoid", "tanh", "clip");
    return LongStream.range(0, 40)
        .mapToObj(seed -> Arguments.of(seed, neurons.get((int) (seed % neurons.size()))));
  }

  @ParameterizedTest
  @MethodSource
  void aGraphThatIsWrittenIsReadAgainToTheBit(long seed, String neuron)
      throws IOException, OrtException {
    Network network = RandomGraphs.of(seed, 3 + (int) (seed % 28), Neuron.parse(neuron));
    byte[] model = FloatGraph.of(network, OnnxGraph.ANY_BATCH);
    OnnxModel read = OnnxModel.read(Files.write(folder.resolve("model.onnx"), model));
    assertEquals(List.of(), read.remarks());
    assertEquals(network.layers(), read.network().layers());
    assertEquals(
        network.places().stream().map(Place::reads).toList(),
        read.network().places().stream().map(Place::reads).toList());
    assertEquals(weightNames(network), weightNames(read.network()));
    Agreement.assertAgrees(read, model, 3);
  }

  private static List<String> weightNames(Network network) {
    return List.copyOf(network.tensors().keySet());
  }

  @Test
  void aGraphOfMoreLayersThanANetworkHasIsRefusedAtTheNode() throws IOException {
    ModelMaker model = vectors();
    for (int i = 0; i < 10_001; i++) {
      model.node("Add", i == 0 ? "x x" : "h%1$d h%1$d".formatted(i), "h" + (i + 1));
    }
    Faults.assertFault(
        "node 'Add_h10001' (Add): would be a layer more than the 10000 of any network",
        model.output("h10001", 2),
        folder);
  }

  @Test
  void tensOfThousandsOfNodesAreReadAndMoreRefused() throws IOException {
    ModelMaker wide = vectors();
    int nodes = 40_000;
    for (int i = 0; i < nodes; i++) {
      wide.node("Identity", i < 2 ? "x" : "h" + i / 2, "h" + (i + 1));
    }
    wide.node("Add", "h%d h%d".formatted(nodes, nodes - 1), "y");
    Network network = wide.output("y", 2).read(folder).network();
    assertEquals(
        List.of("Add"), network.layers().stream().map(l -> l.getClass().getSimpleName()).toList());
    ModelMaker deep = vectors();
    for (int i = 0; i < 100_000; i++) {
      deep.node("Relu", "x", "h" + i);
    }
    String fault = Faults.message(Files.write(folder.resolve("deep.onnx"), deep.toBytes()));
    assertTrue(fault.contains(": its graph has more than 65536 nodes; "), fault);
  }

  @Test
  void weightsThatAreComputedOnceAndReadOftenAreBounded() throws IOException {
    ModelMaker model =
        new ModelMaker(13, 0, 512)
            .weights("w", 512, 512)
            .node("Transpose", "w", "t", list("perm", 1, 0));
    for (int i = 0; i < 9000; i++) {
      model.node("MatMul", i == 0 ? "x t" : "h%d t".formatted(i), "h" + (i + 1));
    }
    Faults.assertFault(
        "more values than the weights in the file account for", model.output("h9000", 2), folder);
  }
}
