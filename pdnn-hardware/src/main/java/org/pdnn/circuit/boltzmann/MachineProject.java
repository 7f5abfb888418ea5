package org.pdnn.circuit.boltzmann;

import java.util.Map;
import java.util.TreeMap;
import org.pdnn.circuit.Verilog;
import org.pdnn.circuit.accelerator.PortTable;
import org.pdnn.circuit.accelerator.Project;
import org.pdnn.circuit.accelerator.Target;

/// A machine as a [Project].
public final class MachineProject {
  private static final Map<String, String> PORTS =
      Map.ofEntries(
          Map.entry("load", "starts the generators; nothing happens while `busy` is up"),
          Map.entry("seed", "where they start; 0 counts as 1"),
          Map.entry("clear", "brings all spins down"),
          Map.entry("start", "starts sweeps"),
          Map.entry("sweeps", "how many, read with `start`"),
          Map.entry("read_address", "which spin"),
          Map.entry("busy", "up while generators are started or sweeps run"),
          Map.entry("left", "sweeps that are not over"),
          Map.entry("spin", "the spin, 1 for +1"));

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

        """
            .formatted(machine.summary()));
    page.append(PortTable.of(machine.circuit(), PORTS));
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
}
