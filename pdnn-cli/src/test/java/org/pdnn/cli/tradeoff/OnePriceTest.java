package org.pdnn.cli.tradeoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.network.Shape;

/// A run has one price, to the last digit, whichever command prints it.
class OnePriceTest {
  @TempDir private static Path folder;
  private static Path data = Path.of("data");
  private static Path model = Path.of("model");

  @BeforeAll
  static void write() throws IOException {
    data = SmallFiles.digits(folder.resolve("data"), 60, 10);
    model =
        SmallFiles.model(
            folder.resolve("m.safetensors"), "mlp:784-8-8-10", Shape.of(1, 28, 28), 10);
  }

  /// A run, as a row of the table names it.
  private record Run(String neuron, String scheme, String weights, String last, int samples) {}

  /// What `tradeoff` prints for results, in nJ.
  private static Map<Run, Double> priced(Path results, Object... more) {
    Object[] words = {"tradeoff", results, "--format", "csv"};
    return totals(Outcome.done(Outcome.joined(words, more)));
  }

  private static Map<Run, Double> totals(Outcome csv) {
    List<List<String>> rows = csv.rows();
    List<String> header = rows.getFirst();
    Map<Run, Double> totals = new HashMap<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      Run run =
          new Run(
              row.get(header.indexOf("neuron")),
              row.get(header.indexOf("scheme")),
              row.get(header.indexOf("weights")),
              row.get(header.indexOf("last")),
              Integer.parseInt(row.get(header.indexOf("samples"))));
      totals.put(run, Double.parseDouble(row.get(header.indexOf("totalNanojoules"))));
    }
    return totals;
  }

  /// What `energy` prints for a network and T, in nJ.
  private static double energy(Path network, int samples, Object... more) throws IOException {
    Object[] words = {"energy", network, "--samples", samples, "--format", "json"};
    JsonNode curve = Outcome.done(Outcome.joined(words, more)).json().path("curve");
    return curve.path(0).path("totalNanojoules").doubleValue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # neuron,     scheme,      weights, last,        technology
          -,            scrambled,   8,       bits,        sram65
          -,            independent, 8,       bits,        hbm2-sram65
          -,            stratified,  4,       bits,        sram65
          -,            scrambled,   2,       bits,        jouppi7-hbm2
          -,            scrambled,   8,       expectation, sram65
          -,            independent, 32,      expectation, sram65
          sigmoid:3bit, scrambled,   8,       bits,        sram65
          sigmoid:1bit, scrambled,   4,       bits,        hbm2-sram65
          sigmoid,      scrambled,   32,      bits,        sram65
          """)
  void asEvaluatedAndPriced(
      String neuron, String scheme, String weights, String last, String technology)
      throws IOException {
    Path results = folder.resolve(String.join("-", "" + neuron, scheme, weights, last, technology));
    List<Object> run = new ArrayList<>(List.of("--scheme", scheme, "--last", last));
    if (neuron != null) {
      run.addAll(List.of("--neuron", neuron));
    }
    Object[] measured = {
      "evaluate", model, "--data", data, "--seeds", 1, "--results", results, "--weights", weights
    };
    Object[] asked = Outcome.joined(measured, run.toArray());
    Outcome.done(Outcome.joined(asked, "--samples", "1,2,3,8"));
    Map<Run, Double> priced = priced(results, "--technology", technology);
    assertTrue(priced.size() >= (neuron == null ? 5 : 1), priced.toString());
    run.addAll(List.of("--weight-bits", weights, "--technology", technology));
    for (Map.Entry<Run, Double> one : priced.entrySet()) {
      boolean twin = neuron == null && !one.getKey().neuron().startsWith("pbit");
      List<Object> own = new ArrayList<>(run);
      if (twin) {
        own.addAll(List.of("--neuron", one.getKey().neuron()));
      }
      assertEquals(
          energy(model, one.getKey().samples(), own.toArray()),
          one.getValue(),
          one.getKey().toString());
    }
  }

  /// Without options both take a network as it is run by default.
  @Test
  void byDefault() throws IOException {
    Path results = folder.resolve("default");
    Outcome.done("evaluate", model, "--data", data, "--samples", "1,32", "--results", results);
    Outcome.done(
        "evaluate", model, "--data", data, "--neuron", "sigmoid:3bit", "--results", results);
    Map<Run, Double> priced = priced(results);
    for (int samples : new int[] {1, 32}) {
      assertEquals(
          energy(model, samples),
          priced.get(new Run("pbit:sigmoid", "scrambled", "8", "bits", samples)));
    }
    assertEquals(
        energy(model, 1, "--neuron", "sigmoid:3bit"),
        priced.get(new Run("sigmoid:3bit", "deterministic", "8", "bits", 1)));
  }

  /// What is advised names the prices of its runs.
  @Test
  void asAdvised() throws IOException {
    Object[] words = {"advise", model, "--data", data, "--samples", "1,4", "--format", "csv"};
    Map<Run, Double> priced = totals(Outcome.done(words));
    assertTrue(priced.size() >= 8 + 5, priced.toString());
    for (Map.Entry<Run, Double> one : priced.entrySet()) {
      Run run = one.getKey();
      boolean random = !run.scheme().equals("deterministic");
      Object[] own = {
        "--neuron", run.neuron(), "--last", run.last(), "--scheme", random ? run.scheme() : "xor"
      };
      assertEquals(energy(model, run.samples(), own), one.getValue(), run.toString());
    }
  }

  /// What a study kept is priced as its networks are.
  @Test
  void asStudied() throws IOException {
    Path out = folder.resolve("study");
    Object[] words = {
      "study", "--data", data, "--network", "mlp:784-8-8-10", "--epochs", 1, "--out", out
    };
    Map<Run, Double> printed = totals(Outcome.done(Outcome.joined(words, "--format", "csv")));
    Map<Run, Double> priced = priced(out.resolve("results.jsonl"));
    assertEquals(printed, priced);
    assertTrue(priced.size() > 12, priced.toString());
    for (Map.Entry<Run, Double> one : priced.entrySet()) {
      Run run = one.getKey();
      boolean random = !run.scheme().equals("deterministic");
      Object[] own = {"--neuron", run.neuron(), "--scheme", random ? run.scheme() : "xor"};
      assertEquals(energy(model, run.samples(), own), one.getValue(), run.toString());
    }
  }
}
