package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.files.Sha256;
import org.pdnn.network.Model;

/// From data to answers, on a few hundred digits: train, evaluate, predict.
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
    return Outcome.done(Outcome.joined(words, more));
  }

  private static Outcome evaluate(Object... more) {
    return ask("evaluate", more);
  }

  private static Outcome ask(String command, Object... more) {
    return Outcome.done(Outcome.joined(new Object[] {command, model, "--data", data}, more));
  }

  @Test
  void trainingWritesAModelAndTellsHowItWent() throws IOException {
    JsonNode json = training.json();
    Outcome.assertKeys(
        json, "model", "modelSha256", "parameters", "validationAccuracy", "validationLoss");
    assertEquals(model.toString(), json.path("model").asText());
    assertEquals(Sha256.of(model), json.path("modelSha256").asText());
    assertEquals(784 * 32 + 32 + 320 + 10, json.path("parameters").asInt());
    assertTrue(json.path("validationAccuracy").asDouble() > 0.3, json.toString());
    Outcome.assertKeys(
        json.path("provenance"), "seed", "samples", "epochs", "version", "jdk", "cpu");
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
    assertTrue(
        text.words()
            .matches(
                "\\Q%s\\E: 25,450 parameters; validation accuracy [0-9.]+ %% at T = 2"
                    .formatted(again)),
        text.out());
  }

  @Test
  void trainingAsCsvIsOneRow() {
    List<List<String>> rows = train(folder.resolve("csv.safetensors"), "--format", "csv").rows();
    assertEquals(2, rows.size());
    assertEquals("model", rows.getFirst().getFirst());
  }

  @Test
  void evaluationAsJson() throws IOException {
    JsonNode json = evaluate("--samples", "1,4,2", "--format", "json").json();
    assertEquals(
        Set.of("model", "data", "curve", "deterministic", "images", "remarks", "provenance"),
        Outcome.keys(json));
    assertEquals(80, json.path("images").asInt());
    assertEquals(0, json.path("remarks").size());
    assertEquals(3, json.path("curve").size());
    int samples = 1;
    for (JsonNode point : json.path("curve")) {
      assertEquals(samples, point.path("samples").asInt());
      assertEquals("scrambled", point.path("scheme").asText());
      double share = point.path("accuracy").asDouble();
      assertTrue(point.path("accuracyImagesLow").asDouble() < share);
      assertTrue(point.path("accuracyImagesHigh").asDouble() > share);
      for (String measure : MEASURES) {
        Outcome.assertKeys(point, measure, measure + "Low", measure + "High");
        double value = point.path(measure).asDouble();
        assertTrue(point.path(measure + "Low").asDouble() <= value);
        assertTrue(point.path(measure + "High").asDouble() >= value);
      }
      if (samples > 1) {
        Outcome.assertKeys(
            point, "equivalentSamples", "equivalentSamplesLow", "equivalentSamplesHigh");
      }
      samples *= 2;
    }
    JsonNode provenance = json.path("provenance");
    Outcome.assertKeys(
        provenance,
        "seed",
        "samples",
        "scheme",
        "modelSha256",
        "dataSha256",
        "version",
        "jdk",
        "cpu");
    assertEquals(Sha256.of(model), provenance.path("modelSha256").asText());
  }

  @Test
  void evaluationAsCsv() {
    List<List<String>> rows = evaluate("--samples", "1,2", "--format", "csv").rows();
    assertEquals(4, rows.size());
    assertTrue(rows.getFirst().containsAll(MEASURES));
    assertEquals(List.of("1", "deterministic"), rows.getLast().subList(0, 2));
    double accuracy = Double.parseDouble(rows.get(2).get(rows.getFirst().indexOf("accuracy")));
    assertTrue(accuracy > 0.2 && accuracy <= 1, "accuracy " + accuracy);
  }

  @Test
  void evaluationAsText() {
    List<String> lines = evaluate("--samples", "1..3").out().lines().toList();
    assertTrue(
        lines
            .getFirst()
            .matches(
                "T +accuracy % +95 %, seeds +95 %, images +NLL +Brier +ECE % +N_eq +agreement %"));
    assertTrue(lines.get(1).startsWith("1 ") && lines.get(3).startsWith("3 "));
    assertTrue(lines.get(4).startsWith("deterministic "));
    assertEquals(5, lines.size());
  }

  /// Paired on the same images, T by T; the deterministic one has a single point for every T.
  @Test
  void modelsAreCompared() throws IOException {
    Path other = folder.resolve("tanh.safetensors");
    train(other, "--neuron", "tanh");
    Object[] words = {"evaluate", model, other, "--data", data, "--samples", "1,4", "--seeds", 3};
    JsonNode json = Outcome.done(Outcome.joined(words, "--format", "json")).json();
    assertEquals(2, json.path("models").size());
    assertEquals(2, json.path("differences").size());
    for (int i = 0; i < 2; i++) {
      JsonNode difference = json.path("differences").path(i);
      assertEquals(other.toString(), difference.path("model").asText());
      assertEquals(i == 0 ? 1 : 4, difference.path("samples").asInt());
      assertEquals(80, difference.path("inputs").asInt());
      double one = json.path("models").path(0).path("curve").path(i).path("accuracy").asDouble();
      double two = json.path("models").path(1).path("curve").path(0).path("accuracy").asDouble();
      assertEquals(two - one, difference.path("difference").asDouble(), 1e-12);
      assertTrue(difference.path("low").asDouble() < two - one);
    }
    JsonNode exact = json.path("models").path(1);
    assertEquals("deterministic", exact.path("curve").path(0).path("scheme").asText());
    assertFalse(exact.has("deterministic"), "its one point stands in the curve");
    List<String> csv =
        Outcome.done(Outcome.joined(words, "--format", "csv")).out().lines().toList();
    assertTrue(csv.get(4).startsWith(other + ",1,deterministic,"), csv.get(4));
    assertEquals(1 + 3 + 1, csv.indexOf(""), "the curves, before an empty line");
    assertTrue(csv.getFirst().startsWith("model,samples,"), csv.getFirst());
    assertEquals(
        "model,against,samples,difference,low,high,noiseLow,noiseHigh,pValue,inputs,better,worse",
        csv.get(6));
    assertEquals(6 + 1 + 2, csv.size());
    String text = Outcome.done(words).words();
    assertTrue(
        text.contains("Differences of accuracy from %s, on the same 80 images".formatted(model)),
        text);
    String told = Outcome.refused(2, "confusion", model, other, "--data", data);
    assertTrue(told.startsWith("unexpected argument '" + other + "'"), told);
  }

  @Test
  void classesAreToldApart() throws IOException {
    JsonNode json = ask("confusion", "--samples", 4, "--seeds", 2, "--format", "json").json();
    int right = 0;
    int images = 0;
    for (JsonNode row : json.path("classes")) {
      int answers = 0;
      for (JsonNode count : row.path("predicted")) {
        answers += count.asInt();
      }
      assertEquals(2 * row.path("images").asInt(), answers);
      images += row.path("images").asInt();
      right += row.path("predicted").path(row.path("class").asText()).asInt();
    }
    assertEquals(80, images);
    JsonNode curve = evaluate("--samples", 4, "--seeds", 2, "--format", "json").json();
    assertEquals(curve.path("curve").path(0).path("accuracy").asDouble(), right / 160.0, 1e-12);
    List<List<String>> rows = ask("confusion", "--samples", 4, "--format", "csv").rows();
    assertEquals(
        List.of("class", "samples", "images", "accuracy", "predicted/0", "predicted/1"),
        rows.getFirst().subList(0, 6));
    assertEquals("4", rows.getLast().get(1));
    assertEquals(11, rows.size());
  }

  /// Labels and network have nothing to do with each other.
  @Test
  void anAccuracyAtChanceIsSaidToBeOne() throws IOException {
    Path untrained =
        SmallFiles.model(
            folder.resolve("untrained.safetensors"),
            "mlp:784-4-10",
            org.pdnn.network.Shape.of(1, 28, 28),
            10);
    Outcome outcome =
        Outcome.done("evaluate", untrained, "--data", data, "--samples", 2, "--format", "json");
    assertTrue(outcome.err().contains("cannot be told from always naming"), outcome.err());
    assertEquals(1, outcome.json().path("remarks").size());
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
            Outcome.joined(
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
    List<ResultFile.Line> lines = ResultFile.read(results, Assertions::fail);
    assertEquals(
        List.of(false, false, true, false, false, true),
        lines.stream().map(ResultFile.Line::twin).toList());
    JsonNode written = new Outcome(0, Files.readString(out), "").json().path("deterministic");
    assertEquals(written.path("accuracy").asDouble(), lines.getLast().accuracy().value());
    assertEquals(2, new Outcome(0, Files.readString(out), "").json().path("curve").size());
  }

  /// The file repeats one word: every pass of a neuron is the same, so T passes are worth one.
  @Test
  void measuredBitsAreTheRandomness() throws IOException {
    Path bits = folder.resolve("stuck.bits");
    byte[] stuck = new byte[4096];
    java.util.Arrays.fill(stuck, (byte) 0x5A);
    Files.write(bits, stuck);
    JsonNode json =
        evaluate(
                "--scheme",
                "independent",
                "--imperfection",
                "file:" + bits,
                "--samples",
                "1,8",
                "--images",
                20,
                "--format",
                "json")
            .json();
    JsonNode curve = json.path("curve");
    assertEquals(
        curve.path(0).path("negativeLogLikelihood"), curve.path(1).path("negativeLogLikelihood"));
    String sampler = json.path("provenance").path("sampler").asText();
    assertTrue(sampler.endsWith("measured bits stuck.bits of SHA-256 " + Sha256.of(bits)), sampler);
  }

  @Test
  void whatStoppingEarlySaves() throws IOException {
    Object[] words = {"--confidence", "0.9,0.99", "--seeds", 2, "--samples", "16", "--format"};
    JsonNode json = ask("early-stop", Outcome.joined(words, "json")).json();
    Outcome.assertKeys(json, "model", "data", "samples", "accuracy", "stops", "provenance");
    assertEquals(16, json.path("samples").asInt());
    assertEquals(3, json.path("stops").size(), "two confidences, and all samples");
    assertEquals(0.99, json.path("stops").path(1).path("confidence").asDouble());
    assertFalse(json.path("stops").path(2).has("confidence"));
    for (JsonNode stop : json.path("stops")) {
      Outcome.assertKeys(stop, "meanSamples", "accuracy", "changed", "changedHigh");
      double mean = stop.path("meanSamples").asDouble();
      assertTrue(mean >= 2 && mean <= 16, "mean T " + mean);
    }
    List<List<String>> rows = ask("early-stop", Outcome.joined(words, "csv")).rows();
    assertEquals(1 + 2 + 1, rows.size());
    assertEquals(List.of("", "16"), rows.getLast().subList(0, 2), "all samples of every image");
    String text = ask("early-stop", Outcome.joined(words, "text")).out();
    assertTrue(text.startsWith("confidence  mean T"), text);
    assertTrue(text.contains("\nnone         16.00"), text);
  }

  /// A margin is chosen on the images that the model held out, and used by predict; one that was
  /// chosen for other passes is refused.
  @Test
  void aMarginIsChosenOnceAndUsed() throws IOException {
    Path file = folder.resolve("margin.json");
    Object[] words = {"--changed-at-most", "5%", "--seeds", 2, "--samples", "16", "--format"};
    String text = ask("early-stop", Outcome.joined(words, "text")).out();
    assertTrue(text.contains("changed at most %"), text);
    assertTrue(text.contains("chosen on 100 training images that the model did not learn"), text);
    ask("early-stop", Outcome.joined(words, "json", "--out", file));
    JsonNode stops = new Outcome(0, Files.readString(file), "").json().path("stops");
    assertEquals(4, stops.size());
    JsonNode average = stops.path(2);
    assertEquals(0.05, average.path("changedAtMost").asDouble());
    assertFalse(average.has("confidence"));
    assertTrue(average.path("changed").asDouble() <= 0.1, average.toString());
    assertTrue(
        average.path("meanSamples").asDouble() < stops.path(1).path("meanSamples").asDouble());
    Object[] one = {"--index", 3, "--until-margin", file};
    int used =
        ask("predict", Outcome.joined(one, "--format", "json"))
            .json()
            .path("predictions")
            .path(0)
            .path("samples")
            .asInt();
    assertTrue(Set.of(1, 2, 4, 8, 16).contains(used), "T " + used);
    for (String other : List.of("--samples=8", "--scheme=independent", "--weights=4")) {
      Outcome refused =
          Outcome.of(Outcome.joined(new Object[] {"predict", model, "--data", data, other}, one));
      assertEquals(2, refused.code(), refused.err());
      String option = other.substring(0, other.indexOf('='));
      assertTrue(refused.err().contains(option + " differs; choose one for these"), refused.err());
    }
  }

  @Test
  void theHardestImagesAreMeasuredApart() throws IOException {
    JsonNode json = ask("early-stop", "--hardest", 5, "--seeds", 20, "--format", "json").json();
    for (JsonNode stop : json.path("stops")) {
      assertTrue(stop.path("worst").asDouble() >= stop.path("changed").asDouble());
    }
    String text = ask("early-stop", "--hardest", 5, "--seeds", 2).out();
    assertTrue(text.contains("worst image %"), text);
    assertTrue(text.contains("Only the 5 images whose class is the least certain."), text);
  }

  @Test
  void stepsIntoIntegersAreExplained() throws IOException {
    Object[] words = {"--samples", 4, "--seeds", 2, "--images", 50, "--format"};
    JsonNode json = ask("explain", Outcome.joined(words, "json")).json();
    assertEquals(Set.of("model", "data", "steps", "provenance"), Outcome.keys(json));
    JsonNode first = json.path("steps").path(0);
    JsonNode second = json.path("steps").path(1);
    assertEquals(Set.of("step", "effect", "samples", "accuracy"), Outcome.keys(first));
    assertEquals(4, first.path("samples").asInt());
    assertEquals(
        first.path("accuracy").asDouble() - second.path("accuracy").asDouble(),
        second.path("cost").asDouble(),
        1e-12);
    String text = ask("explain", Outcome.joined(words, "text")).out();
    assertTrue(text.contains("Accuracy at T = 4 on 50 training images, 2 noise seeds"), text);
    assertTrue(text.contains("\nfix-pre-activations: inputs of 8 bits"), text);
    assertTrue(
        Outcome.refused(2, "explain", model, "--data", data, "--weights", 32)
            .contains("choose --weights 8, 4, 2 or 1"));
  }

  @Test
  void firingRatesAreThoseThatEnergyTakes() throws IOException {
    JsonNode json = ask("firing-rates", "--format", "json").json();
    Outcome.assertKeys(json, "model", "data", "images", "firingRates", "additions", "provenance");
    assertEquals(64, json.path("images").asInt());
    assertEquals(2, json.path("firingRates").size());
    double rate = json.path("firingRates").path(1).path("firingRate").asDouble();
    List<List<String>> rows = ask("firing-rates", "--format", "csv").rows();
    assertEquals(List.of("layer", "firingRate"), rows.getFirst());
    assertEquals(rate, Double.parseDouble(rows.getLast().getLast()));
    String additions = json.path("additions").asText();
    assertTrue(
        ask("firing-rates").out().endsWith("For pdnn energy: --additions " + additions + "\n"));
    assertEquals(0, Outcome.of("energy", model, "--additions", additions).code());
  }

  @ParameterizedTest
  @CsvSource({
    "--explain, pdnn explain",
    "--firing-rates, pdnn firing-rates",
    "--per-class, pdnn confusion",
    "--until-confident=0.9, pdnn early-stop --confidence"
  })
  void formerOptionsNameTheirCommand(String option, String command) {
    assertEquals(
        "%s is a command of its own, %s; see %s --help"
            .formatted(option.replace("=0.9", ""), command, command.replace(" --confidence", "")),
        Outcome.refused(2, "evaluate", model, option));
  }
}
