package org.pdnn.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Outcome;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.ModelFile;
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
      boolean random = !engine.path("deterministic").asBoolean();
      assertEquals(
          random ? engine.path("samples").asInt() : 1, engine.path("meanSamples").asDouble());
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

  /// A margin of 0 stops every input after its first pass.
  @Test
  void inputsStopAtAMarginThatWasChosenForTheModel(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("m.safetensors");
    Network network =
        Preset.network("mlp:784-8-10", Shape.of(1, 28, 28), 10, Neuron.parse("pbit:sigmoid"));
    new Model(InitialWeights.GLOROT.of(network, 1), Map.of()).write(file);
    Path margin =
        Files.writeString(
            folder.resolve("margin.json"),
            """
            {"samples": 32, "stops": [{"changedAtMost": 0.01, "margin": 0}],
             "provenance": {"modelSha256": "%s", "scheme": "scrambled", "last": "bits",
                            "sampler": "integer, weights 4"}}
            """
                .formatted(ModelFile.read(file).sha256()));
    Object[] words = {
      "bench",
      "inference",
      "--model",
      file,
      "--until-margin",
      margin,
      "--batch",
      3,
      "--rounds",
      1,
      "--engines",
      "integer-early-stop",
      "--format",
      "json",
      "--samples"
    };
    JsonNode engine = Outcome.done(Outcome.joined(words, 32)).json().path("engines").path(0);
    assertEquals(32, engine.path("samples").asInt());
    assertEquals(1, engine.path("meanSamples").asDouble());
    Outcome refused = Outcome.of(Outcome.joined(words, 8));
    assertTrue(refused.err().contains("chosen for other passes: --samples"), refused.err());
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

  @Test
  void aServerUnderLoad() throws IOException {
    JsonNode json =
        Outcome.done(
                "bench",
                "serving",
                "--network",
                "mlp:784-8-10",
                "--requests",
                40,
                "--concurrency",
                4,
                "--deadline",
                "1s",
                "--time",
                "200ms",
                "--overload",
                "200ms",
                "--format",
                "json")
            .json();
    Map<String, Double> values = new HashMap<>();
    Set<String> parts = new LinkedHashSet<>();
    for (JsonNode each : json.path("measurements")) {
      parts.add(each.path("part").asText());
      values.put(each.path("name").asText(), each.path("value").asDouble());
    }
    assertEquals(
        List.of(
            "warm-up",
            "concurrency 1",
            "stream",
            "concurrency 4",
            "deadline 1000.0 ms, concurrency 4",
            "twice the capacity"),
        List.copyOf(parts));
    for (String name : List.of("engine p50", "request p50", "first event p50", "server")) {
      assertTrue(values.getOrDefault(name, 0.0) > 0, name);
    }
    for (String name :
        List.of("not answered", "answers without a sample", "other replies", "lost")) {
      assertEquals(0, values.get(name), name);
    }
    assertTrue(values.getOrDefault("samples p50", 0.0) > 8, "no deadline ended the passes");
    Outcome.assertKeys(json.path("provenance"), "samples", "threads", "version", "jdk", "cpu");
  }

  @Test
  void onlyAModelOfAServerIsMeasured() {
    for (String url : List.of("http://localhost:8080", "https://localhost/v2/models/p5", "p5")) {
      assertTrue(
          Outcome.refused(2, "bench", "serving", "--url", url).startsWith("--url must be as in"),
          url);
    }
  }

  /// Spin after spin and 64 replicas at once; D-Wave's sampler where this machine has it.
  @Test
  void speedsOfIsingSamplers() throws IOException {
    JsonNode json =
        Outcome.done("bench", "ising", "glass:8x8", "--rounds", 1, "--format", "json").json();
    JsonNode samplers = json.path("samplers");
    assertTrue(samplers.size() >= 2, json.toString());
    assertEquals("reference", samplers.path(0).path("name").asText());
    assertEquals(1, samplers.path(0).path("ratioToReference").asDouble());
    assertTrue(json.path("updatesPerSecond").asDouble() > 0);
  }
}
