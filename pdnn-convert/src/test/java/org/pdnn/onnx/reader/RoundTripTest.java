package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Place;
import org.pdnn.onnx.Examples;
import org.pdnn.onnx.FloatGraph;

class RoundTripTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.pdnn.onnx.Examples#all")
  void aNetworkThatIsWrittenIsReadAgainToTheBit(Network network) throws IOException {
    Path file = folder.resolve("network.onnx");
    FloatGraph.write(network, "1.2.3", Map.of("data", "digits"), file);
    OnnxModel model = OnnxModel.read(file);
    assertSame(network, model.network());
    assertEquals(List.of(), model.remarks());
  }

  /// Layers without weights have no names in ONNX.
  static void assertSame(Network expected, Network found) {
    assertEquals(expected.layers(), found.layers());
    assertEquals(expected.tensors(), found.tensors());
    assertEquals(
        expected.places().stream().map(Place::reads).toList(),
        found.places().stream().map(Place::reads).toList());
  }

  @ParameterizedTest
  @MethodSource("org.pdnn.onnx.Examples#all")
  void theWrittenFileTakesBatchesOfAnySizeAndAgreesWithOnnxRuntime(Network network)
      throws IOException, OrtException {
    Path file = folder.resolve("network.onnx");
    FloatGraph.write(network, "1.2.3", Map.of(), file);
    byte[] model = Files.readAllBytes(file);
    OnnxModel read = new OnnxModel(network, List.of());
    Agreement.assertAgrees(read, model, 1);
    Agreement.assertAgrees(read, model, 7);
  }

  @Test
  void theWrittenFileTellsWhoWroteItAndWhatWasNoted() throws IOException {
    Path file = folder.resolve("network.onnx");
    FloatGraph.write(Examples.perceptron(), "1.2.3", Map.of("data", "digits"), file);
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    assertEquals("pdnn", model.getProducerName());
    assertEquals("1.2.3", model.getProducerVersion());
    assertEquals("data", model.getMetadataProps(0).getKey());
    assertEquals("digits", model.getMetadataProps(0).getValue());
    assertEquals(1, model.getOpsetImportCount());
  }

  @Test
  void ofARandomNetworkTheDeterministicTwinIsWritten() throws IOException {
    Network random = Examples.images().withNeurons(_ -> Neuron.parse("pbit:tanh"));
    Path file = folder.resolve("network.onnx");
    FloatGraph.write(random, "1", Map.of(), file);
    assertEquals(random.deterministicTwin(), OnnxModel.read(file).network());
  }

  @Test
  void nothingIsWrittenOfNeuronsThatOnnxDoesNotHave() {
    Network coarse = Examples.perceptron().withNeurons(_ -> Neuron.parse("tanh:3bit"));
    Path file = folder.resolve("network.onnx");
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> FloatGraph.write(coarse, "1", Map.of(), file))
                .getMessage());
    assertTrue(message.contains("tanh:3bit"), message);
    assertFalse(Files.exists(file));
  }
}
