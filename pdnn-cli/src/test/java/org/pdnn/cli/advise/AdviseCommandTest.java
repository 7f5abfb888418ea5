package org.pdnn.cli.advise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;

/// `pdnn advise` for a network that learnt from six hundred digits.
class AdviseCommandTest {
  @TempDir private static Path folder;
  private static Path data = Path.of("data");
  private static Path model = Path.of("model");

  @BeforeAll
  static void train() throws IOException {
    data = SmallFiles.digits(folder.resolve("data"), 600, 100);
    model = train("pbit:sigmoid");
  }

  private static Path train(String neuron) {
    Path file = folder.resolve(neuron.replace(':', '-') + ".safetensors");
    Outcome.done(
        "train",
        "--data",
        data,
        "--network",
        "cnn:4-8",
        "--neuron",
        neuron,
        "--epochs",
        12,
        "--learning-rate",
        0.01,
        "--out",
        file);
    return file;
  }

  private static Object[] advise(Path file, Object... more) {
    Object[] words = {"advise", file, "--data", data, "--samples", "1,4"};
    return Outcome.joined(words, more);
  }

  /// Two T by two schemes with bits and expectation, and five deterministic networks.
  @Test
  void everyWayToRunIsMeasuredAtTheSameWidth() throws IOException {
    JsonNode json = Outcome.done(advise(model, "--format", "json")).json();
    assertEquals(2 * 2 * 2 + 5, json.path("configurations").size());
    json.path("configurations").forEach(one -> assertEquals("8", one.path("weights").asText()));
    assertTrue(json.path("verdict").path("answer").asText().matches("samples|bits|even"));
    assertEquals(0.005, json.path("verdict").path("tolerance").asDouble());
    assertTrue(json.path("technologies").size() > 5);
  }

  @Test
  void theAnswerIsASentence() {
    String text = Outcome.done(advise(model)).words();
    assertTrue(text.matches("(?s).*(Samples|Bits|Even): .* reach(es)? [0-9.]+ % for .*"), text);
    assertTrue(text.contains("Required accuracy: "), text);
  }

  /// A bound that nothing fulfils names what comes nearest.
  @Test
  void energyAndLatencyCanBeBounded() {
    String text =
        Outcome.done(advise(model, "--under", "1J", "--under-latency", "10s", "--within", "3"))
            .words();
    assertTrue(text.contains("Under 1.000 J: "), text);
    assertTrue(text.contains("on one core of this machine: "), text);
    assertTrue(text.contains("3.00 points below"), text);
    assertTrue(
        Outcome.done(advise(model, "--under-latency", "1us"))
            .words()
            .contains("No number of samples takes less than 0.00100 ms"));
  }

  @Test
  void aDeterministicNetworkGetsPbits() {
    String text = Outcome.done(advise(train("sigmoid"))).words();
    assertTrue(text.contains("p-bits were put in place of its neurons"), text);
  }

  @Test
  void unboundedNeuronsAreRefused() {
    assertTrue(
        Outcome.refused(2, advise(train("relu")))
            .contains(
                "activations at layers 3, 7 are unbounded and can be neither p-bits nor rounded to"
                    + " few bits"));
  }
}
