package org.pdnn.cli.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.evaluation.Estimate;
import org.pdnn.network.Shape;

class AnalyseCommandTest {
  @TempDir Path folder;

  private Outcome analyse(Object... more) throws IOException {
    Path data = SmallFiles.digits(folder.resolve("digits"), 1, 20);
    Path model =
        SmallFiles.model(
            folder.resolve("m.safetensors"), "mlp:784-8-6-10", Shape.of(1, 28, 28), 10);
    Object[] words = {"analyse", model, "--data", data, "--images", 20};
    Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Outcome.done(all);
  }

  @Test
  void sharesOfLayersAndPredictedAccuracy() throws IOException {
    JsonNode json =
        analyse("--scheme", "scrambled", "--at", 4, "--samples", "1,4", "--format", "json").json();
    assertEquals(2, json.path("layers").size());
    JsonNode first = json.path("layers").path(0);
    assertTrue(first.path("mainLow").asDouble() < first.path("totalHigh").asDouble());
    assertTrue(first.path("equivalentSamplesOnly").asDouble() > 1);
    assertTrue(json.path("variance").asDouble() > 0);
    JsonNode units = json.path("additive").path(0);
    assertEquals("single words", units.path("words").asText());
    assertTrue(units.path("least").asDouble() <= units.path("most").asDouble());
    JsonNode pools = json.path("additive").path(1);
    assertTrue(pools.path("leastLow").asDouble() <= pools.path("mostHigh").asDouble());
    assertEquals(1, json.path("provenance").path("seed").asInt());
    assertEquals("scrambled", json.path("provenance").path("scheme").asText());
    assertEquals(4, json.path("provenance").path("samples").asInt());
    assertEquals(4, json.path("predicted").path(1).path("samples").asInt());
    double accuracy = json.path("predicted").path(1).path("accuracy").asDouble();
    assertTrue(accuracy >= 0 && accuracy <= 1);
    Estimate interval = Estimate.ofShare(accuracy, json.path("images").asInt());
    JsonNode four = json.path("predicted").path(1);
    assertEquals(interval.low(), four.path("accuracyImagesLow").asDouble());
    assertEquals(interval.high(), four.path("accuracyImagesHigh").asDouble());
    JsonNode margins = json.path("margins");
    assertEquals(5, margins.size());
    assertTrue(
        margins.path(0).path("shareAbove").asDouble()
            >= margins.path(4).path("shareAbove").asDouble());
  }

  @Test
  void theTablesNameTheLayers() throws IOException {
    String text = analyse().out();
    assertTrue(text.contains("layer 2") && text.contains("layer 4"), text);
    assertTrue(text.contains("additive      at least %"), text);
    assertTrue(text.contains("\nsingle words ") && text.contains("\nwhole pools "), text);
    assertTrue(text.contains("predicted accuracy %"), text);
  }

  @Test
  void aNetworkWithoutNoiseIsRefused() throws IOException {
    Path data = SmallFiles.digits(folder.resolve("digits"), 1, 20);
    Path model =
        SmallFiles.model(folder.resolve("m.safetensors"), "mlp:784-8-10", Shape.of(1, 28, 28), 10);
    assertEquals(
        "the network draws nothing; it has no variance",
        Outcome.refused(2, "analyse", model, "--data", data, "--images", 4, "--neuron", "sigmoid"));
  }
}
