package org.pdnn.cli.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.network.Shape;

/// What `pdnn energy` answers beside the energy against T. VGG5 by the convention paper takes
/// 2,705.97 nJ for weights and 1,981.76 nJ for each sample, its twin 132,753 nJ.
class EnergyQuestionsTest {
  @TempDir private static Path folder;

  private static Object[] words(String line, Object... more) {
    return Stream.concat(Arrays.stream(line.split(" ")), Arrays.stream(more)).toArray();
  }

  private static JsonNode json(String line) throws IOException {
    return Outcome.done(words(line, "--format", "json")).json();
  }

  @Test
  void firstSampleAndEachFurtherOne() throws IOException {
    JsonNode json = json("energy paper:vgg5 --samples 4");
    assertEquals(4687.73, json.path("firstSampleNanojoules").asDouble(), 0.005);
    assertEquals(1981.76, json.path("furtherSampleNanojoules").asDouble(), 0.005);
    assertTrue(
        Outcome.done(words("energy paper:vgg5"))
            .out()
            .startsWith(
                """
                Hidden neurons: pbit:sigmoid.
                First sample 4687.73 nJ, each further one 1981.76 nJ.
                """));
  }

  /// (132,753 - 2,705.97) / 1,981.76 = 65.6.
  @Test
  void breakEven() throws IOException {
    JsonNode json = json("energy paper:vgg5 --break-even --samples 10,70");
    assertEquals("upTo", json.path("breakEven").asText());
    assertEquals(65, json.path("breakEvenSamples").asInt());
    JsonNode ten = json.path("curve").path(0);
    assertEquals("always", ten.path("memoryBreakEven").asText());
    // 10 samples take 19,817.6 nJ beside 2,202,122 weights of 32 bits.
    assertEquals(0.28123, ten.path("weightsTakeHalfPicojoulesPerBit").asDouble(), 1e-5);
    assertEquals("never", json.path("curve").path(1).path("memoryBreakEven").asText());
    String text = Outcome.done(words("energy paper:vgg5 --break-even")).out();
    assertTrue(text.contains("\nUp to T = 65 samples cost no more than"), text);
  }

  @Test
  void fanInAndBits() throws IOException {
    JsonNode fanIn = json("energy paper:vgg5 --sweep-fan-in 16..48:16");
    assertEquals("pbit:sigmoid", fanIn.path("neuron").asText());
    assertEquals(3, fanIn.path("curve").size());
    assertEquals(48, fanIn.path("curve").path(2).path("fanIn").asInt());
    JsonNode bits = json("energy paper:vgg5 --sweep-bits 1..32 --samples 10");
    assertEquals(32, bits.path("curve").size());
    JsonNode last = bits.path("curve").path(31);
    assertEquals(32, last.path("weightBits").asInt());
    assertEquals(5.894, last.path("gain").asDouble(), 0.001);
    assertFalse(last.has("memoryPicojoulesPerBit"));
  }

  /// All sweeps read lists and ranges; a range is exact, its end included.
  @Test
  void sweepsShareOneNotation() throws IOException {
    for (String sweep : List.of("memory", "bits", "fan-in")) {
      JsonNode curve = json("energy paper:vgg5 --sweep-" + sweep + " 1,2,4..8:2").path("curve");
      assertEquals(5, curve.size(), sweep);
    }
    JsonNode memory = json("energy paper:vgg5 --sweep-memory 0..5:0.1").path("curve");
    assertEquals(51, memory.size());
    assertEquals(0.3, memory.path(3).path("memoryPicojoulesPerBit").asDouble());
    assertEquals(5, memory.path(50).path("memoryPicojoulesPerBit").asDouble());
  }

  /// Figure 8c keeps activations in the memory of the weights: 60.18 without memories, and (4,958.8
  /// + 3,900) / (82.4 + 3,900) at the 1.875 pJ of a bit of block RAM.
  @Test
  void figure8c() throws IOException {
    String line =
        Files.readString(Path.of("..", "docs", "energy.md"))
            .lines()
            .filter(row -> row.contains("(figure 8c)"))
            .findFirst()
            .orElseThrow()
            .replaceAll(".*`./pdnn ([^`]+)`.*", "$1");
    double[] gains =
        json(line)
            .path("curve")
            .valueStream()
            .filter(point -> point.path("memoryPicojoulesPerBit").asDouble() % 1.875 == 0)
            .mapToDouble(point -> point.path("gain").asDouble())
            .toArray();
    assertEquals(2, gains.length);
    assertEquals(60.18, gains[0], 0.005);
    assertEquals(8858.8 / 3982.4, gains[1], 1e-4);
  }

  /// Nine samples on four samplers take three rounds, here of 2.04 ms as on the paper's FPGA.
  @Test
  void latency() throws IOException {
    JsonNode rounds = json("energy paper:vgg5 --parallel 4 --samples 9").path("curve").path(0);
    assertEquals(3, rounds.path("rounds").asInt());
    assertFalse(rounds.has("latencyMilliseconds"));
    JsonNode timed =
        json("energy paper:vgg5 --parallel 4 --samples 9 --pass-time 2.04ms").path("curve").path(0);
    assertEquals(6.12, timed.path("latencyMilliseconds").asDouble());
    assertEquals(rounds.path("totalNanojoules"), timed.path("totalNanojoules"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--samples 1,4",
        "--parallel 2",
        "--layers",
        "--break-even",
        "--sweep-memory 0..1:0.5",
        "--sweep-fan-in 1..4",
        "--sweep-bits 1..4"
      })
  void everyAnswerHasAChart(String question) throws IOException {
    Path page = folder.resolve(question.replaceAll("[^a-z]", ""));
    JsonNode json =
        Outcome.done(words("energy paper:qmc " + question, "--chart", page, "--format", "json"))
            .json();
    assertEquals(page.resolve("report.html").toString(), json.path("report").asText());
    assertTrue(Files.readString(page.resolve("report.html")).contains("Convention paper"));
    try (Stream<Path> figures = Files.list(page.resolve("figures"))) {
      assertTrue(figures.count() >= 2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --layers --break-even          | mutually exclusive
          --layers --parallel 2          | apply only to the energy against T
          --sweep-fan-in 5..1            | '5..1' is not a list of numbers; use 1,2,4, FROM..TO or FROM..TO:STEP upwards
          --sweep-fan-in 0..1            | fan-ins must be whole numbers from 1 to 100000, got 0
          --sweep-bits few               | 'few' is not a list of numbers
          --sweep-bits 30..65            | weight bits must be whole numbers from 1 to 64, got 65
          --sweep-bits 1..2:0.5          | weight bits must be whole numbers from 1 to 64, got 1.5
          --sweep-memory 0..1:0          | '0..1:0' is not a list of numbers
          --sweep-memory 0..1e9:1e-9     | at most 100000 numbers are swept
          --sweep-memory 1e999999999     | '1e999999999' is not a list of numbers
          --sweep-memory 1:2             | '1:2' is not a list of numbers
          --parallel 0                   | parallel samplers must be at least 1, got 0
          --pass-time 2                  | '2' is not a time; use a number and s, ms, us or ns
          --pass-time -2ms               | is not a time
          """)
  void whatCannotBeAsked(String question, String sentence) {
    String told = Outcome.refused(2, words("energy paper:vgg5 " + question));
    assertTrue(told.contains(sentence), told);
  }

  /// What evaluate measures is what energy takes: rates other than a half move the additions alone.
  @Test
  void firingRatesAreMeasuredAndCharged() throws IOException {
    Path data = SmallFiles.digits(folder.resolve("digits"), 12, 10);
    Path model =
        SmallFiles.model(folder.resolve("m.safetensors"), "mlp:784-8-10", Shape.of(1, 28, 28), 10);
    JsonNode rates = Outcome.done("firing-rates", model, "--data", data, "--format", "json").json();
    assertEquals(12, rates.path("images").asInt());
    assertEquals(2, rates.path("firingRates").size());
    assertEquals(1, rates.path("firingRates").path(0).path("firingRate").asDouble(), "pixels");
    double rate = rates.path("firingRates").path(1).path("firingRate").asDouble();
    assertTrue(rate > 0.3 && rate < 0.7, "untrained p-bits, got " + rate);
    String additions = rates.path("additions").asText();
    JsonNode charged = json("energy " + model + " --samples 1 --additions " + additions);
    JsonNode half = json("energy " + model + " --samples 1");
    // 80 synapses read bits: a fourth of 0.239 pJ for each addition of 8 bits more or less.
    assertEquals(
        80 * (rate - 0.5) * 0.239e-3 / 4,
        charged.path("curve").path(0).path("synapseNanojoules").asDouble()
            - half.path("curve").path(0).path("synapseNanojoules").asDouble(),
        1e-6);
  }

  @Test
  void aHundredThousandPointsAreTimed() throws IOException {
    JsonNode json = json("bench energy --rounds 1");
    assertEquals(100_000, json.path("points").asInt());
    assertTrue(json.path("pointsPerSecond").asDouble() > 0);
    assertTrue(json.path("provenance").has("cpu"));
  }
}
