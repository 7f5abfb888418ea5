package org.pdnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;

/// What a cluster of processes answers while some of them are killed.
@DisabledOnOs(OS.WINDOWS)
class ClusterTest {
  private static final int PARTITIONS = 12;
  private static final int CELLS = 40;

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // before all
  private static LoopbackCluster cluster;

  @BeforeAll
  static void begin() throws IOException, InterruptedException {
    cluster = new LoopbackCluster(folder);
  }

  @AfterAll
  static void end() throws InterruptedException {
    cluster.end();
  }

  /// An executor is killed while it works on some rows; others do them again.
  @Test
  @Timeout(300)
  void answersAreThoseOfTheEngineAfterAnExecutorWasKilled() throws Exception {
    Path marks = Files.createDirectory(folder.resolve("marks"));
    try (SparkSession session = session()) {
      Dataset<Row> table =
          SmallTable.of(session, PARTITIONS)
              .map(new Marking(marks.toString()), Encoders.row(SmallTable.SCHEMA));
      Dataset<Row> scored = PdnnModel.of(SmallTable.write(folder)).setKeyCol("id").transform(table);
      CompletableFuture<Map<Long, List<Double>>> logits =
          CompletableFuture.supplyAsync(() -> SmallTable.logits(scored));
      cluster.kill(firstExecutor(marks));
      assertEquals(engine(), logits.get(240, TimeUnit.SECONDS));
    }
    Map<String, Integer> tries = new HashMap<>();
    for (String mark : marks(marks)) {
      tries.merge(mark.split("-", 2)[0], 1, Integer::sum);
    }
    assertEquals(PARTITIONS, tries.size());
    assertTrue(tries.values().stream().anyMatch(count -> count > 1), tries.toString());
  }

  private static Map<Long, List<Double>> engine() {
    Sampler sampler = Precision.DEFAULT.sampler(SmallTable.network(), Run.of(8));
    Map<Long, List<Double>> all = new HashMap<>();
    for (long id = 0; id < SmallTable.ROWS; id++) {
      Answer answer = sampler.answer(SmallTable.input(id), id, new Philox(1));
      all.put(id, SmallTable.boxed(answer.logits()));
    }
    return all;
  }

  private static List<String> marks(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /// The process of the first executor that works on rows.
  private static long firstExecutor(Path folder) throws Exception {
    Optional<String> mark = Optional.empty();
    while (mark.isEmpty()) {
      Thread.sleep(50);
      mark = marks(folder).stream().findFirst();
    }
    return Long.parseLong(mark.get().split("-", 2)[1]);
  }

  /// Marks which process begins which partition, and takes its time.
  private static final class Marking implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    private final String folder;
    private boolean marked;

    Marking(String folder) {
      this.folder = folder;
    }

    @Override
    public Row call(Row row) throws InterruptedException {
      if (!marked) {
        marked = true;
        String name = TaskContext.getPartitionId() + "-" + ProcessHandle.current().pid();
        try {
          Files.writeString(Path.of(folder, name), "");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        Thread.sleep(300);
      }
      return row;
    }
  }

  private static SparkSession session() {
    SparkSession session =
        SparkSession.builder()
            .master(cluster.master())
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "512m")
            .config("spark.executor.extraClassPath", LoopbackCluster.CLASS_PATH)
            .config("spark.executor.extraJavaOptions", LoopbackCluster.SHORT_LIVED)
            .getOrCreate();
    session.sparkContext().setLogLevel("OFF");
    return session;
  }

  /// The driver of a sweep.
  public static final class Driver {
    private Driver() {}

    public static void main(String[] words) throws Exception {
      try (SparkSession session = SparkSession.builder().appName("doze").getOrCreate()) {
        System.out.println(
            new SweepJob(new Dozing(CELLS, 300, -1), Path.of(words[0]), "parquet", System.err)
                .run(session));
      }
    }
  }

  /// The driver is killed while cells are worked on, and submitted again; then an executor is
  /// killed. Each computation of a cell leaves a line in its folder.
  @Test
  @Timeout(300)
  void noFinishedCellIsComputedAgainAfterTheDriverWasKilled() throws Exception {
    Path out = folder.resolve("sweep");
    Process driver = cluster.submit(Driver.class.getName(), out.toString());
    awaitFinished(driver, out, 6);
    driver.destroyForcibly().waitFor();
    Map<Path, List<String>> finished = finished(out);
    assertTrue(finished.size() < CELLS, "the driver was killed too late");
    Process again = cluster.submit(Driver.class.getName(), out.toString());
    awaitFinished(again, out, finished.size() + 6);
    Map<Path, List<String>> later = finished(out);
    later.keySet().removeAll(finished.keySet());
    cluster.kill(Long.parseLong(later.values().iterator().next().getLast()));
    assertTrue(again.waitFor(2, TimeUnit.MINUTES), "it hangs");
    assertEquals(0, again.exitValue());
    Map<Path, List<String>> all = finished(out);
    assertEquals(CELLS, all.size());
    finished.putAll(later);
    finished.forEach((cell, computations) -> assertEquals(computations, all.get(cell)));
  }

  private static void awaitFinished(Process driver, Path out, int cells) throws Exception {
    while (finished(out).size() < cells) {
      assertTrue(driver.isAlive(), () -> "the driver ended, see its log: " + cluster.lastLog());
      Thread.sleep(50);
    }
  }

  /// The finished cells, with the processes that computed each.
  private static Map<Path, List<String>> finished(Path out) throws IOException {
    Map<Path, List<String>> all = new HashMap<>();
    if (Files.exists(out.resolve("cells"))) {
      try (Stream<Path> cells = Files.list(out.resolve("cells"))) {
        for (Path cell : cells.toList()) {
          if (Files.exists(cell.resolve("cell.json"))) {
            all.put(cell, Files.readAllLines(cell.resolve(Dozing.MARK)));
          }
        }
      }
    }
    return all;
  }
}
