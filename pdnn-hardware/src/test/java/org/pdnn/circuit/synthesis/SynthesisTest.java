package org.pdnn.circuit.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.circuit.element.MultiplyAccumulator;
import org.pdnn.circuit.element.PBitElement;
import org.pdnn.circuit.element.Probability;
import org.pdnn.circuit.element.SelectiveAccumulator;

class SynthesisTest {
  /// Weights in Q6.25, 32 of them and a bias.
  private static final Circuit ELEMENT =
      new PBitElement(
              new SelectiveAccumulator(33, 32), new Lfsr(32, 1), new Probability.Comparator(25))
          .circuit();

  /// Numbers of 32 bits times weights of 32 bits.
  private static final Circuit MULTIPLIER =
      new MultiplyAccumulator(33, 32, 32, true, 6, 64).circuit();

  @BeforeEach
  void need() {
    assumeTrue(Tool.YOSYS.path().isPresent(), Tool.YOSYS.missing());
  }

  /// The modules of table 2 and what is left for the comparison.
  @Test
  void modulesAreCountedByThemselves() throws IOException {
    Netlist netlist = new Synthesis(Family.XILINX_7).of(ELEMENT);
    Resources generator = netlist.module("lfsr32");
    Resources accumulator = netlist.module("selective_accumulator");
    Resources comparator = netlist.module("pbit_element");
    assertEquals(32, generator.flipFlops());
    assertTrue(generator.luts() <= 2 * 16, generator.toString());
    assertEquals(38, accumulator.flipFlops());
    assertTrue(accumulator.luts() <= 40, accumulator.toString());
    assertEquals(2, comparator.flipFlops());
    assertTrue(comparator.luts() <= 2 * 17, comparator.toString());
    assertEquals(generator.plus(accumulator).plus(comparator), netlist.total());
  }

  @Test
  void multiplyingTakesDspsOrManyLuts() throws IOException {
    Resources with = new Synthesis(Family.XILINX_7).of(MULTIPLIER).total();
    assertEquals(4, with.dsps());
    assertTrue(with.luts() >= 2.6 * 40 && with.luts() <= 3.0 * 40, with.toString());
    Resources without =
        new Synthesis(Family.XILINX_7, Synthesis.Option.WITHOUT_DSPS).of(MULTIPLIER).total();
    assertEquals(0, without.dsps());
    assertTrue(without.luts() > 20 * with.luts(), without.toString());
  }

  @Test
  void theElementIsPlacedAndTimed() throws IOException {
    assumeTrue(Tool.NEXTPNR_ICE40.path().isPresent(), Tool.NEXTPNR_ICE40.missing());
    Placement placed = Placement.of(ELEMENT, Placement.Chip.HX8K, Duration.ofMinutes(5));
    assertTrue(placed.megahertz() >= 100 && placed.megahertz() < 500, placed.toString());
    assertTrue(placed.cells() > 72 && placed.cells() <= 182, placed.toString());
    assertEquals(7680, placed.cellsThere());
    assertEquals(0, placed.rams());
  }

  @Test
  void whatDoesNotFitIsOneSentence() {
    assumeTrue(Tool.NEXTPNR_ICE40.path().isPresent(), Tool.NEXTPNR_ICE40.missing());
    var e =
        assertThrows(
            IOException.class,
            () -> Placement.of(ELEMENT, Placement.Chip.HX1K, Duration.ofMinutes(5)));
    assertTrue(e.toString().contains("nextpnr-ice40 failed: ERROR: "), e.toString());
  }

  @Test
  void timeIsBounded() {
    Synthesis hasty = new Synthesis(Family.ICE40, Set.of(), Duration.ofMillis(1));
    var e = assertThrows(IOException.class, () -> hasty.of(ELEMENT));
    assertTrue(e.toString().contains("yosys was not done after 0.001 seconds"), e.toString());
  }

  @Test
  void aCellThatNothingIsKnownOfIsRefused() {
    assertEquals(
        "nothing says what the cell NEW of an iCE40 takes",
        assertThrows(IllegalArgumentException.class, () -> Family.ICE40.of("NEW")).getMessage());
  }
}
