package org.pdnn.circuit.boltzmann;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.circuit.Tools;

/// What is written runs: simulators have after every sweep the state of the definition.
class MachineProjectTest {
  private static BoltzmannMachine write(String problem, int elements, int sweeps, Path folder)
      throws IOException {
    BoltzmannMachine machine = BoltzmannMachineTest.machine(problem, 0.7, elements);
    MachineProject.of(machine, BoltzmannMachineTest.SEED, 2, sweeps).write(folder);
    return machine;
  }

  @ParameterizedTest
  @CsvSource({
    "icarus, iverilog, triangle, 0, 500",
    "icarus, iverilog, lattice:8x8, 0, 200",
    "icarus, iverilog, glass:8x8, 1, 30",
    "icarus, iverilog, adder, 2, 200",
    "verilator, verilator, triangle, 0, 2000"
  })
  void simulatorsHaveTheStatesOfTheDefinition(
      String target, String tool, String problem, int elements, int sweeps, @TempDir Path folder)
      throws Exception {
    assumeTrue(Tools.found(tool), tool + " is not installed: not compared");
    BoltzmannMachine machine = write(problem, elements, sweeps, folder);
    String said = Tools.run(folder, "make", target);
    String cycles = " cycles each";
    assertTrue(
        said.contains(
            "PASS: 2 reads, %s sweeps, %s".formatted(sweeps, sweeps * machine.cyclesOfSweep())
                + cycles),
        said);
  }

  /// A check that cannot fail is none: a coupling of the written image has the other sign.
  @Test
  void aDamagedCouplingIsFound(@TempDir Path folder) throws Exception {
    assumeTrue(Tools.found("iverilog"), "iverilog is not installed: not compared");
    write("glass:8x8", 0, 50, folder);
    Path image = folder.resolve("boltzmann_machine_couplings_7.hex");
    String words = Files.readString(image);
    // A weight of four bits is the last digit.
    String first = words.substring(0, words.indexOf('\n'));
    String turned = first.substring(0, first.length() - 1) + (first.endsWith("2") ? "e" : "2");
    Files.writeString(image, turned + words.substring(first.length()));
    assertThrows(IOException.class, () -> Tools.run(folder, "make", "icarus"));
    String said = Files.readString(folder.resolve("icarus.txt"));
    assertTrue(said.contains("FAIL: differences: "), said);
    assertTrue(said.contains("read 0, sweep "), said);
  }

  @ParameterizedTest
  @CsvSource({"triangle, 0", "glass:8x8, 0", "adder, 2", "glass:8x8, 1"})
  void verilatorHasNothingToSay(String problem, int elements, @TempDir Path folder)
      throws Exception {
    assumeTrue(Tools.found("verilator"), "verilator is not installed: not looked at");
    write(problem, elements, 2, folder);
    assertEquals(
        "",
        Tools.run(folder, "verilator", "--lint-only", "-Wall", "-y", ".", "boltzmann_machine.v"));
  }
}
