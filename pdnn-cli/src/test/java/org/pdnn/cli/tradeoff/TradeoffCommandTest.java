package org.pdnn.cli.tradeoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.energy.Technology;
import org.pdnn.network.Shape;

/// Results of an untrained network on ten digits: p-bits at T = 1, 2 and 4 with weights of 4 bits,
/// and the 3-bit network in real numbers.
class TradeoffCommandTest {
  @TempDir private static Path folder;
  private static Path data = Path.of("data");
  private static Path model = Path.of("model");
  private static Path results = Path.of("results");

  @BeforeAll
  static void measure() throws IOException {
    data = SmallFiles.digits(folder.resolve("data"), 20, 10);
    model =
        SmallFiles.model(
            folder.resolve("m.safetensors"), "mlp:784-8-8-10", Shape.of(1, 28, 28), 10);
    results = folder.resolve("results.jsonl");
    evaluate(model, results, "--samples", "1,2,4", "--weights", "4");
    evaluate(model, results, "--neuron", "sigmoid:3bit", "--weights", "32");
  }

  private static void evaluate(Path model, Path results, String... more) {
    Object[] words = {"evaluate", model, "--data", data, "--seeds", 2, "--results", results};
    Outcome.done(Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray());
  }

  @Test
  void everyMeasuredPointIsPriced() throws IOException {
    JsonNode json = Outcome.done("tradeoff", results, "--format", "json").json();
    // Three T of the p-DNN and its deterministic twin, and the one of three bits.
    assertEquals(5, json.path("configurations").size());
    JsonNode first = json.path("configurations").path(0);
    for (String key :
        List.of(
            "model",
            "neuron",
            "activationBits",
            "samples",
            "scheme",
            "weights",
            "last",
            "accuracy",
            "accuracyLow",
            "accuracyHigh",
            "totalNanojoules",
            "front",
            "overlapsNext")) {
      assertTrue(first.has(key), key);
    }
    assertTrue(first.path("front").asBoolean());
    assertEquals("4", first.path("weights").asText());
    assertEquals("strict", json.path("provenance").path("convention").asText());
    assertTrue(json.path("provenance").has("dataSha256"));
  }

  /// The command prices a point as `energy` does when told how it was run.
  @Test
  void asEnergyPricesIt() throws IOException {
    JsonNode json = Outcome.done("tradeoff", results, "--format", "json").json();
    String run =
        "--convention strict --scheme scrambled --weight-bits 4 --edge-weight-bits 8 --input-bits"
            + " 8";
    Object[] words = {"energy", model, "--samples", 1, "--format", "json"};
    Object[] all = Stream.concat(Arrays.stream(words), Arrays.stream(run.split(" "))).toArray();
    double energy =
        Outcome.done(all).json().path("curve").path(0).path("totalNanojoules").asDouble();
    assertEquals(
        energy, json.path("configurations").path(0).path("totalNanojoules").asDouble(), 1e-9);
  }

  @Test
  void wishes() throws IOException {
    Object[] words = {
      "tradeoff", results, "--under", "1uJ", "--at-least", "0%", "--format", "json"
    };
    JsonNode json = Outcome.done(words).json();
    assertTrue(json.path("bestUnder").has("totalNanojoules"));
    assertEquals(1, json.path("cheapestWithAtLeast").path("samples").asInt());
    String text = Outcome.done("tradeoff", results, "--under", "1uJ").out();
    assertTrue(text.contains("Under 1.000 uJ: "), text);
    assertTrue(
        Outcome.refused(2, "tradeoff", results, "--at-least", "many")
            .contains("'many' is not a share, as in 97%, 97 or 0.97"));
    assertTrue(Outcome.refused(2, "tradeoff", results, "--under", "5").contains("as in 500nJ"));
  }

  /// The front is shown all the same, and what comes nearest is named.
  @Test
  void wishesThatNothingFulfils() throws IOException {
    String front =
        Outcome.done("tradeoff", results).out().lines().skip(1).findFirst().orElseThrow();
    for (String all : List.of("100%", "100", "1", "1.0")) {
      String text = Outcome.done("tradeoff", results, "--under", "1pJ", "--at-least", all).words();
      assertTrue(text.contains(front.replaceAll("\\s+", " ")), text);
      assertTrue(
          text.contains(
              "Under 1.000 pJ: nothing; of all the cheapest, 1 scrambled sample of m reaches "),
          text);
      assertTrue(text.contains("At least 100.0 %: nothing; of all the most accurate, "), text);
    }
    JsonNode json =
        Outcome.done("tradeoff", results, "--under", "1pJ", "--at-least", "1", "--format", "json")
            .json();
    assertTrue(json.has("configurations"));
    assertFalse(json.has("bestUnder") || json.has("cheapestWithAtLeast"));
  }

  /// What needs no scheme has none, in no form; a line that was cut off is left out.
  @Test
  void deterministicNetworksAndLinesThatWereCut() throws IOException {
    Path file = folder.resolve("cut.jsonl");
    Files.writeString(file, Files.readString(results) + "{\"model\":\"m.safetensors\",\"da");
    Outcome outcome = Outcome.done("tradeoff", file, "--format", "csv");
    assertTrue(
        outcome.err().contains("%s line 6 was cut off and is left out".formatted(file)),
        outcome.err());
    List<List<String>> rows = outcome.rows();
    assertEquals(1 + 5, rows.size());
    int scheme = rows.getFirst().indexOf("scheme");
    int neuron = rows.getFirst().indexOf("neuron");
    for (List<String> row : rows.subList(1, rows.size())) {
      boolean random = row.get(neuron).startsWith("pbit");
      assertEquals(random ? "scrambled" : "deterministic", row.get(scheme));
    }
  }

  @Test
  void aChartAndATable() throws IOException {
    Path page = folder.resolve("page");
    Outcome csv = Outcome.done("tradeoff", results, "--chart", page, "--format", "csv");
    assertEquals(6, csv.out().lines().count());
    assertEquals(
        "front,overlapsNext,totalNanojoules,accuracy,accuracyLow,accuracyHigh,samples,scheme,neuron,activationBits,weights,last,outputs,model",
        csv.out().lines().findFirst().orElseThrow());
    assertTrue(csv.rows().get(1).get(0).equals("true"), csv.out());
    assertEquals(
        Outcome.done("tradeoff", results, "--format", "json")
            .json()
            .path("configurations")
            .path(0)
            .path("totalNanojoules")
            .doubleValue(),
        Double.parseDouble(csv.rows().get(1).get(2)));
    assertTrue(Files.readString(page.resolve("report.html")).contains("Pareto front"));
    assertTrue(Files.exists(page.resolve("figures/accuracy-against-energy.csv")));
    Outcome.assertNoFolders(page, folder);
    Path energy = folder.resolve("energy");
    Outcome.done("energy", model, "--chart", energy);
    Outcome.assertNoFolders(energy, folder);
  }

  /// A figure for each technology and width, each with the verdict that `tradeoff` gives there.
  @Test
  void theChartIsOfEqualWidthsOnEveryTechnology() throws IOException {
    Path page = folder.resolve("technologies");
    Outcome.done("tradeoff", results, "--technology", "jouppi7-hbm2", "--chart", page);
    String html = Files.readString(page.resolve("report.html"));
    assertTrue(html.contains("<option value=\"accuracy-against-energy\">jouppi7-hbm2</option>"));
    for (String name : Technology.NAMES) {
      String verdict = Outcome.done("tradeoff", results, "--technology", name).words();
      for (String stem : List.of("accuracy-against-energy", "accuracy-against-energy-weights-32")) {
        String file = "figures/" + stem + (name.equals("jouppi7-hbm2") ? "" : "-" + name) + ".json";
        JsonNode figure = new ObjectMapper().readTree(page.resolve(file).toFile());
        assertTrue(verdict.contains(figure.path("caption").asText()), verdict);
        assertEquals(stem.endsWith("32") ? 3 : 4, figure.path("series").size(), file);
      }
    }
  }

  /// The first words of a page are those of the text: the answer, then its evidence.
  @Test
  void thePageBeginsWithTheAnswerAndItsEvidence() throws IOException {
    Path page = folder.resolve("answer");
    String text = Outcome.done("tradeoff", results, "--chart", page).words();
    List<String> lines = Files.readAllLines(page.resolve("report.md"));
    assertTrue(lines.get(4).startsWith("Required accuracy: "), lines.get(4));
    assertTrue(text.contains(lines.get(2) + " " + lines.get(4)), text);
  }

  /// A model is known by its hash, wherever it lies.
  @Test
  void theModelMustBeTheOneMeasured() throws IOException {
    Path own = folder.resolve("own.safetensors");
    Files.copy(model, own);
    Path file = folder.resolve("own.jsonl");
    evaluate(own, file, "--samples", "1");
    Path moved = Files.move(own, folder.resolve("moved.safetensors"));
    assertTrue(Outcome.refused(1, "tradeoff", file).contains("is missing; locate it by --model"));
    Outcome.done("tradeoff", file, "--model", moved);
    SmallFiles.model(own, "mlp:784-8-10", Shape.of(1, 28, 28), 10);
    assertTrue(Outcome.refused(1, "tradeoff", file).contains("as its SHA-256 differs"));
  }

  @Test
  void whatCannotBeCompared() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jsonl"));
    assertEquals(empty + " holds no results", Outcome.refused(1, "tradeoff", empty));
    Path broken = folder.resolve("broken.jsonl");
    Files.writeString(
        broken, Files.readString(results).replaceFirst("\"accuracy\":[0-9.]+", "\"accuracy\":NaN"));
    assertTrue(
        Outcome.refused(1, "tradeoff", broken).startsWith(broken + " line 1 is not a result"));
    Path other = folder.resolve("other.jsonl");
    evaluate(model, other, "--samples", "1", "--images", "5");
    assertTrue(
        Outcome.refused(2, "tradeoff", results, other)
            .startsWith("accuracies on different data cannot be compared"));
    Path layered = folder.resolve("layered.jsonl");
    evaluate(model, layered, "--samples", "2", "--average", "layer", "--weights", "32");
    assertTrue(Outcome.refused(2, "tradeoff", layered).contains("which no equation prices"));
  }
}
