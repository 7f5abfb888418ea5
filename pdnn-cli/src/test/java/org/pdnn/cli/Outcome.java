package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;

/// What a command printed and how it ended.
public record Outcome(int code, String out, String err) {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  public static Outcome of(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    if (code == 0 && List.of(args).contains("json") && !out.toString().isEmpty()) {
      JsonContract.check(args, out.toString());
    }
    return new Outcome(code, out.toString(), err.toString());
  }

  /// Runs a command that must succeed.
  public static Outcome done(Object... words) {
    Outcome outcome = of(words);
    assertEquals(0, outcome.code(), outcome.toString());
    return outcome;
  }

  /// Runs a command that must end with a code and one sentence on standard error, nothing on
  /// standard output.
  ///
  /// @return the sentence
  public static String refused(int code, Object... words) {
    Outcome outcome = of(words);
    assertEquals(code, outcome.code(), outcome.toString());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().startsWith("pdnn: "), outcome.err());
    return outcome.err().strip().substring("pdnn: ".length());
  }

  /// Standard output as one line of words, however it was broken into lines.
  public String words() {
    return out.strip().replaceAll("\\s+", " ");
  }

  /// Standard output as exactly one JSON document.
  public JsonNode json() throws IOException {
    return STRICT.readTree(out);
  }

  /// Standard output as rows of comma-separated values, all as long as the header.
  public List<List<String>> rows() {
    List<List<String>> rows = out.lines().map(line -> List.of(line.split(",", -1))).toList();
    for (List<String> row : rows) {
      assertEquals(rows.getFirst().size(), row.size(), out);
    }
    return rows;
  }

  public static Object[] joined(Object[] first, Object... second) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  /// A page is shown to others: it names files, not where they lie on this machine.
  public static void assertNoFolders(Path page, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(page)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(folder.toString()), file + " names " + folder);
      }
    }
  }

  public static void assertKeys(JsonNode node, String... keys) {
    for (String key : keys) {
      assertTrue(node.has(key), key + " is missing in " + node.toPrettyString());
    }
  }

  public static Set<String> keys(JsonNode node) {
    Set<String> keys = new HashSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /// The command line with the options of every command.
  public static CommandLine everyCommand() {
    return Main.line(new Main(), "--man");
  }
}
