package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.network.Shape;

/// Texts of files on a terminal and on a page: shown, never obeyed, never endless.
class HostileTextTest {
  /// Sets the title, clears the screen, turns the line, forges a message; then is long.
  private static final String ESCAPES =
      "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\rpdnn: all is well\u001b[0m" + "x".repeat(3000);

  private static final String SCRIPT =
      "</script><script>alert(8)</script><img src=x onerror=alert(9)>";

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;
  private Path model;
  private Path results;

  @BeforeEach
  void measure() throws IOException {
    model =
        SmallFiles.model(folder.resolve("m.safetensors"), "mlp:784-4-10", Shape.of(1, 28, 28), 10);
    results = folder.resolve("results.jsonl");
    Outcome.done(
        "evaluate",
        model,
        "--data",
        "digits",
        "--digits",
        20,
        "--samples",
        1,
        "--seeds",
        2,
        "--results",
        results);
  }

  private static void assertHarmless(Outcome outcome) {
    String all = outcome.out() + outcome.err();
    assertTrue(all.contains("owned"), "the text is not shown: " + all);
    assertEquals(List.of(), all.lines().filter(line -> line.length() > 1500).toList());
    assertEquals(
        -1,
        all.chars()
            .filter(c -> c != '\n' && (Character.isISOControl(c) || c == '\u202e'))
            .findFirst()
            .orElse(-1));
  }

  private Path results(String key, String text) throws IOException {
    Path file = folder.resolve("hostile.jsonl");
    StringBuilder lines = new StringBuilder();
    for (String line : Files.readAllLines(results)) {
      ObjectNode json = (ObjectNode) JSON.readTree(line);
      lines.append(json.put(key, text)).append('\n');
    }
    return Files.writeString(file, lines);
  }

  @Test
  void namesOfResults() throws IOException {
    assertHarmless(Outcome.of("tradeoff", results("model", ESCAPES)));
    assertHarmless(Outcome.of("tradeoff", results("data", ESCAPES)));
    assertHarmless(Outcome.of("tradeoff", results("scheme", ESCAPES)));
    for (String format : List.of("text", "json", "csv")) {
      Path file = results("data", ESCAPES.substring(0, 60));
      Outcome outcome = Outcome.done("tradeoff", file, "--format", format);
      if (!format.equals("csv")) {
        assertHarmless(outcome);
      }
      if (format.equals("json")) {
        assertEquals(ESCAPES.substring(0, 60), outcome.json().path("data").asText());
      }
    }
  }

  @Test
  void pagesHoldNoScriptsOfOthers() throws IOException {
    Path page = folder.resolve("page");
    Outcome.done("tradeoff", results("data", SCRIPT), "--chart", page);
    String html = Files.readString(page.resolve("report.html"));
    assertFalse(html.contains("<script>alert"), "a script of a file is part of the page");
    assertFalse(html.contains("<img src=x"), "a tag of a file is part of the page");
    assertTrue(html.contains("alert(8)"), "the text itself is shown");
  }

  @Test
  void neuronsOfAModel() throws IOException {
    String architecture =
        JSON.createObjectNode()
            .put("format", 1)
            .<ObjectNode>set("input", JSON.createArrayNode().add(2))
            .<ObjectNode>set(
                "layers",
                JSON.createArrayNode()
                    .add(JSON.createObjectNode().put("layer", "neurons").put("neuron", ESCAPES)))
            .toString();
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("pdnn", architecture);
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("neuron.safetensors");
    Files.write(
        file,
        ByteBuffer.allocate(8 + text.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text)
            .array());
    assertHarmless(Outcome.of("evaluate", file));
  }

  @Test
  void technologiesAndConfigs() throws IOException {
    Path technology = folder.resolve("t.json");
    ObjectNode constants = JSON.createObjectNode().put("name", "n").put("description", "d");
    constants.putObject("constants").put(ESCAPES, 1);
    Files.writeString(technology, constants.toString());
    assertHarmless(Outcome.of("energy", model, "--technology", technology));
    Path config = folder.resolve("config.json");
    Files.writeString(config, JSON.createObjectNode().put("model_type", ESCAPES).toString());
    assertHarmless(Outcome.of("energy", config));
  }
}
