package org.pdnn.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.Outcome;

/// `pdnn reproduce` in all its forms.
class ReproduceCommandTest {
  @TempDir private Path folder;

  @Test
  void textSetsOursBesideThePapers() {
    String text = Outcome.done("reproduce", "fig6", "fig8").words();
    for (String words :
        List.of(
            "each further sample fig. 6b nJ 1,981.760 2,038.02 -2.761 differs, explained [4]",
            "gain with block RAM, predicted fig. 8 2.224 2.28 -2.435 cannot be reproduced [1]",
            "gain with block RAM, measured fig. 8 - 2.55 - not computed here [2]",
            "Evidently the authors' operation counter counts batch norms and biases as well",
            "20 printed numbers: 10 reproduced, 7 different for a stated reason,"
                + " 2 that cannot be reproduced, 1 not computed here.")) {
      assertTrue(text.contains(words), text);
    }
  }

  @Test
  void jsonHasEveryClaim() throws IOException {
    JsonNode json =
        Outcome.done("reproduce", "fig5", "fig6", "fig8", "table2", "--format", "json").json();
    assertEquals(4, json.path("figures").size());
    for (JsonNode figure : json.path("figures")) {
      assertTrue(figure.path("figure").isTextual() && figure.path("title").isTextual());
      for (JsonNode claim : figure.path("claims")) {
        for (String key : List.of("where", "quantity", "unit", "paper", "verdict", "reason")) {
          assertTrue(claim.has(key), key + " is missing in " + claim);
        }
        boolean computed = !claim.path("verdict").asText().equals("notComputed");
        assertEquals(computed, claim.has("ours"), claim.toString());
        assertEquals(computed, claim.has("relativeDifference"), claim.toString());
      }
    }
    JsonNode slope = json.path("figures").path(1).path("claims").path(7);
    assertEquals("each further sample", slope.path("quantity").asText());
    assertEquals(1981.7597, slope.path("ours").asDouble(), 1e-3);
    assertEquals("explained", slope.path("verdict").asText());
    for (String key : List.of("seed", "paper", "version", "jdk", "cpu")) {
      assertTrue(json.path("provenance").has(key), key);
    }
  }

  @Test
  void csvHasARowForEachClaim() {
    List<String> lines =
        Outcome.done("reproduce", "fig5", "table2", "--format", "csv").out().lines().toList();
    assertEquals(
        "figure,quantity,where,unit,ours,paper,relativeDifference,verdict,reason",
        lines.getFirst());
    assertEquals(1 + 5 + 15, lines.size());
    // Ours where Yosys is installed.
    String last = lines.getLast();
    assertTrue(
        last.matches("table2,\"MAC module, LUTs saved\",table 2,times,[0-9.]*,2.9,.*"), last);
  }

  @Test
  void outIsAFolderWithThePageAndItsNumbers() throws IOException {
    Path out = folder.resolve("new").resolve("page");
    Outcome outcome = Outcome.done("reproduce", "fig5", "fig6", "fig8", "table2", "--out", out);
    assertTrue(outcome.out().endsWith("Report: " + out.resolve("report.html") + "\n"));
    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.contains("figures, computed again"), page.substring(0, 500));
    for (String figure :
        List.of("fig5-components", "fig6a-ratios", "fig6b-energy", "fig6c-gain", "fig8-gain")) {
      assertTrue(Files.size(out.resolve("figures").resolve(figure + ".csv")) > 0);
      assertTrue(Files.size(out.resolve("figures").resolve(figure + ".json")) > 0);
    }
    for (String table :
        List.of("fig5-claims", "fig5-network", "fig6-claims", "fig8-claims", "table2-claims")) {
      assertTrue(Files.size(out.resolve("tables").resolve(table + ".csv")) > 0);
    }
  }

  /// One experiment as a user runs it: computed, kept, drawn again from what is kept.
  @Test
  void anExperimentIsComputedKeptAndDrawnAgain() throws IOException {
    Path out = folder.resolve("experiment");
    Object[] words = {
      "reproduce", "randomness", "--budget", "tiny", "--data", "digits", "--out", out, "--format"
    };
    JsonNode first = Outcome.done(Outcome.joined(words, "json")).json();
    assertEquals("tiny", first.path("provenance").path("budget").asText());
    JsonNode orderings = first.path("figures").path(0).path("orderings");
    assertTrue(orderings.size() >= 2, orderings.toString());
    for (JsonNode ordering : orderings) {
      Outcome.assertKeys(
          ordering, "statement", "difference", "differenceLow", "differenceHigh", "verdict");
    }
    Outcome again = Outcome.done(Outcome.joined(words, "text"));
    assertTrue(again.err().contains("0 cells to do"), again.err());
    JsonNode drawn =
        Outcome.done(
                "reproduce",
                "randomness",
                "--draw",
                out,
                "--out",
                folder.resolve("page"),
                "--format",
                "json")
            .json();
    assertEquals(first.path("figures"), drawn.path("figures"));
    assertTrue(Files.size(folder.resolve("page").resolve("report.html")) > 0);
  }

  /// What the repository keeps is all that its pages need, and the pages beside it are those.
  @Test
  void keptResultsAreDrawn() throws IOException {
    Path kept = Path.of("..").resolve("results");
    List<String> names;
    try (Stream<Path> files = Files.list(kept)) {
      names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".jsonl"))
              .map(name -> name.substring(0, name.length() - ".jsonl".length()))
              .sorted()
              .toList();
    }
    assertTrue(names.contains("fig4a"), names.toString());
    for (String name : names) {
      Path out = folder.resolve("kept-" + name);
      JsonNode json =
          Outcome.done("reproduce", name, "--draw", kept, "--out", out, "--format", "json").json();
      assertEquals(name, json.path("figures").path(0).path("figure").asText());
      assertTrue(Files.size(out.resolve("report.html")) > 0);
      assertEquals(
          Files.readString(kept.resolve(name).resolve("report.md")),
          Files.readString(out.resolve("report.md")),
          "draw it again: ./pdnn reproduce %1$s --draw results --out results/%1$s".formatted(name));
      assertEquals(List.of("cells", "computed", "computedBy", "paper"), provenance(json));
    }
  }

  private static List<String> provenance(JsonNode json) {
    return json.path("provenance").propertyStream().map(Map.Entry::getKey).sorted().toList();
  }

  /// What cannot be drawn does not take the place of what was kept.
  @Test
  void nothingSoFarLeavesKeptFindingsAlone() throws IOException {
    Path kept = Files.writeString(folder.resolve("randomness.jsonl"), "kept\n");
    assertEquals(
        "the findings hold nothing of randomness",
        Outcome.refused(
            2,
            "reproduce",
            "randomness",
            "--so-far",
            "--budget",
            "tiny",
            "--data",
            "digits",
            "--out",
            folder));
    assertEquals("kept\n", Files.readString(kept));
  }

  @Test
  void whatIsOfAnInceptionNeedsOne() {
    assertEquals(
        "--inception-sha256 and --known-score need a model; name its file by --inception",
        Outcome.refused(
            2,
            "reproduce",
            "fig4b",
            "--budget",
            "tiny",
            "--data",
            "digits",
            "--inception-sha256",
            "00",
            "--out",
            folder));
  }

  @Test
  void findingsThatAreNotThereAreOneSentence() {
    Path file = folder.resolve("fig4a.jsonl");
    assertEquals(
        file + " does not exist; nothing was kept of it",
        Outcome.refused(1, "reproduce", "fig4a", "--draw", folder, "--out", folder));
  }

  @Test
  void anUnknownFigureIsOneSentence() {
    assertEquals(
        "unknown figure 'fig88' (did you mean 'fig8'?); use equal-widths, fig3, fig4a, fig4b,"
            + " fig4c, fig5, fig6, fig8, mnist-vae, one-bit-weights, randomness, residual,"
            + " residual-places, schemes, schemes-vae, schemes-vgg5, swap, table2, all",
        Outcome.refused(2, "reproduce", "fig88"));
  }
}
