package org.pdnn.cli.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.pdnn.cli.Outcome;

class SparkScoreCommandTest {
  @Test
  void aBuildWithoutSparkSaysHowToGetIt() {
    assertEquals(
        "this build has no Spark; start the command by ./pdnn spark",
        Outcome.refused(1, "spark", "score", "m.safetensors", "images", "--out", "scored"));
  }

  @Test
  void theTableThatIsWrittenMustBeNamed() {
    assertEquals(
        "--out needs a value, FOLDER; see pdnn spark score --help",
        Outcome.refused(2, "spark", "score", "m.safetensors", "images"));
  }
}
