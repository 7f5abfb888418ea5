package org.pdnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
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

/// A cluster of processes on this machine, started as the how-to says: a master and two workers, at
/// ports of the loopback.
@DisabledOnOs(OS.WINDOWS)
class ClusterTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final int PARTITIONS = 12;

  /// Of JVMs that live for seconds.
  private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  @TempDir private Path folder;

  private @Nullable Process cluster;

  @AfterEach
  void end() throws InterruptedException {
    if (cluster != null) {
      cluster.descendants().forEach(ProcessHandle::destroyForcibly);
      cluster.destroyForcibly().waitFor();
    }
  }

  /// An executor is killed while it works on some rows; others do them again.
  @Test
  @Timeout(300)
  void answersAreThoseOfTheEngineAfterAnExecutorWasKilled() throws Exception {
    Path marks = Files.createDirectory(folder.resolve("marks"));
    try (SparkSession session = cluster()) {
      Dataset<Row> table =
          SmallTable.of(session, PARTITIONS)
              .map(new Marking(marks.toString()), Encoders.row(SmallTable.SCHEMA));
      Dataset<Row> scored = PdnnModel.of(SmallTable.write(folder)).setKeyCol("id").transform(table);
      CompletableFuture<Map<Long, List<Double>>> logits =
          CompletableFuture.supplyAsync(() -> SmallTable.logits(scored));
      ProcessHandle killed = ProcessHandle.of(firstExecutor(marks)).orElseThrow();
      assertTrue(
          Objects.requireNonNull(cluster).descendants().anyMatch(killed::equals),
          "not a process of this test");
      killed.destroyForcibly();
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

  private SparkSession cluster() throws Exception {
    int port = freePort();
    start(port);
    awaitListener(port);
    SparkSession session =
        SparkSession.builder()
            .master("spark://127.0.0.1:" + port)
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "512m")
            .config("spark.executor.extraClassPath", CLASS_PATH)
            .config("spark.executor.extraJavaOptions", QUICK)
            .getOrCreate();
    session.sparkContext().setLogLevel("OFF");
    return session;
  }

  /// Starts a master and two workers by the lines of the how-to: all but the one that submits.
  private void start(int port) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "how-to", "spark.md"));
    String lines =
        page.lines()
            .dropWhile(line -> !line.startsWith("## A cluster on one machine"))
            .dropWhile(line -> !line.startsWith("mkdir"))
            .takeWhile(line -> !line.contains("SparkSubmit"))
            .collect(Collectors.joining("\n", "app=.\n", "\nwait\n"))
            .replace("7077", String.valueOf(port));
    Files.writeString(
        folder.resolve("spark.classpath"),
        Arrays.stream(CLASS_PATH.split(File.pathSeparator, -1))
            .filter(place -> place.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator)));
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", lines).redirectErrorStream(true);
    builder.directory(folder.toFile()).redirectOutput(folder.resolve("cluster.log").toFile());
    Map<String, String> environment = builder.environment();
    String java = System.getProperty("java.home");
    environment.put("JAVA_HOME", java);
    environment.merge("PATH", java + "/bin", (old, bin) -> bin + File.pathSeparator + old);
    environment.put("SPARK_DAEMON_MEMORY", "256m");
    environment.put("SPARK_DAEMON_JAVA_OPTS", QUICK);
    environment.put("SPARK_MASTER_WEBUI_PORT", "0");
    environment.put("SPARK_WORKER_WEBUI_PORT", "0");
    cluster = builder.start();
  }

  /// A driver gives up after three tries, and a master may take long to start.
  private static void awaitListener(int port) throws InterruptedException {
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
