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
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;

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
    Measured measured =
        evaluation.measured(
            SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 4, 5, 3, 2),
            Precision.REAL,
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
    return Result.of(model, "digits", measured, provenance);
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

  /// The twin has the weights that the model was measured with; a deterministic model has none.
  @Test
  void theDeterministicTwinHasALine() throws IOException {
    Path file = folder.resolve("results.jsonl");
    ResultFile.append(file, result);
    ResultFile.Line twin = read(file).getLast();
    assertTrue(twin.twin());
    CurvePoint point = result.curve().deterministic();
    assertEquals(1, twin.samples());
    assertEquals(point.accuracy(), twin.accuracy());
    assertEquals("block", twin.provenance().sampler());
    Result exact =
        new Result("m", "d", new Curve(List.of(point), point), List.of(), result.provenance());
    String lines = ResultFile.lines(exact);
    assertEquals(1, lines.lines().count());
    assertFalse(lines.contains("deterministicTwin"));
    assertFalse(exact.toJson().has("deterministic"), "its one point stands in the curve");
  }

  /// Nothing is drawn for a deterministic network, whatever scheme was asked for.
  @Test
  void aDeterministicPointHasNoScheme() throws IOException {
    CurvePoint point = result.curve().deterministic();
    assertEquals(Optional.empty(), point.scheme());
    assertEquals("deterministic", point.toJson().path("scheme").textValue());
    Path file = folder.resolve("results.jsonl");
    ResultFile.append(file, result);
    List<ResultFile.Line> lines = read(file);
    assertEquals(Optional.of(Scheme.SCRAMBLED), lines.getFirst().scheme());
    assertEquals(Optional.empty(), lines.getLast().scheme());
  }

  @Test
  void aPointIsReadAsItWasWritten() {
    for (CurvePoint point :
        List.of(result.curve().points().getLast(), result.curve().deterministic())) {
      assertEquals(point, CurvePoint.fromJson(point.toJson()));
    }
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve("deep/results.jsonl");
    ResultFile.append(file, result);
    ResultFile.append(file, result("other"));
    List<ResultFile.Line> lines = read(file);
    assertEquals(List.of(1, 4, 1, 1, 4, 1), lines.stream().map(ResultFile.Line::samples).toList());
    assertEquals(
        new ResultFile.Line(
            result.model(),
            "digits",
            false,
            4,
            Optional.of(Scheme.SCRAMBLED),
            result.curve().points().get(1).accuracy(),
            new ResultFile.Origin(
                Averaging.END,
                LastHidden.BITS,
                Outputs.LOGITS,
                5,
                "block, philox",
                Optional.of("00ff"),
                Optional.empty()),
            Optional.of(result.grades().get(1))),
        lines.get(1));
    assertEquals("other", lines.get(3).model());
    assertEquals(
        POINT_KEYS.size() + 4,
        new JsonMapper().readTree(Files.readAllLines(file).getFirst()).size());
  }

  /// As a writer leaves it that is killed: first, in between, last.
  @Test
  void aLineThatWasCutDoesNotSpoilTheOthers() throws IOException {
    Path file = folder.resolve("results.jsonl");
    Files.writeString(file, "{\"model\":");
    ResultFile.append(file, result);
    assertEquals(4, Files.readAllLines(file).size());
    String line = Files.readAllLines(file).getLast();
    Files.writeString(
        file, line.substring(0, line.length() - 1), StandardOpenOption.APPEND); // the last brace
    ResultFile.append(file, result);
    Files.writeString(file, line.substring(0, line.length() / 2), StandardOpenOption.APPEND);
    List<String> remarks = new ArrayList<>();
    assertEquals(6, ResultFile.read(file, remarks::add).size());
    assertEquals(
        Stream.of(1, 5, 9)
            .map(number -> "%s line %s was cut off and is left out".formatted(file, number))
            .toList(),
        remarks);
  }

  /// Its first line is a brace, as that of other JSON: no result that was cut.
  @Test
  void aDocumentIsNoFileOfResults() throws IOException {
    Path file = folder.resolve("curve.json");
    Files.writeString(file, result.toJson().toPrettyString());
    assertTrue(
        refusal(file)
            .matches(
                "\\Q%s line 1 is not a result: not JSON (\\E.*; pdnn evaluate --results FILE writes lines of results"
                    .formatted(file)));
  }

  /// What is measured otherwise has no other fields than these.
  @Test
  void fieldsThatNobodyReadsAreNotAskedFor() throws IOException {
    Path file = folder.resolve("own.jsonl");
    String own =
        """
        {"model":"m","data":"d","samples":4,"scheme":"xor","accuracy":0.5,"accuracyLow":0.4,\
        "accuracyHigh":0.6,"provenance":{"averaging":"end","last":"bits","outputs":"logits",\
        "seeds":1,"sampler":"block"}}
        """;
    Files.writeString(file, own);
    assertEquals(new Estimate(0.5, 0.4, 0.6), read(file).getFirst().accuracy());
    Files.writeString(file, own.replace("provenance", "origin"));
    assertEquals(
        file
            + " line 1 is not a result: 'provenance' is missing; pdnn evaluate --results FILE"
            + " writes lines of results",
        refusal(file));
  }

  private static List<ResultFile.Line> read(Path file) throws IOException {
    return ResultFile.read(file, Assertions::fail);
  }

  private static String refusal(Path file) {
    return String.valueOf(assertThrows(IOException.class, () -> read(file)).getMessage());
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
    String refusal = refusal(file);
    assertTrue(refusal.length() < 400, refusal);
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
          "accuracyHigh":                    | "accuracyHigh":-   | an estimate must be finite
          "accuracyHigh":                    | "accuracyHigh":9e999, "b": | an estimate must be finite
          "provenance":                      | "provenance":4,"b": | 'provenance' is not an object: 4
          "sampler":                         | "b":               | 'sampler' is missing
          "outputs":"logits"                 | "outputs":"votes"  | 'outputs' is unknown: votes
          "seeds":5                          | "seeds":0          | seeds must be 1 to 10000, got 0
          "data":"digits"                    | "data":7           | 'data' is not a text: 7
          "data":"digits"                    | "model":""         | not JSON (Duplicate
          """)
  void theFaultAndItsLineAreNamed(String sound, String damaged, String fault) throws IOException {
    Path file = folder.resolve("results.jsonl");
    ResultFile.append(file, result);
    List<String> lines = Files.readAllLines(file);
    assertTrue(lines.get(1).contains(sound));
    Files.write(file, List.of(lines.get(0), lines.get(1).replace(sound, damaged)));
    String refusal = refusal(file);
    assertTrue(refusal.startsWith(file + " line 2 is not a result: " + fault), refusal);
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
        ResultFile.read(file, _ -> {});
      } catch (IOException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + " line "));
      }
    }
    assertTrue(refused > 500);
    assertEquals(0, new String(sound, StandardCharsets.UTF_8).indexOf('{'));
  }
}
