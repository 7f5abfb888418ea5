package org.pdnn.circuit.accelerator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.pdnn.circuit.synthesis.Tool;
import org.pdnn.names.Choice;

/// What other programs find in a [Project], each a target of its Makefile.
public enum Check {
  /// No warning of Verilator.
  LINT(Tool.VERILATOR),
  /// The test bench in Icarus Verilog, which interprets.
  ICARUS(Tool.ICARUS),
  /// The test bench in Verilator, which compiles.
  VERILATOR(Tool.VERILATOR),
  /// Synthesis by Yosys.
  SYNTHESIS(Tool.YOSYS);

  private static final long MOST_MINUTES = 60;

  private final Tool tool;

  Check(Tool tool) {
    this.tool = tool;
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
  public Optional<Tool> missing() {
    return Stream.of(Tool.MAKE, tool).filter(each -> each.path().isEmpty()).findFirst();
  }

  /// Runs it.
  ///
  /// @param folder of the project
  public Found run(Path folder) throws IOException, InterruptedException {
    Optional<Tool> missing = missing();
    if (missing.isPresent()) {
      return new Found(this, Outcome.NOT_RUN, 0, missing.get().missing());
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
