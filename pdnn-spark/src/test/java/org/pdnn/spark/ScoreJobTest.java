package org.pdnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

/// Jobs over files, and what a user reads when one cannot be done.
class ScoreJobTest {
  private static final JsonMapper JSON = new JsonMapper();

  @SuppressWarnings("NullAway.Init") // before all
  private static SparkSession session;

  @TempDir private Path folder;

  @BeforeAll
  static void begin() {
    session = SmallTable.session();
  }

  @AfterAll
  static void end() {
    session.stop();
  }

  private JsonNode score(Path input, String... more) throws Exception {
    return ScoreJob.of(new Words(words(input, more))).run(session);
  }

  private List<String> words(Path input, String... more) throws IOException {
    List<String> words = new ArrayList<>();
    words.add("model=" + SmallTable.write(folder));
    words.add("input=" + input);
    if (Arrays.stream(more).noneMatch(word -> word.startsWith("out="))) {
      words.add("out=" + folder.resolve("scored"));
    }
    words.addAll(List.of(more));
    return words;
  }

  /// What is told of a job that fails.
  private String refused(Path input, String... more) {
    return Fault.sentence(assertThrows(Exception.class, () -> score(input, more)));
  }

  private static Answer engine(long id, long address) {
    Sampler sampler = Precision.DEFAULT.sampler(SmallTable.network(), Run.of(8));
    return sampler.answer(SmallTable.input(id), address, new Philox(1));
  }

  private List<Row> scored(String format) {
    return session
        .read()
        .format(format)
        .option("header", true)
        .option("inferSchema", true)
        .load(folder.resolve("scored").toString())
        .collectAsList();
  }

  /// Row 0 stands there three times, and one row has no features.
  @Test
  void aTableIsScored() throws Exception {
    List<String> lines = new ArrayList<>();
    for (long row = 0; row < 40; row++) {
      long id = row < 38 ? row : 0;
      String features = Arrays.toString(SmallTable.doubles(SmallTable.input(id)));
      lines.add("{\"id\": %s, \"features\": %s}".formatted(id, row == 20 ? null : features));
    }
    JsonNode done =
        score(
            Files.write(folder.resolve("table.json"), lines),
            "format=json",
            "keyCol=id",
            "handleInvalid=keep",
            "joulesCol=joules");
    assertEquals(40, done.path("rows").asInt());
    assertEquals(1, done.path("failedRows").asInt());
    assertEquals(1, done.path("sharedKeys").asInt());
    List<Row> rows = scored("json");
    assertEquals(40, rows.size());
    assertFalse(List.of(rows.getFirst().schema().fieldNames()).contains("features"));
    for (Row row : rows) {
      long id = row.<Long>getAs("id");
      if (id == 20) {
        assertEquals("its features are null", row.getAs("fault"));
        continue;
      }
      Answer answer = engine(id, id);
      assertEquals(SmallTable.boxed(answer.logits()), row.getList(row.fieldIndex("rawPrediction")));
      assertEquals(
          SmallTable.boxed(answer.probabilities()), row.getList(row.fieldIndex("probability")));
      assertEquals((double) answer.label(), row.<Double>getAs("prediction"));
      assertEquals(8, row.<Long>getAs("samples"));
      assertTrue(row.<Double>getAs("joules") > 0, row.toString());
    }
  }

  private Path csv(String sixth) throws IOException {
    String pixels =
        IntStream.range(0, SmallTable.SIZE)
            .mapToObj(i -> "p" + i)
            .collect(Collectors.joining(",", "id,", ",note"));
    List<String> lines = new ArrayList<>(List.of(pixels));
    for (long id = 0; id < 20; id++) {
      String cells = Arrays.toString(SmallTable.input(id)).replaceAll("[\\[\\] ]", "");
      lines.add(id + "," + cells + ",\"a, b\"");
    }
    lines.set(6, sixth.isEmpty() ? lines.get(6) : sixth.replace("CELLS", lines.get(6)));
    return Files.write(folder.resolve("table.csv"), lines);
  }

  @Test
  void aTableWithAColumnForEachFeatureIsScored() throws Exception {
    score(csv(""), "format=csv", "keyCol=id", "featuresCol=p0..p24");
    List<Row> rows = scored("csv");
    assertEquals(20, rows.size());
    assertEquals(
        List.of("id", "note", "rawPrediction", "probability", "prediction", "samples"),
        List.of(rows.getFirst().schema().fieldNames()));
    for (Row row : rows) {
      long id = row.<Integer>getAs("id");
      assertEquals(
          JSON.valueToTree(engine(id, id).logits()),
          JSON.readTree(row.<String>getAs("rawPrediction")));
      assertEquals("a, b", row.getAs("note"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p0..p24 | 5,0.5   | [MALFORMED_CSV_RECORD] Malformed CSV record: 5,0.5
          p0..p24 | CELLS,1 | [MALFORMED_CSV_RECORD] Malformed CSV record: 5,0.
          p0..note| CELLS   | column 'note' holds string; features with a column each are numbers
          p0..p25 | CELLS   | there is no column 'p25'; the columns are id, p0,
          p9..p0  | CELLS   | features 'p9..p0' end before they begin
          p0..p3  | CELLS   | the row of key
          p0      | CELLS   | column 'p0' holds double; features are vectors, arrays
          """)
  void aTableThatDoesNotFitIsRefused(String features, String sixth, String sentence)
      throws IOException {
    String told = refused(csv(sixth), "format=csv", "keyCol=id", "featuresCol=" + features);
    assertTrue(told.startsWith(sentence), told);
    assertFalse(Files.exists(folder.resolve("scored")));
  }

  /// A file that is no picture is left aside; the answers are those of `predict`.
  @Test
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
    score(folder.resolve("pictures"), "pictures=true");
    List<Row> rows = scored("parquet");
    assertEquals(5, rows.size());
    for (Row row : rows) {
      long id = Long.parseLong(row.<String>getAs("path").replaceFirst(".*/(\\d)\\.png", "$1"));
      Answer answer = engine(id, InputAddress.of(SmallTable.input(id)));
      assertEquals(SmallTable.boxed(answer.logits()), row.getList(row.fieldIndex("rawPrediction")));
    }
  }

  /// As a user runs it, in a JVM of its own.
  @Test
  @Timeout(200)
  void aRowThatCannotBeScoredIsOneSentence() throws Exception {
    Path table = Files.writeString(folder.resolve("t.json"), "{\"id\": 4, \"features\": [0.5]}\n");
    List<String> words = new ArrayList<>(List.of("score"));
    words.addAll(words(table, "format=json", "keyCol=id"));
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(Local.command(java, classPath, 2, 1024, words));
    command.add(1, "-XX:TieredStopAtLevel=1"); // a JVM that lives for seconds
    Path err = folder.resolve("err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it hangs");
    assertEquals(1, process.exitValue());
    // Warnings of the JDK about flags are not ours.
    assertEquals(
        List.of(
            "pdnn: the row of key 4 cannot be scored: it has 1 feature, the network reads 25;"
                + " handleInvalid=keep, or --keep-faulty, keeps such rows aside"),
        Files.readAllLines(err).stream().filter(line -> !line.startsWith("WARNING:")).toList());
    assertEquals("", out);
  }

  @Test
  void aTableThatIsThereStays() throws Exception {
    Path there = Files.createDirectories(folder.resolve("scored"));
    Files.writeString(there.resolve("part"), "kept");
    assertEquals(there + " exists already; name another folder", refused(folder.resolve("in")));
    assertEquals("kept", Files.readString(there.resolve("part")));
  }

  /// The last row ends the job, when others are written: no part of the table is left.
  @Test
  void halfATableIsNotLeft() throws Exception {
    session
        .range(0, 300, 1, 3)
        .selectExpr("id", "array_repeat(0.5D, if(id = 299, 24, 25)) as features")
        .write()
        .json(folder.resolve("table").toString());
    Path table = folder.resolve("table");
    String told = refused(table, "format=json", "keyCol=id", "miniBatchSize=10");
    assertTrue(told.startsWith("the row of key 299 cannot be scored: it has 24 features"), told);
    assertFalse(Files.exists(folder.resolve("scored")));
    score(table, "format=json", "keyCol=id", "handleInvalid=keep");
    assertTrue(Files.exists(folder.resolve("scored").resolve("_SUCCESS")));
  }

  @Test
  void aFullFolderIsOneSentence() throws Exception {
    session.sparkContext().hadoopConfiguration().set("fs.full.impl", FullFolder.class.getName());
    Path table = folder.resolve("table");
    SmallTable.of(session, 2).write().parquet(table.toString());
    assertEquals(
        "no space is left where the job writes (No space left on device); make room and run it again",
        refused(table, "out=full://" + folder.resolve("scored")));
    assertFalse(Files.exists(folder.resolve("scored")));
  }

  /// The files of this machine, on a disk that is full.
  public static final class FullFolder extends RawLocalFileSystem {
    @Override
    public java.net.URI getUri() {
      return java.net.URI.create("full:///");
    }

    @Override
    public String getScheme() {
      return "full";
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path file,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        @org.jspecify.annotations.Nullable Progressable progress)
        throws IOException {
      throw new IOException("No space left on device");
    }
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
          model=m input=i out=o pictures=yes | 'pictures=yes' must be true or false
          model=m input=i out=o format=avro | format must be parquet, orc, json, csv, got 'avro'
          """)
  void wrongWordsAreRefused(String line, String sentence) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> ScoreJob.of(new Words(List.of(line.split(" ", -1)))));
    assertEquals(sentence, refused.getMessage());
  }
}
