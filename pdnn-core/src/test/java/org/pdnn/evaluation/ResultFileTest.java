package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.network.Neuron;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Philox;

class ResultFileTest {
  private static final List<String> POINT_KEYS =
      List.of(
          "samples",
          "scheme",
          "accuracy",
          "accuracyLow",
          "accuracyHigh",
          "negativeLogLikelihood",
          "negativeLogLikelihoodLow",
          "negativeLogLikelihoodHigh",
          "brier",
          "brierLow",
          "brierHigh",
          "expectedCalibrationError",
          "expectedCalibrationErrorLow",
          "expectedCalibrationErrorHigh",
          "equivalentSamples",
          "equivalentSamplesLow",
          "equivalentSamplesHigh",
          "agreement",
          "agreementLow",
          "agreementHigh");

  /// Not static: threads that measure need the class to be initialised.
  private final Result result = result("mlp \"ä\"\n");

  @TempDir Path folder;

  private static Result result(String model) {
    Evaluation evaluation = Evaluation.of(7, 1, 4);
    Curve curve =
        evaluation.measure(
            SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 4, 5, 3, 2),
            new RandomInputs(23, 4, 2),
            Philox::new,
            1,
            done -> {});
    Provenance provenance =
        new Provenance(
            evaluation,
            "block, philox",
            Optional.of("00ff"),
            Optional.empty(),
            new Environment("0.1.0", "25.0.1", "a processor", 2),
            Instant.parse("2026-01-02T03:04:05Z"));
    return new Result(model, "digits", curve, provenance);
  }

  private static List<String> names(JsonNode json) {
    return json.propertyStream().map(java.util.Map.Entry::getKey).toList();
  }

  @Test
  void theDocumentHasTheKeysThatScriptsRelyOn() {
    JsonNode json = result.toJson();
    assertEquals(List.of("model", "data", "curve", "deterministic", "provenance"), names(json));
    assertEquals(POINT_KEYS, names(json.path("curve").path(1)));
    assertEquals(2, json.path("curve").size());
    List<String> exact =
        POINT_KEYS.stream().filter(key -> !key.startsWith("equivalentSamples")).toList();
    assertEquals(exact, names(json.path("deterministic")));
    assertEquals(
        """
        {"seed":7,"seeds":5,"samples":[1,4],"scheme":"scrambled","averaging":"end","last":"bits",\
        "outputs":"logits","sampler":"block, philox","modelSha256":"00ff","version":"0.1.0",\
        "jdk":"25.0.1","cpu":"a processor","processors":2,"time":"2026-01-02T03:04:05Z"}\
        """,
        json.path("provenance").toString());
    assertFalse(json.toString().contains("NaN"));
  }

  /// The twin is measured in real numbers, whatever the model is; a deterministic model has none.
  @Test
  void theDeterministicTwinHasALine() throws IOException {
    Path file = folder.resolve("results.jsonl");
    ResultFile.append(file, result);
    ResultFile.Line twin = ResultFile.read(file).getLast();
    assertTrue(twin.twin());
    assertEquals(result.curve().deterministic(), twin.point());
    assertEquals("block", twin.provenance().sampler());
    Curve exact = new Curve(List.of(twin.point()), twin.point());
    String lines = ResultFile.lines(new Result("m", "d", exact, result.provenance()));
    assertEquals(1, lines.lines().count());
    assertFalse(lines.contains("deterministicTwin"));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve("deep/results.jsonl");
    ResultFile.append(file, result);
    ResultFile.append(file, result("other"));
    List<ResultFile.Line> lines = ResultFile.read(file);
    assertEquals(List.of(1, 4, 1, 1, 4, 1), lines.stream().map(l -> l.point().samples()).toList());
    assertEquals(
        new ResultFile.Line(
            result.model(), "digits", false, result.curve().points().get(1), result.provenance()),
        lines.get(1));
    assertEquals("other", lines.get(3).model());
    assertEquals(
        POINT_KEYS.size() + 3,
        new JsonMapper().readTree(Files.readAllLines(file).getFirst()).size());
  }

  @Test
  void aLineThatWasCutDoesNotSpoilTheNext() throws IOException {
    Path file = folder.resolve("results.jsonl");
    Files.writeString(file, "{\"model\":");
    ResultFile.append(file, result);
    assertEquals(4, Files.readAllLines(file).size());
    var e = assertThrows(IOException.class, () -> ResultFile.read(file));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith(file + " line 1 is not a result: not JSON"));
  }

  @Test
  void whatIsNoFileOfResultsIsNotAddedTo() throws IOException {
    Path none = folder.resolve("none.jsonl");
    ResultFile.requireAppendable(none);
    assertFalse(Files.exists(none));
    ResultFile.append(none, result);
    ResultFile.requireAppendable(none);
    Path other = Files.write(folder.resolve("model"), new byte[] {0, 1, 2, (byte) 200});
    var e = assertThrows(IOException.class, () -> ResultFile.requireAppendable(other));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith(other + " line 1 is not a result: "),
        e.getMessage());
    var isFolder = assertThrows(IOException.class, () -> ResultFile.requireAppendable(folder));
    assertEquals(folder + " is a folder; name a file", isFolder.getMessage());
  }

  @Test
  void faultsAreShortAndPrintable() throws IOException {
    Path file = folder.resolve("results.jsonl");
    Files.writeString(file, "{\"model\": \"\\u001b" + "x".repeat(5000) + "\", \"data\": 7}");
    var e = assertThrows(IOException.class, () -> ResultFile.read(file));
    assertTrue(String.valueOf(e.getMessage()).length() < 400, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "samples":4                        | "samples":0        | samples must be at least 1, got 0
          "samples":4                        | "samples":4.5      | 'samples' is not an integer: 4.5
          "scheme":"scrambled","accuracy":   | "scheme":"x","accuracy": | unknown scheme 'x'
          "accuracyLow":                     | "a":               | 'accuracyLow' is missing
          "brierHigh":                       | "brierHigh":-      | an estimate must be finite
          "brierHigh":                       | "brierHigh":9e999, "b": | an estimate must be finite
          "time":"2026                       | "time":"x2026      | 'time' is not an ISO instant
          "outputs":"logits"                 | "outputs":"votes"  | 'outputs' is unknown: votes
          "seeds":5                          | "seeds":0          | seeds must be 1 to 1000, got 0
          "data":"digits"                    | "data":7           | 'data' is not a text: 7
          "data":"digits"                    | "model":""         | not JSON (Duplicate
          """)
  void theFaultAndItsLineAreNamed(String sound, String damaged, String fault) throws IOException {
    Path file = folder.resolve("results.jsonl");
    ResultFile.append(file, result);
    List<String> lines = Files.readAllLines(file);
    assertTrue(lines.get(1).contains(sound));
    Files.write(file, List.of(lines.get(0), lines.get(1).replace(sound, damaged)));
    var e = assertThrows(IOException.class, () -> ResultFile.read(file));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith(file + " line 2 is not a result: " + fault),
        e.getMessage());
  }

  @Test
  void anyDamageIsAnIoException() throws IOException {
    Path file = folder.resolve("results.jsonl");
    ResultFile.append(file, result);
    byte[] sound = Files.readAllBytes(file);
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] bytes =
          Arrays.copyOf(sound, random.nextBoolean() ? sound.length : random.nextInt(sound.length));
      for (int edits = random.nextInt(4); edits > 0 && bytes.length > 0; edits--) {
        bytes[random.nextInt(bytes.length)] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : "{}[]\",:-.e09\n".charAt(random.nextInt(13)));
      }
      Files.write(file, bytes);
      try {
        ResultFile.read(file);
      } catch (IOException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + " line "));
      }
    }
    assertTrue(refused > 500);
    assertEquals(0, new String(sound, StandardCharsets.UTF_8).indexOf('{'));
  }
}
