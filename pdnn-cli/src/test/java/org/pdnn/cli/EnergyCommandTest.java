package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.network.Shape;

/// `pdnn energy`: networks, language models, technologies.
class EnergyCommandTest {
  @TempDir private Path folder;

  @Test
  void energyAsJson() throws IOException {
    JsonNode json =
        Outcome.done("energy", "paper:vgg5", "--samples", "1,10", "--format", "json").json();
    assertEquals(2, json.path("curve").size());
    JsonNode point = json.path("curve").path(0);
    assertEquals(
        Set.of(
            "samples",
            "weightsNanojoules",
            "activationsNanojoules",
            "synapseNanojoules",
            "neuronNanojoules",
            "totalNanojoules",
            "gain"),
        Outcome.keys(point));
    assertEquals(2705.97, point.path("weightsNanojoules").asDouble(), 0.005);
    Outcome.assertKeys(
        json.path("provenance"), "technology", "convention", "version", "assumptions");
  }

  @Test
  void energyByLayerAndSwept() throws IOException {
    Path model =
        SmallFiles.model(folder.resolve("m.safetensors"), "mlp:784-4-10", Shape.of(1, 28, 28), 10);
    JsonNode layers =
        Outcome.done("energy", model, "--samples", "4", "--layers", "--format", "json").json();
    assertEquals(4, layers.path("samples").asInt());
    assertTrue(layers.path("layers").size() >= 2, layers.toString());
    JsonNode swept =
        Outcome.done("energy", "paper:vgg5", "--sweep-memory", "0..1:0.5", "--format", "json")
            .json();
    assertEquals(3, swept.path("curve").size());
    assertEquals(0.5, swept.path("curve").path(1).path("memoryPicojoulesPerBit").asDouble());
    assertEquals(7, Outcome.done("energy", "paper:vgg5", "--format", "csv").rows().size());
    assertTrue(Outcome.done("energy", "paper:vgg5").out().contains("Convention paper:"));
  }

  /// One block of width 8: 80 + 80 of embedding and head, 256 of attention, 480 of the MLP, norms
  /// 24.
  @Test
  void energyOfALanguageModel() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("config.json"),
            """
            {"model_type": "llama", "hidden_size": 8, "num_hidden_layers": 1,
             "num_attention_heads": 2, "intermediate_size": 20, "vocab_size": 10}
            """);
    Object[] words = {"energy", config, "--prompt", 4, "--generate", 2, "--batch", 2};
    JsonNode json = Outcome.done(Outcome.joined(words, "--format", "json")).json();
    assertTrue(json.path("prediction").asBoolean());
    assertTrue(json.path("description").asText().contains("llama of 920 parameters"));
    assertEquals(2, json.path("curve").size());
    JsonNode generation = json.path("curve").path(1);
    Outcome.assertKeys(generation, "phase", "tokens", "joulesPerToken", "cacheNanojoules", "gain");
    assertEquals(
        generation.path("totalNanojoules").asDouble() * 1e-9,
        2 * generation.path("joulesPerToken").asDouble(),
        1e-20);
    assertEquals("16", json.path("provenance").path("choices").path("weightBits").asText());
    JsonNode bits =
        Outcome.done(
                Outcome.joined(words, "--neuron", "pbit", "--samples", "1,2", "--format", "json"))
            .json();
    assertEquals(4, bits.path("curve").size());
    assertTrue(Outcome.done(Outcome.joined(words, "--layers")).out().contains("softmax"));
    assertTrue(Outcome.done(words).out().contains("prediction"));
  }

  @Test
  void technologiesAreListed() throws IOException {
    String text = Outcome.done("list", "technologies").out();
    assertTrue(text.contains("smtj7 (estimate): ") && text.contains("doi:"), text);
    JsonNode json = Outcome.done("list", "technologies", "--format", "json").json();
    assertEquals(12, json.path("technologies").size());
    String estimate = Outcome.done("energy", "paper:vgg5", "--technology", "in-memory14").out();
    assertTrue(estimate.contains("in-memory14 (estimate)"), estimate);
    JsonNode chip = Outcome.done("energy", "paper:qmc", "--format", "json").json();
    assertEquals(0.13e-3, chip.path("curve").path(0).path("overheadNanojoules").asDouble(), 1e-12);
  }
}
