package org.pdnn.circuit.boltzmann;

import java.util.Map;
import java.util.TreeMap;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Verilog;
import org.pdnn.circuit.accelerator.Project;
import org.pdnn.circuit.accelerator.Target;

/// A machine as a [Project].
public final class MachineProject {
  private MachineProject() {}

  /// All files of a machine.
  ///
  /// @param start that the test bench loads
  /// @param reads of the test bench
  /// @param sweeps of each read
  public static Project of(BoltzmannMachine machine, int start, int reads, int sweeps) {
    Map<String, String> files = new TreeMap<>(Verilog.of(machine.circuit()).files());
    files.putAll(new MachineBench(machine, start, reads, sweeps).files());
    files.put("Makefile", Project.makefile(MachineCircuit.NAME, Target.ICE40));
    files.put("README.md", page(machine));
    return new Project(files);
  }

  private static String page(BoltzmannMachine machine) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Boltzmann machine

        %s Written by `pdnn ising --verilog`; do not edit.

        | File | What it is |
        |---|---|
        | `boltzmann_machine.v` | the top: sequencer, elements, spins |
        | `pbit_element.v` | selective accumulator, generator, the list of probabilities, comparator |
        | `selective_accumulator.v`, `lfsr*.v` | parts of the element |
        | `seeder.v` | first states of the generators |
        | `boltzmann_machine_couplings_*.hex` | for each element where its terms stand, and their weights |
        | `bench.v` | a host that compares every sweep with the definition of the heat bath |

        `make icarus` and `make verilator` simulate; `make synthesis` counts the cells of an iCE40.

        ## Ports

        Everything happens at the rising edge of `clk`.

        | Port | Direction | Bits | What it is |
        |---|---|---|---|
        | `clk` | in | 1 | clock |
        | `rst` | in | 1 | reset at a clock edge, also of the generators: `load` again after it |
        """
            .formatted(machine.summary()));
    machine.circuit().inputs().forEach(port -> page.append(row(port, "in")));
    machine.circuit().outputs().forEach(port -> page.append(row(port, "out")));
    page.append(
        """

        ## Protocol

        1. After `rst`, `load` with a seed for a cycle. `busy` is then up for as many cycles as there are elements.
        2. `clear` for a cycle brings all spins down, where a read is to begin anew.
        3. `start` for a cycle runs `sweeps` sweeps of %s cycles each. While `busy` or `load` is up, nothing starts.
        4. `left` counts them down. When `busy` is down, `spin` is spin `read_address`, a cycle after the address: 1 for +1, 0 for -1.

        Generators move on from read to read, so a seed is needed once. Two words of a generator are %s shifts apart; the generators of neighbouring elements, (2^32 - 1) / %s.
        """
            .formatted(machine.cyclesOfSweep(), machine.shifts(), machine.elements()));
    return page.toString();
  }

  private static String row(Signal port, String direction) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(port.name(), direction, port.width(), meaning(port));
  }

  private static String meaning(Signal port) {
    return switch (port.name()) {
      case "load" -> "starts the generators; nothing happens while `busy` is up";
      case "seed" -> "where they start; 0 counts as 1";
      case "clear" -> "brings all spins down";
      case "start" -> "starts sweeps";
      case "sweeps" -> "how many, read with `start`";
      case "read_address" -> "which spin";
      case "busy" -> "up while generators are started or sweeps run";
      case "left" -> "sweeps that are not over";
      case "spin" -> "the spin, 1 for +1";
      default -> throw new IllegalArgumentException("nothing says what %s is".formatted(port));
    };
  }
}
