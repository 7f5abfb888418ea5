package org.pdnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.experiment.Budget;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.random.Scheme;
import org.pdnn.reproduction.Request;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Address;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.tradeoff.Pricing;

/// Sweeps whose cells are tasks of Spark.
class SweepJobTest {
  private static final PrintStream QUIET = new PrintStream(OutputStream.nullOutputStream());

  @SuppressWarnings("NullAway.Init") // before all
  private static SparkSession session;

  @TempDir private Path folder;

  @BeforeAll
  static void begin() {
    session = LocalSession.of(2);
  }

  @AfterAll
  static void end() throws IOException {
    session.close();
  }

  private ObjectNode run(Plan plan) throws Exception {
    return new SweepJob(plan, folder, "parquet", QUIET).run(session);
  }

  @Test
  void finishedCellsAreNotComputedAgain() throws Exception {
    ObjectNode first = run(new Dozing(4, 0, -1));
    assertEquals(4, first.path("finishedCells").asInt());
    ObjectNode more = run(new Dozing(10, 0, -1));
    assertEquals(6, more.path("finishedCells").asInt());
    assertEquals(4, more.path("keptCells").asInt());
    assertEquals(10, Findings.read(folder.resolve("doze.jsonl")).entries().size());
    try (Stream<Path> cells = Files.list(folder.resolve("cells"))) {
      for (Path cell : cells.toList()) {
        assertEquals(1, Files.readAllLines(cell.resolve(Dozing.MARK)).size(), cell.toString());
      }
    }
  }

  /// What needs the cell that fails is never begun; what was finished stays.
  @Test
  void aCellThatFailsEndsTheSweepInOneSentence() throws Exception {
    IOException failed = assertThrows(IOException.class, () -> run(new Dozing(6, 0, 2)));
    assertEquals("doze 2: cannot doze", failed.getMessage());
    ObjectNode again = run(new Dozing(6, 0, -1));
    assertTrue(again.path("finishedCells").asInt() >= 2, again.toString());
    assertEquals(6, again.path("finishedCells").asInt() + again.path("keptCells").asInt());
  }

  @Test
  void anExecutorThatMakesOtherCellsSaysSo() {
    CellTask task = new CellTask(new Dozing(2, 0, -1), folder.toString());
    IOException refused = assertThrows(IOException.class, () -> task.call("doze-0123456789abcdef"));
    assertEquals(
        "this executor makes other cells than the driver; give all machines the same data sets and"
            + " the same version of pdnn",
        refused.getMessage());
  }

  @Test
  void aGridOfEnergiesIsATable() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("memories.json"),
            "{\"network\": \"mlp:20-10-3\", \"memoryPicojoulesPerBit\": \"0..5:0.25\","
                + " \"samples\": \"1..40\"}");
    SweepJob job =
        SweepJob.of(new Words(List.of("grid=" + file, "out=" + folder.resolve("energies"))), QUIET);
    ObjectNode done = job.run(session);
    assertEquals(21 * 40, done.path("points").asInt());
    Dataset<Row> table =
        session.read().parquet(folder.resolve("energies").resolve("memories-points").toString());
    assertEquals(21 * 40, table.count());
    Row point = table.where("memoryPicojoulesPerBit = 1.25 AND samples = 7").first();
    EnergyModel model =
        Pricing.strict(Technology.named("sram65").withWeightMemory(Joules.ofPicojoules(1.25)))
            .model(Scheme.SCRAMBLED, LastHidden.BITS, Precision.DEFAULT);
    double expected =
        model
            .energy(Workload.of(Preset.network("mlp:20-10-3", Neuron.parse("pbit:sigmoid"))), 7)
            .total()
            .nanojoules();
    double found = point.getDouble(point.fieldIndex("totalNanojoules"));
    assertEquals(expected, found, 1e-12 * expected);
    assertEquals(0, job.run(session).path("finishedCells").asInt());
    Path points;
    try (Stream<Path> files = Files.walk(job.out())) {
      points = files.filter(path -> path.endsWith("points.csv")).findFirst().orElseThrow();
    }
    List<String> lines = Files.readAllLines(points);
    Files.write(points, lines.subList(0, lines.size() - 1));
    IOException damaged = assertThrows(IOException.class, () -> job.run(session));
    assertEquals(
        "a points.csv below %s is damaged: all hold 839 points, not 840; remove the folder and run again"
            .formatted(job.out().resolve("cells")),
        damaged.getMessage());
  }

  /// The driver and an executor elsewhere make the same cells.
  @Test
  void aFigureHasTheSameCellsEverywhere() throws IOException {
    Plan.Figure plan =
        new Plan.Figure(
            new Request("schemes", Budget.TINY, "digits", List.of(), 1), folder.toString());
    List<Address> here = plan.cells().stream().map(SweepJobTest::address).toList();
    assertEquals(here, plan.cells().stream().map(SweepJobTest::address).toList());
    assertTrue(here.size() > 1);
  }

  private static Address address(Cell<?> cell) {
    return Address.of(cell);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          figure=fig4a                                | 'out=...' is missing
          out=o                                       | 'figure=...' is missing
          out=o figure=fig4 dataDir=d                 | unknown experiment 'fig4' (did you mean 'fig3'?); use fig3, fig4a
          out=o figure=fig4a                          | 'dataDir=...' is missing
          out=o figure=fig4a dataDir=d seed=x         | seed must be a whole number, got 'x'
          out=o figure=fig4a dataDir=d budget=much    | unknown budget 'much'
          out=o figure=fig4a dataDir=d speed=1        | there is no word 'speed='
          out=o grid=g.json format=json               | format must be parquet, orc, csv, got 'json'
          out=hdfs://h/o grid=g.json                  | out=hdfs://h/o is an address; name a folder that all machines have mounted
          """)
  void wrongWordsAreRefused(String line, String sentence) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> SweepJob.of(new Words(List.of(line.split(" ", -1))), QUIET));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith(sentence), message);
  }
}
