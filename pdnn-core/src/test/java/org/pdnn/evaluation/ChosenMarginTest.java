package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.sampling.MarginStop;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;

class ChosenMarginTest {
  private static final String RESULT =
      """
      {"samples": 32,
       "stops": [{"confidence": 0.9}, {"changedAtMost": 0.01, "margin": 2.5}, {}],
       "provenance": {"modelSha256": "ab", "scheme": "scrambled", "last": "bits",
                      "sampler": "integer, weights 8, plain, philox"}}
      """;

  @TempDir private Path folder;

  private ChosenMargin read(String text) throws IOException {
    return ChosenMargin.read(Files.writeString(folder.resolve("e.json"), text));
  }

  @Test
  void aResultHasItsMarginAndWhatItHoldsFor() throws IOException {
    ChosenMargin chosen = read(RESULT);
    assertEquals(new MarginStop(0.01, 2.5, 32), chosen.rule());
    chosen.requireFor("ab", Run.of(32), Precision.DEFAULT);
    for (Runnable other :
        new Runnable[] {
          () -> chosen.requireFor("cd", Run.of(32), Precision.DEFAULT),
          () -> chosen.requireFor("ab", Run.of(16), Precision.DEFAULT),
          () -> chosen.requireFor("ab", Run.of(32), Precision.REAL)
        }) {
      assertThrows(IllegalArgumentException.class, other::run);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"margin\": 2.5 | \"other\": 2.5 | there must be one margin, got none; make the file by",
        "{} | {\"changedAtMost\": 0.1, \"margin\": 1} | there must be one margin, got 2; make",
        "2.5 | -1 | margin must be finite and at least 0, got -1.0",
        "0.01 | 1 | the share of changed answers must be above 0 and below 1, got 1.0",
        "\"samples\": 32 | \"samples\": 0 | samples must be at least 1, got 0",
        "\"modelSha256\" | \"model\" | 'modelSha256' is missing"
      })
  void whatIsNoSuchResultIsRefused(String part, String other, String sentence) {
    var e = assertThrows(IOException.class, () -> read(RESULT.replace(part, other)));
    assertTrue(String.valueOf(e.getMessage()).contains("e.json: " + sentence), e.getMessage());
  }
}
