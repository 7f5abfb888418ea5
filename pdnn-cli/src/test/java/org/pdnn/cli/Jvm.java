package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The command in a process of its own, as a user starts it.
public record Jvm(List<String> options) {
  /// How it ended, and what it printed.
  public record Ended(int code, String out, String err) {}

  public static Jvm of(String... options) {
    return new Jvm(List.of(options));
  }

  Process start(Object... words) throws IOException {
    return builder(words).start();
  }

  public ProcessBuilder builder(Object... words) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"));
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.pdnn.cli.Main"));
    Arrays.stream(words).map(String::valueOf).forEach(line::add);
    return new ProcessBuilder(line);
  }

  /// Runs a command to its end.
  Ended run(Object... words) throws IOException, InterruptedException {
    return ended(start(words));
  }

  /// Runs a command with a file as its standard input.
  Ended read(Path input, Object... words) throws IOException, InterruptedException {
    Process process = start(words);
    Files.copy(input, process.getOutputStream());
    process.getOutputStream().close();
    return ended(process);
  }

  /// Runs a command whose standard output is a file.
  Ended into(File output, Object... words) throws IOException, InterruptedException {
    return ended(builder(words).redirectOutput(output).start());
  }

  private static Ended ended(Process process) throws InterruptedException {
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    String out = text(process.getInputStream());
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it hangs");
    // The notice of the JVM about its vector module is no word of ours.
    String said = err.join().replaceFirst("WARNING: Using incubator modules.*\\R", "");
    return new Ended(process.exitValue(), out, said);
  }

  private static String text(InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
