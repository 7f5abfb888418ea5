package org.pdnn.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Outcome;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;

/// `pdnn bench`: speeds of inference and training.
class BenchCommandTest {
  @Test
  void speedsOfInference() throws IOException {
    JsonNode json =
        Outcome.done(
                "bench",
                "inference",
                "--network",
                "mlp:784-8-10",
                "--batch",
                3,
                "--samples",
                "1,2",
                "--rounds",
                1,
                "--format",
                "json")
            .json();
    assertEquals(5 + 4 * 2, json.path("engines").size());
    for (JsonNode engine : json.path("engines")) {
      assertTrue(engine.path("medianMicrosecondsPerInput").asDouble() > 0);
      assertTrue(engine.path("gigaMacsPerSecond").asDouble() > 0);
      assertTrue(engine.path("shareOfLimit").asDouble() > 0);
      boolean fp32 = engine.path("name").asText().endsWith("-fp32");
      assertTrue(!fp32 || engine.path("ratioToBestFp32Peer").asDouble() >= 1);
    }
    assertTrue(json.path("limit").path("fp32GigaMacsPerSecond").asDouble() > 1);
    Outcome.assertKeys(
        json.path("provenance"), "samples", "threads", "onnxruntime", "libtorch", "jdk", "cpu");
  }

  @Test
  void speedsOfAModelOnRealInputs(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("twin.safetensors");
    Network network =
        Preset.network("mlp:784-8-10", Shape.of(1, 28, 28), 10, Neuron.parse("sigmoid"));
    new Model(InitialWeights.GLOROT.of(network, 1), Map.of()).write(file);
    JsonNode json =
        Outcome.done(
                "bench",
                "inference",
                "--model",
                file,
                "--data",
                "digits",
                "--batch",
                2,
                "--rounds",
                1,
                "--engines",
                "libtorch-fp32,libtorch-pbit",
                "--format",
                "json")
            .json();
    assertEquals("libtorch-fp32", json.path("bestFp32Peer").asText());
    assertEquals(1, json.path("engines").size(), "a deterministic network is not sampled");
    assertEquals("digits test", json.path("provenance").path("inputs").asText());
    assertEquals(64, json.path("provenance").path("weights").asText().length());
  }

  @Test
  void trainingStepsOfAnyPreset() throws IOException {
    JsonNode json =
        Outcome.done(
                "bench",
                "training",
                "--network",
                "ds-cnn",
                "--samples",
                1,
                "--rounds",
                1,
                "--format",
                "json")
            .json();
    assertEquals("ds-cnn", json.path("network").asText());
  }

  @Test
  void speedsOfTraining() throws IOException {
    JsonNode json =
        Outcome.done(
                "bench",
                "training",
                "--network",
                "mlp:784-8-10",
                "--samples",
                2,
                "--rounds",
                1,
                "--format",
                "json")
            .json();
    assertEquals(5, json.path("strategies").size());
    for (JsonNode strategy : json.path("strategies")) {
      assertTrue(strategy.path("medianImagesPerSecond").asDouble() > 0);
      assertTrue(strategy.path("ratioToWhole").asDouble() > 0);
    }
    assertEquals(
        List.of("addressed", "addressed", "addressed", "torch.rand", "none"),
        json.path("strategies").findValuesAsText("randomNumbers"));
    double addressed = json.path("strategies").get(2).path("medianImagesPerSecond").asDouble();
    double torchRand = json.path("strategies").get(3).path("medianImagesPerSecond").asDouble();
    assertEquals(torchRand / addressed, json.path("timeOverTorchRand").asDouble(), 1e-9);
    double deterministic = json.path("strategies").get(4).path("medianImagesPerSecond").asDouble();
    assertEquals(deterministic / addressed, json.path("timeOverDeterministic").asDouble(), 1e-9);
    Outcome.assertKeys(json.path("provenance"), "samples", "threads", "version", "jdk", "cpu");
  }
}
