package org.pdnn.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;

/// A cluster of processes on this machine, started by the lines of the how-to: a master and two
/// workers of one core each, at ports of the loopback.
final class LoopbackCluster {
  static final String CLASS_PATH = System.getProperty("java.class.path");

  /// For JVMs that live for seconds.
  static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Path folder;
  private final String master;
  private final List<Process> processes = new ArrayList<>();

  /// @param folder for logs and what workers leave
  LoopbackCluster(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    int port = freePort();
    master = "spark://127.0.0.1:" + port;
    startDaemons(port);
    awaitListener(port);
  }

  /// All lines but the one that submits.
  private void startDaemons(int port) throws IOException {
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
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", lines);
    Map<String, String> environment = builder.environment();
    String java = System.getProperty("java.home");
    environment.put("JAVA_HOME", java);
    environment.merge("PATH", java + "/bin", (old, bin) -> bin + File.pathSeparator + old);
    environment.put("SPARK_DAEMON_MEMORY", "256m");
    environment.put("SPARK_DAEMON_JAVA_OPTS", SHORT_LIVED);
    environment.put("SPARK_MASTER_WEBUI_PORT", "0");
    environment.put("SPARK_WORKER_WEBUI_PORT", "0");
    start(builder);
  }

  private Process start(ProcessBuilder builder) throws IOException {
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(processes.size()).toFile())
            .start();
    processes.add(process);
    return process;
  }

  /// Starts the driver of a job, with the flags that this Spark needs.
  Process submit(String main, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of(SHORT_LIVED.split(" ", -1)));
    command.addAll(
        List.of(
            "-Xmx512m",
            "-Dspark.master=" + master,
            "-Dspark.ui.enabled=false",
            "-Dspark.driver.host=127.0.0.1",
            "-Dspark.driver.bindAddress=127.0.0.1",
            "-Dspark.executor.memory=512m",
            "-Dspark.executor.extraClassPath=" + CLASS_PATH,
            "-Dspark.executor.extraJavaOptions=" + SHORT_LIVED,
            "-cp",
            CLASS_PATH,
            main));
    command.addAll(List.of(words));
    return start(new ProcessBuilder(command));
  }

  String master() {
    return master;
  }

  /// What the process that was started last said.
  String lastLog() {
    try {
      return Files.readString(log(processes.size() - 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log(int process) {
    return folder.resolve("process-" + process + ".log");
  }

  /// Kills an executor of this cluster, as `kill -9` does.
  void kill(long executor) {
    ProcessHandle killed = ProcessHandle.of(executor).orElseThrow();
    if (processes.stream().noneMatch(one -> one.descendants().anyMatch(killed::equals))) {
      throw new IllegalArgumentException(executor + " is not a process of this cluster");
    }
    killed.destroyForcibly();
  }

  /// Ends all processes.
  void end() throws InterruptedException {
    for (Process process : processes.reversed()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
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
