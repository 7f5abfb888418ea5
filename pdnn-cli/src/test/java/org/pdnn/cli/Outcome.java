package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/// What a command printed and how it ended.
record Outcome(int code, String out, String err) {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static Outcome of(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = java.util.Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Outcome(code, out.toString(), err.toString());
  }

  /// Runs a command that must succeed.
  static Outcome done(Object... words) {
    Outcome outcome = of(words);
    assertEquals(0, outcome.code(), outcome.toString());
    return outcome;
  }

  /// Runs a command that must end with a code and one sentence on standard error, nothing on
  /// standard output.
  ///
  /// @return the sentence
  static String refused(int code, Object... words) {
    Outcome outcome = of(words);
    assertEquals(code, outcome.code(), outcome.toString());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("pdnn: "), outcome.err());
    return outcome.err().strip().substring("pdnn: ".length());
  }

  /// Standard output as exactly one JSON document.
  JsonNode json() throws IOException {
    return STRICT.readTree(out);
  }
}
