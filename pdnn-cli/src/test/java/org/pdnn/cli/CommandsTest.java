package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.evaluation.Provenance;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;

/// The commands from data to answers, on a few hundred digits.
class CommandsTest {
  private static final List<String> MEASURES =
      List.of("accuracy", "negativeLogLikelihood", "brier", "expectedCalibrationError");

  @TempDir static Path folder;
  private static Path data = Path.of("data");
  private static Path model = Path.of("model");
  private static Outcome training = new Outcome(0, "", "");

  @BeforeAll
  static void train() throws IOException {
    data = SmallFiles.digits(folder.resolve("data"), 600, 80);
    model = folder.resolve("new").resolve("p.safetensors");
    training = train(model, "--format", "json");
  }

  private static Outcome train(Path out, Object... more) {
    Object[] words = {
      "train",
      "--data",
      data,
      "--network",
      "mlp:784-32-10",
      "--samples",
      2,
      "--epochs",
      6,
      "--learning-rate",
      0.01,
      "--validation",
      100,
      "--out",
      out
    };
    return Outcome.done(joined(words, more));
  }

  private static Object[] joined(Object[] first, Object... second) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  private static Outcome evaluate(Object... more) {
    return Outcome.done(joined(new Object[] {"evaluate", model, "--data", data}, more));
  }

  private static void assertKeys(JsonNode node, String... keys) {
    for (String key : keys) {
      assertTrue(node.has(key), key + " is missing in " + node.toPrettyString());
    }
  }

  private static Set<String> keys(JsonNode node) {
    Set<String> keys = new HashSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /// Rows of comma-separated values, all as long as the header.
  private static List<List<String>> csv(Outcome outcome) {
    List<List<String>> rows =
        outcome.out().lines().map(line -> List.of(line.split(",", -1))).toList();
    for (List<String> row : rows) {
      assertEquals(rows.getFirst().size(), row.size(), outcome.out());
    }
    return rows;
  }

  @Test
  void trainingWritesAModelAndTellsHowItWent() throws IOException {
    JsonNode json = training.json();
    assertKeys(json, "model", "modelSha256", "parameters", "validationAccuracy", "validationLoss");
    assertEquals(model.toString(), json.path("model").asText());
    assertEquals(Provenance.sha256(model), json.path("modelSha256").asText());
    assertEquals(784 * 32 + 32 + 320 + 10, json.path("parameters").asInt());
    assertTrue(json.path("validationAccuracy").asDouble() > 0.3, json.toString());
    assertKeys(json.path("provenance"), "seed", "samples", "epochs", "version", "jdk", "cpu");
    assertEquals(2, json.path("provenance").path("samples").asInt());
    Model read = Model.read(model);
    assertEquals("pbit:sigmoid", read.notes().get("neuron"));
    try (Stream<Path> files = Files.list(model.resolveSibling("."))) {
      assertFalse(files.anyMatch(file -> file.getFileName().toString().contains("checkpoint")));
    }
  }

  @Test
  void trainingAgainGivesTheSameFile() throws IOException {
    Path again = folder.resolve("again.safetensors");
    Outcome text = train(again);
    assertEquals(-1, Files.mismatch(model, again));
    assertTrue(text.out().startsWith(again + ": 25,450 parameters; validation accuracy "));
    assertEquals(1, text.out().lines().count());
  }

  @Test
  void trainingAsCsvIsOneRow() {
    List<List<String>> rows = csv(train(folder.resolve("csv.safetensors"), "--format", "csv"));
    assertEquals(2, rows.size());
    assertEquals("model", rows.getFirst().getFirst());
  }

  @Test
  void evaluationAsJson() throws IOException {
    JsonNode json = evaluate("--samples", "1,4,2", "--format", "json").json();
    assertEquals(Set.of("model", "data", "curve", "deterministic", "provenance"), keys(json));
    assertEquals(3, json.path("curve").size());
    int samples = 1;
    for (JsonNode point : json.path("curve")) {
      assertEquals(samples, point.path("samples").asInt());
      assertEquals("scrambled", point.path("scheme").asText());
      for (String measure : MEASURES) {
        assertKeys(point, measure, measure + "Low", measure + "High");
        double value = point.path(measure).asDouble();
        assertTrue(point.path(measure + "Low").asDouble() <= value);
        assertTrue(point.path(measure + "High").asDouble() >= value);
      }
      if (samples > 1) {
        assertKeys(point, "equivalentSamples", "equivalentSamplesLow", "equivalentSamplesHigh");
      }
      samples *= 2;
    }
    JsonNode provenance = json.path("provenance");
    assertKeys(
        provenance,
        "seed",
        "samples",
        "scheme",
        "modelSha256",
        "dataSha256",
        "version",
        "jdk",
        "cpu");
    assertEquals(Provenance.sha256(model), provenance.path("modelSha256").asText());
  }

  @Test
  void evaluationAsCsv() {
    List<List<String>> rows = csv(evaluate("--samples", "1,2", "--format", "csv"));
    assertEquals(3, rows.size());
    assertTrue(rows.getFirst().containsAll(MEASURES));
    double accuracy = Double.parseDouble(rows.get(2).get(rows.getFirst().indexOf("accuracy")));
    assertTrue(accuracy > 0.2 && accuracy <= 1, "accuracy " + accuracy);
  }

  @Test
  void evaluationAsText() {
    List<String> lines = evaluate("--samples", "1..3").out().lines().toList();
    assertTrue(lines.getFirst().matches("T +accuracy % +95 % +NLL +Brier +ECE +N_eq +agreement %"));
    assertTrue(lines.get(1).startsWith("1 ") && lines.get(3).startsWith("3 "));
    assertTrue(lines.get(4).startsWith("deterministic "));
    assertEquals(5, lines.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--scheme independent",
        "--average layer",
        "--last expectation",
        "--outputs probabilities",
        "--scheme stratified --seed 9"
      })
  void theAnswerDoesNotDependOnThreads(String options) throws IOException {
    JsonNode one = curve(1, options);
    assertEquals(one, curve(2, options));
    assertEquals(one, curve(7, options));
  }

  private static JsonNode curve(int threads, String options) throws IOException {
    return evaluate(
            joined(
                options.split(" "),
                "--threads",
                threads,
                "--samples",
                "1,3",
                "--images",
                40,
                "--format",
                "json"))
        .json()
        .path("curve");
  }

  @Test
  void resultsGoToFiles() throws IOException {
    Path results = folder.resolve("results.jsonl");
    Path out = folder.resolve("out").resolve("curve.json");
    for (int run = 0; run < 2; run++) {
      Outcome silent =
          evaluate(
              "--samples",
              "1,2",
              "--images",
              20,
              "--results",
              results,
              "--out",
              out,
              "--format",
              "json");
      assertEquals("", silent.out());
    }
    assertEquals(4, ResultFile.read(results).size());
    assertEquals(2, new Outcome(0, Files.readString(out), "").json().path("curve").size());
  }

  @Test
  void predictions() throws IOException {
    Object[] words = {
      "predict", model, "--data", data, "--index", 3, "--samples", 16, "--top", 10, "--format"
    };
    JsonNode json = Outcome.done(joined(words, "json")).json();
    assertEquals(Set.of("model", "classes", "provenance"), keys(json));
    double sum = 0;
    double before = 1;
    for (JsonNode likely : json.path("classes")) {
      assertEquals(Set.of("class", "probability", "logit", "spread"), keys(likely));
      double probability = likely.path("probability").asDouble();
      assertTrue(probability <= before);
      before = probability;
      sum += probability;
    }
    assertEquals(10, json.path("classes").size());
    assertEquals(1, sum, 1e-9);
    assertEquals(json, Outcome.done(joined(words, "json")).json());
    assertEquals(11, csv(Outcome.done(joined(words, "csv"))).size());
    assertTrue(Outcome.done(joined(words, "text")).out().startsWith("class  probability %"));
  }

  @Test
  void predictionsStopOnceTheyAreConfident() throws IOException {
    Object[] words = {"predict", model, "--data", data, "--index", 3, "--until-confident", 0.9};
    JsonNode json = Outcome.done(joined(words, "--format", "json")).json();
    JsonNode looks = json.path("looks");
    int samples = looks.path(looks.size() - 1).path("samples").asInt();
    assertEquals(1 << (looks.size() - 1), samples);
    assertTrue(looks.path(looks.size() - 1).path("settled").asBoolean());
    // The answer is that of a run with as many samples from the beginning.
    JsonNode whole =
        Outcome.done(
                "predict",
                model,
                "--data",
                data,
                "--index",
                3,
                "--samples",
                samples,
                "--format",
                "json")
            .json();
    assertEquals(whole.path("classes"), json.path("classes"));
    assertTrue(Outcome.done(words).out().contains("Stopped at T = " + samples + " of 32"));
  }

  @Test
  void whatStoppingEarlySaves() throws IOException {
    Object[] words = {"--until-confident", "0.9,0.99", "--seeds", 2, "--samples", "16", "--format"};
    JsonNode json = evaluate(joined(words, "json")).json();
    assertKeys(json, "model", "data", "samples", "accuracy", "stops", "provenance");
    assertEquals(16, json.path("samples").asInt());
    assertEquals(2, json.path("stops").size());
    for (JsonNode stop : json.path("stops")) {
      assertKeys(stop, "confidence", "meanSamples", "accuracy", "changed", "changedHigh");
      double mean = stop.path("meanSamples").asDouble();
      assertTrue(mean >= 2 && mean <= 16, "mean T " + mean);
    }
    assertEquals(3, csv(evaluate(joined(words, "csv"))).size());
    assertTrue(evaluate(joined(words, "text")).out().startsWith("confidence  mean T"));
  }

  /// The index of an image is its address: alone it gets the bits it has within the set.
  @Test
  void aPictureIsPredictedFromAFile() throws IOException {
    Path picture = folder.resolve("blank.png");
    javax.imageio.ImageIO.write(
        new java.awt.image.BufferedImage(28, 28, java.awt.image.BufferedImage.TYPE_BYTE_GRAY),
        "png",
        picture.toFile());
    JsonNode json = Outcome.done("predict", model, "--input", picture, "--format", "json").json();
    assertEquals(3, json.path("classes").size());
  }

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
        keys(point));
    assertEquals(2705.97, point.path("weightsNanojoules").asDouble(), 0.005);
    assertKeys(json.path("provenance"), "technology", "convention", "version", "assumptions");
  }

  @Test
  void energyByLayerAndSwept() throws IOException {
    JsonNode layers =
        Outcome.done("energy", model, "--samples", "4", "--layers", "--format", "json").json();
    assertEquals(4, layers.path("samples").asInt());
    assertTrue(layers.path("layers").size() >= 2, layers.toString());
    JsonNode swept =
        Outcome.done("energy", "paper:vgg5", "--sweep-memory", "0..1:0.5", "--format", "json")
            .json();
    assertEquals(3, swept.path("curve").size());
    assertEquals(0.5, swept.path("curve").path(1).path("memoryPicojoulesPerBit").asDouble());
    assertEquals(7, csv(Outcome.done("energy", "paper:vgg5", "--format", "csv")).size());
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
    JsonNode json = Outcome.done(joined(words, "--format", "json")).json();
    assertTrue(json.path("prediction").asBoolean());
    assertTrue(json.path("description").asText().contains("llama of 920 parameters"));
    assertEquals(2, json.path("curve").size());
    JsonNode generation = json.path("curve").path(1);
    assertKeys(generation, "phase", "tokens", "joulesPerToken", "cacheNanojoules", "gain");
    assertEquals(
        generation.path("totalNanojoules").asDouble() * 1e-9,
        2 * generation.path("joulesPerToken").asDouble(),
        1e-20);
    assertEquals("16", json.path("provenance").path("choices").path("weightBits").asText());
    JsonNode bits =
        Outcome.done(joined(words, "--neuron", "pbit", "--samples", "1,2", "--format", "json"))
            .json();
    assertEquals(4, bits.path("curve").size());
    assertTrue(Outcome.done(joined(words, "--layers")).out().contains("softmax"));
    assertTrue(Outcome.done(words).out().contains("prediction"));
  }

  @Test
  void technologiesAreListed() throws IOException {
    String text = Outcome.done("energy", "--list-technologies").out();
    assertTrue(text.contains("smtj7 (estimate): ") && text.contains("doi:"), text);
    JsonNode json = Outcome.done("energy", "--list-technologies", "--format", "json").json();
    assertEquals(12, json.path("technologies").size());
    String estimate = Outcome.done("energy", "paper:vgg5", "--technology", "in-memory14").out();
    assertTrue(estimate.contains("in-memory14 (estimate)"), estimate);
    JsonNode chip = Outcome.done("energy", "paper:qmc", "--format", "json").json();
    assertEquals(0.13e-3, chip.path("curve").path(0).path("overheadNanojoules").asDouble(), 1e-12);
  }

  @Test
  void aStudyFromDataToReport() throws IOException {
    Path tiny = SmallFiles.digits(folder.resolve("tiny"), 100, 30);
    Path out = folder.resolve("study");
    Object[] words = {
      "study", "--data", tiny, "--network", "mlp:784-8-10", "--epochs", 1, "--out", out
    };
    JsonNode json = Outcome.done(joined(words, "--format", "json")).json();
    assertEquals(Set.of("verdict", "report", "curves", "provenance"), keys(json));
    assertFalse(json.path("verdict").asText().isBlank());
    assertEquals(out.resolve("report.html").toString(), json.path("report").asText());
    assertTrue(Files.readString(out.resolve("report.html")).contains("<html"));
    assertEquals(7, json.path("curves").size());
    assertTrue(ResultFile.read(out.resolve("results.jsonl")).size() > 12);
    try (Stream<Path> models = Files.list(out.resolve("models"))) {
      assertEquals(
          List.of(
              "deterministic-1bit.safetensors",
              "deterministic-32bit.safetensors",
              "deterministic-3bit.safetensors",
              "pdnn-s1.safetensors",
              "pdnn-s5.safetensors"),
          models.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

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
    assertEquals(3 + 4 * 2, json.path("contenders").size());
    for (JsonNode contender : json.path("contenders")) {
      assertTrue(contender.path("medianMicrosecondsPerInput").asDouble() > 0);
      assertTrue(contender.path("gigaMacsPerSecond").asDouble() > 0);
      assertTrue(contender.path("shareOfLimit").asDouble() > 0);
      boolean fp32 = contender.path("name").asText().endsWith("-fp32");
      assertTrue(!fp32 || contender.path("ratioToBestFp32Peer").asDouble() >= 1);
    }
    assertTrue(json.path("limit").path("fp32GigaMacsPerSecond").asDouble() > 1);
    assertKeys(
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
                "--contenders",
                "libtorch-fp32,libtorch-pbit",
                "--format",
                "json")
            .json();
    assertEquals("libtorch-fp32", json.path("bestFp32Peer").asText());
    assertEquals(1, json.path("contenders").size(), "a deterministic network is not sampled");
    assertEquals("digits test", json.path("provenance").path("inputs").asText());
    assertEquals(64, json.path("provenance").path("weights").asText().length());
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
    assertEquals(3, json.path("strategies").size());
    for (JsonNode strategy : json.path("strategies")) {
      assertTrue(strategy.path("medianImagesPerSecond").asDouble() > 0);
      assertTrue(strategy.path("ratioToWhole").asDouble() > 0);
    }
    assertKeys(json.path("provenance"), "samples", "threads", "version", "jdk", "cpu");
  }
}
