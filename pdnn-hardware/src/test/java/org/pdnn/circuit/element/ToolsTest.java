package org.pdnn.circuit.element;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Tools;
import org.pdnn.circuit.Verilog;
import org.pdnn.circuit.synthesis.Family;
import org.pdnn.circuit.synthesis.Resources;
import org.pdnn.circuit.synthesis.Synthesis;
import org.pdnn.integer.Threshold;
import org.pdnn.network.Activation;

/// What lint and synthesis say to the elements.
class ToolsTest {
  private static final PBitElement WIDE =
      new PBitElement(
          new SelectiveAccumulator(33, 32), new Lfsr(32, 1), new Probability.Comparator(32));

  private static final PBitElement NARROW =
      new PBitElement(
          new SelectiveAccumulator(33, 8, 18), new Lfsr(16, 1), new Probability.Comparator(16));

  private static void need(String tool) {
    assumeTrue(Tools.found(tool), tool + " is not installed: not looked at");
  }

  @Test
  void verilatorHasNothingToSay(@TempDir Path folder) throws Exception {
    need("verilator");
    ActivationTable table = ActivationTable.of(Activation.SIGMOID, 10, 8, 5, 9, 7);
    for (Circuit circuit :
        List.of(
            PBitElements.WIDE.element.circuit(),
            table(Threshold.SIGMOID),
            table(Threshold.TANH),
            table(Threshold.CLIP),
            new StandardElement(new MultiplyAccumulator(33, 8, 8), table).circuit(),
            new Lfsr(32, 32).circuit())) {
      Path own = Files.createTempDirectory(folder, circuit.name());
      Verilog.of(circuit).write(own);
      assertEquals(
          "",
          Tools.run(own, "verilator", "--lint-only", "-Wall", "-y", ".", circuit.name() + ".v"));
    }
  }

  private static Circuit table(Threshold curve) {
    return new PBitElement(
            new SelectiveAccumulator(33, 8), new Lfsr(16, 1), new Probability.Table(curve, 10))
        .circuit();
  }

  /// At most what a plain draft of the same widths takes (look-up tables and flip-flops).
  @ParameterizedTest
  @CsvSource({
    "32, ICE40, 182, 72", "32, ECP5, 107, 72", "32, XILINX_7, 137, 72",
    "8, ICE40, 82, 36", "8, ECP5, 47, 36", "8, XILINX_7, 67, 36"
  })
  void theElementIsSmall(int weightBits, Family family, int luts, int flipFlops) throws Exception {
    need("yosys");
    PBitElement element = weightBits == 32 ? WIDE : NARROW;
    Resources found = new Synthesis(family, Synthesis.Option.FLAT).of(element.circuit()).total();
    assertTrue(found.luts() > luts / 3 && found.luts() <= luts, found.toString());
    assertEquals(flipFlops, found.flipFlops());
  }
}
