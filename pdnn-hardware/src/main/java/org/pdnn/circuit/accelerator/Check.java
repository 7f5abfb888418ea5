package org.pdnn.circuit.accelerator;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.pdnn.names.Choice;

/// What other programs find in a [Project], each a target of its Makefile.
public enum Check {
  /// No warning of Verilator.
  LINT("verilator"),
  /// The test bench in Icarus Verilog, which interprets.
  ICARUS("iverilog"),
  /// The test bench in Verilator, which compiles.
  VERILATOR("verilator"),
  /// Synthesis by Yosys.
  SYNTHESIS("yosys");

  private static final long MOST_MINUTES = 60;

  private final String program;

  Check(String program) {
    this.program = program;
  }

  /// How a check ended.
  public enum Outcome {
    PASSED,
    FAILED,
    /// A program that it needs is not installed.
    NOT_RUN;

    @Override
    public String toString() {
      return Choice.name(this).replace('_', '-');
    }
  }

  /// What was found.
  ///
  /// @param said the last line that a program printed, or what is missing
  public record Found(Check check, Outcome outcome, double seconds, String said) {}

  /// The program that is not installed, if there is one.
  public Optional<String> missing() {
    return Stream.of("make", program).filter(each -> !installed(each)).findFirst();
  }

  private static boolean installed(String name) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /// Runs it.
  ///
  /// @param folder of the project
  public Found run(Path folder) throws IOException, InterruptedException {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      return new Found(this, Outcome.NOT_RUN, 0, missing.get() + " is not installed");
    }
    long from = System.nanoTime();
    Path log = folder.resolve(this + ".log");
    Process process =
        new ProcessBuilder("make", toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended;
    try {
      ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    double seconds = (System.nanoTime() - from) / 1e9;
    if (!ended) {
      return new Found(this, Outcome.FAILED, seconds, "it took over an hour; see " + log);
    }
    boolean passed = process.exitValue() == 0;
    String said = passed ? passed(log) : "see " + log;
    return new Found(this, passed ? Outcome.PASSED : Outcome.FAILED, seconds, said);
  }

  /// What the test bench said, without a program's own lines.
  private static String passed(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    return lines.stream().filter(line -> line.startsWith("PASS: ")).findFirst().orElse("");
  }

  /// The target of the Makefile.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
