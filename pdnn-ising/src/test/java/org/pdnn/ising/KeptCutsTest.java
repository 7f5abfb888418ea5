package org.pdnn.ising;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.pdnn.ising.format.ProblemFile;

/// The cuts of the Gset that are kept in `results/ising/gset.jsonl`.
class KeptCutsTest {
  private static final Path KEPT = Path.of("..", "results", "ising", "gset.jsonl");

  private static List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(KEPT)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void everyCutHasItsSidesAndItsProvenance() throws IOException {
    List<JsonNode> lines = lines();
    assertEquals(18, lines.size());
    for (JsonNode line : lines) {
      assertEquals(
          line.path("spins").asInt(), line.path("solution").asText().length(), line.toString());
      assertEquals(64, line.path("provenance").path("problemSha256").asText().length());
      assertTrue(line.path("elapsedSeconds").asDouble() < 600, line.path("problem").asText());
      double missing = line.path("targetValue").asDouble() - line.path("bestValue").asDouble();
      assertTrue(missing >= 0 && missing <= 0.001 * line.path("targetValue").asDouble());
    }
  }

  /// With the folder of the graphs in PDNN_GSET.
  @Test
  @EnabledIfEnvironmentVariable(named = "PDNN_GSET", matches = ".+")
  void everyCutIsThatOfItsSides() throws IOException {
    for (JsonNode line : lines()) {
      ProblemFile file =
          ProblemFile.read(Path.of(System.getenv("PDNN_GSET"), line.path("problem").asText()));
      String sides = line.path("solution").asText();
      assertEquals(line.path("provenance").path("problemSha256").asText(), file.sha256());
      assertEquals(
          line.path("bestValue").asDouble(),
          file.problem().value(Spins.of(sides.length(), spin -> sides.charAt(spin) == '1')));
    }
  }
}
