package org.pdnn.cli.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.cli.JsonContract;
import org.pdnn.cli.Outcome;

class SparkSweepCommandTest {
  @TempDir private Path folder;

  @Test
  void aBuildWithoutSparkSaysHowToGetIt() {
    assertEquals(
        "this build has no Spark; start the command by ./pdnn spark",
        Outcome.refused(1, "spark", "sweep", "fig4a", "--out", folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fig4                  | unknown experiment 'fig4' (did you mean 'fig3'?)
          fig4a --budget much   | unknown budget 'much'
          fig4a --estimate 0    | --estimate must be whole numbers from 1 to 100000, got 0
          grid.json --estimate 1 | grid.json does not exist
          """)
  void whatCannotBeSweptIsSaid(String line, String sentence) {
    String said =
        Outcome.refused(
            line.startsWith("grid") ? 1 : 2,
            (Object[]) ("spark sweep " + line + " --data digits --out none").split(" ", -1));
    assertTrue(said.startsWith(sentence), said);
  }

  /// Nothing is finished: 6 cells of 50,000 points at 500,000 a second, by hand.
  @Test
  void anEstimateNeedsNoSpark() throws IOException {
    Path grid =
        Files.writeString(
            folder.resolve("grid.json"),
            "{\"network\": \"mlp:20-10-3\", \"memoryPicojoulesPerBit\": \"0..2.999:0.001\","
                + " \"samples\": \"1..100\"}");
    String[] words = {
      "spark",
      "sweep",
      grid.toString(),
      "--out",
      folder.resolve("out").toString(),
      "--estimate",
      "1,6",
      "--format",
      "json"
    };
    String json = Outcome.done((Object[]) words).out();
    JsonContract.check(words, json);
    JsonNode estimate = new JsonMapper().readTree(json);
    assertEquals(6, estimate.path("openCells").asInt());
    JsonNode one = estimate.path("forecast").path(0);
    assertEquals(0.6 + 6 * (0.008 + 0.008), one.path("predictedSeconds").asDouble(), 1e-9);
    JsonNode six = estimate.path("forecast").path(1);
    assertEquals(6 * 0.008 + 0.1 + 0.008, six.path("predictedSeconds").asDouble(), 1e-9);
    assertTrue(!Files.exists(folder.resolve("out")), "an estimate writes nothing");
  }
}
