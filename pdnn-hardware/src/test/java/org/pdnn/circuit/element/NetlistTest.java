package org.pdnn.circuit.element;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.circuit.Simulator;
import org.pdnn.circuit.Tools;
import org.pdnn.circuit.Verilog;
import org.pdnn.circuit.synthesis.Family;
import org.pdnn.circuit.synthesis.Netlist;
import org.pdnn.circuit.synthesis.Synthesis;

/// Synthesis changes no bit: the cells that Yosys makes of an element with a table, simulated by
/// what Yosys says of each cell, give the sums and bits that plain Java does.
///
/// Yosys says what a DSP computes for Xilinx 7 only; elsewhere products are made of LUTs.
class NetlistTest {
  @ParameterizedTest
  @EnumSource
  void theCellsGiveWhatPlainJavaDoes(Family family, @TempDir Path folder) throws Exception {
    for (String tool : List.of("yosys", "iverilog")) {
      assumeTrue(Tools.found(tool), tool + " is not installed: not compared");
    }
    PBitElement element = PBitElements.SIGMOID.element;
    PBitBench bench = new PBitBench(element);
    Synthesis synthesis =
        family == Family.XILINX_7
            ? new Synthesis(family)
            : new Synthesis(family, Synthesis.Option.WITHOUT_DSPS);
    Netlist cells = synthesis.of(element.circuit());
    assertEquals(family == Family.XILINX_7, cells.total().dsps() > 0);
    Verilog.of(bench.circuit()).write(folder);
    for (String module : Verilog.of(element.circuit()).files().keySet()) {
      Files.delete(folder.resolve(module));
    }
    Path netlist = Files.writeString(folder.resolve("netlist.v"), cells.verilog());
    int neurons = 500;
    assertArrayEquals(
        bench.expected(neurons),
        Simulator.icarus(
            bench.circuit(),
            bench.cycles(neurons),
            folder,
            List.of(
                "-DNO_ICE40_DEFAULT_ASSIGNMENTS",
                "-I" + family.models().getParent(),
                netlist.toString(),
                family.models().toString())));
  }
}
