package org.pdnn.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;

/// A cluster of processes on this machine: a master and two workers of one core each, at ports of
/// the loopback.
final class LoopbackCluster implements AutoCloseable {
  static final String CLASS_PATH = System.getProperty("java.class.path");

  /// For JVMs that end before the second compiler pays.
  static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Path folder;
  private final String master;
  private final List<Process> processes = new ArrayList<>();

  /// @param folder for logs and what workers leave
  LoopbackCluster(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    int port = freePort();
    master = "spark://127.0.0.1:" + port;
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
  }

  String master() {
    return master;
  }

  /// Starts a program of Spark, or one that uses it, with the flags that this Spark needs.
  Process start(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of(SHORT_LIVED.split(" ", -1)));
    command.addAll(List.of("-Xmx256m", "-cp", CLASS_PATH));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log(processes.size()).toFile());
    // Workers build the command line of an executor as an installed Spark does.
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    processes.add(process);
    return process;
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

  @Override
  public void close() throws InterruptedException {
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
