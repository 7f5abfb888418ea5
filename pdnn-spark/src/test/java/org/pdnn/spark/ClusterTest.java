package org.pdnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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

/// A cluster of processes on this machine: a master and two workers, at ports of the loopback.
@DisabledOnOs(OS.WINDOWS)
class ClusterTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final int PARTITIONS = 12;

  @TempDir private Path folder;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : processes.reversed()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
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
          processes.stream().anyMatch(one -> one.descendants().anyMatch(killed::equals)),
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
        Thread.sleep(700);
      }
      return row;
    }
  }

  private SparkSession cluster() throws Exception {
    int port = freePort();
    String master = "spark://127.0.0.1:" + port;
    Files.createDirectories(folder.resolve("home").resolve("jars"));
    start(
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        String.valueOf(port),
        "--webui-port",
        "0");
    awaitListener(port);
    for (String worker : List.of("one", "two")) {
      start(
          "org.apache.spark.deploy.worker.Worker",
          "--host",
          "127.0.0.1",
          "--webui-port",
          "0",
          "--cores",
          "1",
          "--memory",
          "512M",
          "--work-dir",
          folder.resolve(worker).toString(),
          master);
    }
    SparkSession session =
        SparkSession.builder()
            .master(master)
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "512m")
            .config("spark.executor.extraClassPath", CLASS_PATH)
            .getOrCreate();
    session.sparkContext().setLogLevel("OFF");
    return session;
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

  private void start(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-Xmx256m", "-cp", CLASS_PATH));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("process-" + processes.size() + ".log").toFile());
    // Workers build the command line of an executor as an installed Spark does.
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    processes.add(builder.start());
  }
}
