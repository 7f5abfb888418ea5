package org.pdnn.cli.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.ExplorerData;
import org.pdnn.cli.Outcome;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;

class ExploreCommandTest {
  @TempDir private Path folder;

  private Path model(String file, String preset, String neuron, Shape input) throws IOException {
    Path path = folder.resolve(file);
    new Model(
            InitialWeights.GLOROT.of(Preset.network(preset, input, 10, Neuron.parse(neuron)), 1),
            Map.of())
        .write(path);
    return path;
  }

  private Path digits(String file, String neuron) throws IOException {
    return model(file, "mlp:784-6-10", neuron, Shape.of(1, 28, 28));
  }

  private Object[] explore(Path... models) {
    Object[] words = {
      "explore",
      "--data",
      "digits",
      "--digits",
      "20",
      "--images",
      "30",
      "--out",
      folder.resolve("explorer.html")
    };
    return Outcome.joined(words, (Object[]) models);
  }

  private JsonNode data() throws IOException {
    return ExplorerData.of(folder.resolve("explorer.html"));
  }

  @Test
  void thePageHoldsEveryWidthSchemeAndTwin() throws Exception {
    assertEquals(
        folder.resolve("explorer.html") + "\n",
        Outcome.done(explore(digits("p.safetensors", "pbit:sigmoid"))).out());
    JsonNode data = data();
    assertEquals(4, data.path("widths").size());
    for (JsonNode width : data.path("widths")) {
      // Five twins, and 13 numbers of samples by four schemes.
      assertEquals(5 + 13 * 4, width.path("trials").size());
    }
    assertEquals(10, data.path("examples").size());
    String pixels = data.path("examples").get(0).path("pixels").asText();
    assertEquals(28 * 28, Base64.getDecoder().decode(pixels).length);
  }

  @Test
  void twinsThatAreNamedAreCompared() throws Exception {
    Outcome.done(
        explore(
            digits("p.safetensors", "pbit:sigmoid"),
            digits("one.safetensors", "sigmoid:1bit"),
            digits("three.safetensors", "sigmoid:3bit")));
    JsonNode trials = data().path("widths").get(0).path("trials");
    assertEquals(2 + 13 * 4, trials.size());
    assertEquals(1, trials.get(0).path("bits").asInt());
    assertEquals(3, trials.get(1).path("bits").asInt());
  }

  @Test
  void whatCannotBeShownIsRefused() throws Exception {
    Path pdnn = digits("p.safetensors", "pbit:sigmoid");
    Path twin = digits("twin.safetensors", "sigmoid");
    assertTrue(Outcome.refused(2, explore(twin)).contains("name the p-DNN first"));
    assertTrue(Outcome.refused(2, explore(pdnn, pdnn)).contains("name one p-DNN"));
  }
}
