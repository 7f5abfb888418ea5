package org.pdnn.circuit.accelerator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.pdnn.circuit.Verilog;

/// A circuit as a folder of files: Verilog, memory images, a test bench, a Makefile and a page that
/// says what is what.
///
/// @param files text by name
public record Project(Map<String, String> files) {
  public Project {
    files = Map.copyOf(files);
  }

  /// All files of an accelerator.
  ///
  /// @param bench of the accelerator
  /// @param done told how many inputs of the test bench have been emulated
  public static Project of(
      Accelerator accelerator, TestBench bench, Target target, LongConsumer done) {
    Map<String, String> files = new TreeMap<>(Verilog.of(accelerator.circuit()).files());
    files.putAll(bench.files(done));
    files.put("Makefile", makefile("accelerator", target));
    files.put("README.md", ProjectPage.of(accelerator, target));
    return new Project(files);
  }

  /// The Makefile of a circuit with a test bench, whose targets are those of [Check].
  ///
  /// @param top the circuit's module
  public static String makefile(String top, Target target) {
    return MAKEFILE.replace("@TOP@", top).replace("@SYNTH@", target.command());
  }

  /// Writes all files into a new or empty folder, which is there with all of them or not at all.
  ///
  /// @throws IOException if the folder is in use
  public void write(Path folder) throws IOException {
    requireFree(folder);
    Path whole = folder.toAbsolutePath().normalize();
    Path parent = Objects.requireNonNull(whole.getParent(), "a folder that is not the root");
    Path aside = createBeside(whole, parent);
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(aside.resolve(file.getKey()), file.getValue());
      }
      Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(aside, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      for (String name : files.keySet()) {
        Files.deleteIfExists(aside.resolve(name));
      }
      Files.deleteIfExists(aside);
      throw e;
    }
  }

  private static Path createBeside(Path whole, Path parent) throws IOException {
    try {
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, "." + whole.getFileName() + ".");
    } catch (IOException e) {
      throw new IOException(
          "cannot write %s: no folder can be made in %s; name another".formatted(whole, parent), e);
    }
  }

  /// Refuses a folder that holds anything.
  public static void requireFree(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(folder + " is a file; name a new folder");
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new IOException(folder + " is in use; name a new folder, or remove it first");
        }
      }
    }
  }

  private static final String MAKEFILE =
      """
      # Verilator compiles in a temporary folder, as make knows no folders with spaces in their names.
      # make lint, make icarus, make verilator: check; make synthesis: count.

      .PHONY: all lint icarus verilator synthesis clean

      all: lint icarus

      lint:
      \tverilator --lint-only -Wall -y . @TOP@.v

      icarus:
      \tiverilog -g2005 -y . -s bench -o bench.vvp bench.v
      \tvvp bench.vvp | tee icarus.txt
      \tgrep -q "^PASS: " icarus.txt

      verilator:
      \trm -f verilator.txt
      \tbuilt=$$(mktemp -d) && verilator --binary --timing -O3 -y . --top-module bench --Mdir "$$built" bench.v \\
      \t&& "$$built"/Vbench > verilator.txt; status=$$?; rm -rf "$$built"; exit $$status
      \tcat verilator.txt
      \tgrep -q "^PASS: " verilator.txt

      synthesis:
      \tyosys -q -p "read_verilog $(filter-out bench.v,$(wildcard *.v)); @SYNTH@ -top @TOP@; tee -o synthesis.txt stat; tee -q -o synthesis.json stat -json"

      clean:
      \trm -f bench.vvp icarus.txt verilator.txt synthesis.txt synthesis.json
      """;
}
