package org.pdnn.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.cli.ExplorerData;
import org.pdnn.cli.Outcome;
import org.pdnn.cli.SmallFiles;
import org.pdnn.evaluation.ResultFile;

/// `pdnn study` on a hundred digits.
class StudyCommandTest {
  @TempDir private Path folder;

  @Test
  void aStudyFromDataToReport() throws IOException {
    Path tiny = SmallFiles.digits(folder.resolve("tiny"), 100, 30);
    Path out = folder.resolve("study");
    Object[] words = {
      "study", "--data", tiny, "--network", "mlp:784-8-10", "--epochs", 1, "--out", out
    };
    JsonNode json = Outcome.done(Outcome.joined(words, "--format", "json")).json();
    assertEquals("no answer", json.path("verdict").path("answer").asText());
    assertTrue(
        json.path("verdict").path("reason").asText().contains("always naming the most frequent"));
    assertEquals(out.resolve("report.html").toString(), json.path("report").asText());
    assertTrue(Files.readString(out.resolve("report.html")).contains("<html"));
    assertTrue(Files.readString(out.resolve("report.html")).contains("href=\"explorer.html\""));
    assertTrue(Files.readString(out.resolve("report.md")).contains("(explorer.html)"));
    JsonNode explored = ExplorerData.of(out.resolve("explorer.html")).path("widths");
    assertEquals(1, explored.size());
    // Of the first training run a p-DNN by two schemes at seven T, and four deterministic networks.
    assertEquals(2 * 7 + 4, explored.get(0).path("trials").size());
    Outcome.assertNoFolders(out.resolve("explorer.html"), folder);
    Outcome.assertNoFolders(out.resolve("report.html"), folder);
    Outcome.assertNoFolders(out.resolve("report.md"), folder);
    // In two training runs two p-DNNs by two schemes, and four deterministic networks.
    assertEquals(2 * (2 * 2 + 4), json.path("curves").size());
    assertEquals(3, json.path("comparisons").size());
    assertTrue(ResultFile.read(out.resolve("results.jsonl"), Assertions::fail).size() > 12);
    List<String> classes = Files.readAllLines(out.resolve("tables").resolve("classes.csv"));
    assertEquals(11, classes.size());
    assertEquals(7, classes.getFirst().split("accuracy/", -1).length, classes.getFirst());
    assertEquals(
        30,
        classes.stream().skip(1).mapToInt(row -> Integer.parseInt(row.split(",", -1)[1])).sum());
    try (Stream<Path> models = Files.list(out.resolve("models"))) {
      assertEquals(
          List.of(
              "deterministic-1bit-run2.safetensors",
              "deterministic-1bit.safetensors",
              "deterministic-32bit-run2.safetensors",
              "deterministic-32bit.safetensors",
              "deterministic-3bit-run2.safetensors",
              "deterministic-3bit.safetensors",
              "deterministic-8bit-run2.safetensors",
              "deterministic-8bit.safetensors",
              "pdnn-s1-run2.safetensors",
              "pdnn-s1.safetensors",
              "pdnn-s5-run2.safetensors",
              "pdnn-s5.safetensors"),
          models.map(file -> file.getFileName().toString()).sorted().toList());
    }
    JsonNode again =
        Outcome.done("tradeoff", out.resolve("results.jsonl"), "--format", "json").json();
    assertEquals(json.path("verdict"), again.path("verdict"));
    assertEquals(json.path("configurations"), again.path("configurations"));
  }
}
