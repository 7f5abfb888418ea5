package org.pdnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.random.InputAddress;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;

/// Jobs as a user runs them: in Spark's local mode, in a JVM of their own.
class ScoreJobTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  private Ended run(String... words) throws IOException, InterruptedException {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(Local.command(java, classPath, 2, 1024, List.of(words)));
    Path err = folder.resolve("err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it hangs");
    // Warnings of the JDK about flags are not ours.
    List<String> said =
        Files.readAllLines(err).stream().filter(line -> !line.startsWith("WARNING:")).toList();
    return new Ended(process.exitValue(), out, String.join("\n", said));
  }

  private static Answer engine(long id, long address) {
    Sampler sampler = Precision.DEFAULT.sampler(SmallTable.network(), Run.of(8));
    return sampler.answer(SmallTable.input(id), address, new Philox(1));
  }

  private List<JsonNode> scored() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<Path> parts = Files.list(folder.resolve("scored"))) {
      for (Path part : parts.filter(one -> one.toString().endsWith(".json")).toList()) {
        for (String line : Files.readAllLines(part)) {
          rows.add(JSON.readTree(line));
        }
      }
    }
    return rows;
  }

  /// Row 0 stands there three times, and one row has no features.
  @Test
  @Timeout(200)
  void aTableIsScored() throws Exception {
    List<String> lines = new ArrayList<>();
    for (long row = 0; row < 40; row++) {
      long id = row < 38 ? row : 0;
      String features = Arrays.toString(SmallTable.doubles(SmallTable.input(id)));
      lines.add("{\"id\": %s, \"features\": %s}".formatted(id, row == 20 ? null : features));
    }
    Path table = Files.write(folder.resolve("table.json"), lines);
    Ended ended =
        run(
            "score",
            "model=" + SmallTable.write(folder),
            "input=" + table,
            "out=" + folder.resolve("scored"),
            "format=json",
            "keyCol=id",
            "handleInvalid=keep",
            "joulesCol=joules");
    assertEquals("", ended.err());
    assertEquals(0, ended.code());
    JsonNode done = JSON.readTree(ended.out());
    assertEquals(40, done.path("rows").asInt());
    assertEquals(1, done.path("failedRows").asInt());
    assertEquals(1, done.path("sharedKeys").asInt());
    List<JsonNode> rows = scored();
    assertEquals(40, rows.size());
    for (JsonNode row : rows) {
      long id = row.path("id").asLong();
      if (id == 20) {
        assertEquals("its features are null", row.path("fault").asText());
        continue;
      }
      Answer answer = engine(id, id);
      assertEquals(JSON.valueToTree(answer.logits()), row.path("rawPrediction"));
      assertEquals(JSON.valueToTree(answer.probabilities()), row.path("probability"));
      assertEquals(answer.label(), row.path("prediction").asInt());
      assertEquals(8, row.path("samples").asInt());
      assertTrue(row.path("joules").asDouble() > 0, row.toString());
      assertTrue(row.path("features").isMissingNode(), row.toString());
    }
  }

  /// A file that is no picture is left aside; the answers are those of `predict`.
  @Test
  @Timeout(200)
  void aFolderOfPicturesIsScored() throws Exception {
    Path pictures = Files.createDirectories(folder.resolve("pictures").resolve("inner"));
    Files.writeString(pictures.resolve("notes.txt"), "none");
    for (long id = 0; id < 5; id++) {
      BufferedImage image = new BufferedImage(5, 5, BufferedImage.TYPE_BYTE_GRAY);
      float[] values = SmallTable.input(id);
      for (int i = 0; i < values.length; i++) {
        image.getRaster().setSample(i % 5, i / 5, 0, Math.round(255 * values[i]));
      }
      ImageIO.write(image, "png", pictures.resolve(id + ".png").toFile());
    }
    Ended ended =
        run(
            "score",
            "model=" + SmallTable.write(folder),
            "input=" + folder.resolve("pictures"),
            "out=" + folder.resolve("scored"),
            "format=json",
            "pictures=true");
    assertEquals("", ended.err());
    List<JsonNode> rows = scored();
    assertEquals(5, rows.size());
    for (JsonNode row : rows) {
      long id = Long.parseLong(row.path("path").asText().replaceFirst(".*/(\\d)\\.png", "$1"));
      Answer answer = engine(id, InputAddress.of(SmallTable.input(id)));
      assertEquals(JSON.valueToTree(answer.logits()), row.path("rawPrediction"));
    }
  }

  @Test
  @Timeout(200)
  void aRowThatCannotBeScoredIsOneSentence() throws Exception {
    Path table = Files.writeString(folder.resolve("t.json"), "{\"id\": 4, \"features\": [0.5]}\n");
    Ended ended =
        run(
            "score",
            "model=" + SmallTable.write(folder),
            "input=" + table,
            "out=" + folder.resolve("scored"),
            "format=json",
            "keyCol=id");
    assertEquals(1, ended.code());
    assertEquals(
        "pdnn: the row of key 4 cannot be scored: it has 1 features, the network reads 25;"
            + " handleInvalid=keep, or --keep-faulty, keeps such rows aside",
        ended.err());
    assertEquals("", ended.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          model=m input=i              | 'out=...' is missing
          model=m model=n              | 'model' is given twice
          m                            | 'm' must be key=value
          model=m input=i out=o format=csv | format must be parquet, json, orc, got 'csv'
          """)
  void wrongWordsAreRefused(String line, String sentence) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> ScoreJob.of(new Words(List.of(line.split(" ", -1)))));
    assertEquals(sentence, refused.getMessage());
  }
}
