package org.pdnn.circuit.synthesis;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.pdnn.names.Printable;

/// Programs of others that read Verilog, and make, which runs them; started with a list of
/// arguments and without a shell.
public enum Tool {
  YOSYS("yosys", "yosys"),
  NEXTPNR_ICE40("nextpnr-ice40", "nextpnr-ice40"),
  ICARUS("iverilog", "iverilog"),
  ICARUS_RUNTIME("vvp", "iverilog"),
  VERILATOR("verilator", "verilator"),
  MAKE("make", "make");

  private final String program;
  private final String debianPackage;

  Tool(String program, String debianPackage) {
    this.program = program;
    this.debianPackage = debianPackage;
  }

  /// Where it lies, if it is on the PATH.
  public Optional<Path> path() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// That it is not there, and how to get it.
  public String missing() {
    return "%s is not installed; install it (on Debian: apt-get install %s) and put it on the PATH"
        .formatted(program, debianPackage);
  }

  /// Runs it to its end.
  ///
  /// @param folder in which it runs
  /// @param most the time after which it is ended
  /// @return what it printed
  /// @throws IOException in one sentence if it is missing, fails or takes longer
  public String run(Path folder, Duration most, List<String> arguments) throws IOException {
    Path found = path().orElseThrow(() -> new IOException(missing()));
    List<String> command = new ArrayList<>(List.of(found.toString()));
    command.addAll(arguments);
    return run(program, folder, most, command);
  }

  /// Runs any program to its end, under a name for complaints.
  public static String run(String name, Path folder, Duration most, List<String> command)
      throws IOException {
    Path output = Files.createTempFile("pdnn-", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.outputWriter().close();
      boolean ended;
      try {
        ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException(name + " was interrupted");
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      String said = Files.readString(output);
      if (!ended) {
        throw new IOException(
            "%s was not done after %s seconds; allow more time or make the circuit smaller"
                .formatted(name, most.toMillis() / 1000.0));
      }
      if (process.exitValue() != 0) {
        throw new IOException("%s failed: %s".formatted(name, complaint(said)));
      }
      return said;
    } finally {
      Files.delete(output);
    }
  }

  /// The first line that speaks of an error, or the last.
  private static String complaint(String said) {
    List<String> lines = said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return Stream.concat(
            lines.stream().filter(line -> line.toLowerCase(Locale.ROOT).contains("error")),
            lines.reversed().stream())
        .findFirst()
        .map(line -> Printable.of(line, 300))
        .orElse("it says nothing");
  }

  /// The program's name.
  @Override
  public String toString() {
    return program;
  }
}
