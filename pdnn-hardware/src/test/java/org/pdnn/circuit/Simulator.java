package org.pdnn.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What runs a circuit without inputs that has outputs `valid` and `result`: all give the same
/// results, one for each cycle in which `valid` is up, after two cycles of reset.
public enum Simulator {
  EMULATOR("java") {
    @Override
    long[] results(Circuit circuit, int cycles, Path folder) {
      Emulator emulator = new Emulator(circuit);
      Emulator.Pin valid = emulator.pin("valid");
      Emulator.Pin result = emulator.pin("result");
      emulator.reset();
      emulator.reset();
      long[] results = new long[cycles];
      int found = 0;
      for (int cycle = 0; cycle < cycles; cycle++) {
        if (valid.get() != 0) {
          results[found++] = result.get();
        }
        emulator.clock();
      }
      return Arrays.copyOf(results, found);
    }
  },

  ICARUS("iverilog") {
    @Override
    long[] results(Circuit circuit, int cycles, Path folder) throws IOException {
      Verilog.of(circuit).write(folder);
      return icarus(circuit, cycles, folder, List.of());
    }
  },

  VERILATOR("verilator") {
    @Override
    long[] results(Circuit circuit, int cycles, Path folder) throws IOException {
      Files.writeString(
          folder.resolve("simulation.cpp"),
          """
          #include <cstdio>
          #include "Vdut.h"
          int main() {
            Vdut dut;
            FILE* file = fopen("results.txt", "w");
            for (int cycle = -2; cycle < %s; cycle++) {
              dut.rst = cycle < 0;
              dut.eval();
              if (!dut.rst && dut.valid) fprintf(file, "%%llx\\n", (unsigned long long) dut.result);
              dut.clk = 1;
              dut.eval();
              dut.clk = 0;
              dut.eval();
            }
            return fclose(file);
          }
          """
              .formatted(cycles));
      Verilog.of(circuit).write(folder);
      // A comparison that was drawn may be constant.
      Tools.run(
          folder,
          "verilator",
          "-Wno-UNSIGNED",
          "-Wno-CMPCONST",
          "--cc",
          "--exe",
          "--build",
          "-O3",
          // Each further file costs a second for its headers.
          "--output-split",
          "0",
          "-MAKEFLAGS",
          cycles < MANY ? "OPT_FAST=-O0 OPT_GLOBAL=-O0" : "OPT_FAST=-O1",
          "-y",
          ".",
          "--prefix",
          "Vdut",
          "--Mdir",
          "obj",
          "simulation.cpp",
          circuit.name() + ".v");
      Tools.run(folder, "obj/Vdut");
      return read(folder);
    }
  };

  /// From so many cycles on, C++ is worth its optimisation.
  private static final int MANY = 1_000_000;

  private final String program;

  Simulator(String program) {
    this.program = program;
  }

  abstract long[] results(Circuit circuit, int cycles, Path folder) throws IOException;

  private static long[] read(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("results.txt"));
    return lines.stream().mapToLong(line -> Long.parseUnsignedLong(line.strip(), 16)).toArray();
  }

  /// The results of the modules in a folder, by Icarus.
  ///
  /// @param more arguments
  public static long[] icarus(Circuit circuit, int cycles, Path folder, List<String> more)
      throws IOException {
    int width = circuit.outputs().get(1).width();
    Files.writeString(
        folder.resolve("simulation.v"),
        """
        `timescale 1ns/1ns
        module simulation;
          reg clk, rst;
          wire valid;
          wire [%s:0] result;
          integer file, cycle;
          %s dut (.clk(clk), .rst(rst), .valid(valid), .result(result));
          initial begin
            file = $fopen("results.txt", "w");
            clk = 0;
            for (cycle = -2; cycle < %s; cycle = cycle + 1) begin
              rst = cycle < 0;
              #1 if (!rst && valid) $fdisplay(file, "%%h", result);
              clk = 1;
              #1 clk = 0;
            end
            $finish;
          end
        endmodule
        """
            .formatted(width - 1, circuit.name(), cycles));
    List<String> command =
        new ArrayList<>(List.of("iverilog", "-g2005", "-y", ".", "-s", "simulation"));
    command.addAll(List.of("-o", "bench", "simulation.v"));
    command.addAll(more);
    Tools.run(folder, command.toArray(String[]::new));
    Tools.run(folder, "vvp", "bench");
    return read(folder);
  }

  /// The results of a circuit without inputs.
  ///
  /// @param folder for files
  public long[] run(Circuit circuit, int cycles, Path folder) throws IOException {
    assertEquals(List.of(), circuit.inputs());
    assertEquals(List.of("valid", "result"), circuit.outputs().stream().map(Signal::name).toList());
    assumeTrue(
        this == EMULATOR || Tools.found(program), program + " is not installed: not compared");
    Path own = Files.createDirectories(folder.resolve(name()));
    return results(circuit, cycles, own);
  }
}
