package org.pdnn.circuit.element;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.circuit.Simulator;

class PBitElementTest {
  /// Whole traces: every sum and every bit, and the state after reset.
  @ParameterizedTest
  @EnumSource
  void theEmulatorGivesWhatPlainJavaDoes(PBitElements name, @TempDir Path folder) throws Exception {
    PBitBench bench = new PBitBench(name.element);
    int neurons = 20_000;
    long[] expected = bench.expected(neurons);
    assertArrayEquals(
        expected, Simulator.EMULATOR.run(bench.circuit(), bench.cycles(neurons), folder));
    double up = Arrays.stream(expected).filter(result -> (result & 1) != 0).count();
    // Of the least element a sixteenth: weight 1 of four, its bit up, and a random number of 0.
    assertTrue(up > neurons * 0.05 && up < neurons * 0.95, up + " bits are up");
  }

  /// A million neurons with random weights: 33 terms in Verilator, 2 in Icarus, which interprets.
  @ParameterizedTest
  @EnumSource(names = {"ICARUS", "VERILATOR"})
  void aMillionNeuronsAreTheSameInVerilog(Simulator simulator, @TempDir Path folder)
      throws Exception {
    PBitElements name = simulator == Simulator.ICARUS ? PBitElements.PAIR : PBitElements.WIDE;
    PBitBench bench = new PBitBench(name.element);
    int neurons = 1_000_000;
    assertArrayEquals(
        bench.expected(neurons), simulator.run(bench.circuit(), bench.cycles(neurons), folder));
  }

  @ParameterizedTest
  @EnumSource
  void everyFormIsTheSameInVerilog(PBitElements name, @TempDir Path folder) throws Exception {
    PBitBench bench = new PBitBench(name.element);
    int neurons = 2_000;
    assertArrayEquals(
        bench.expected(neurons),
        Simulator.ICARUS.run(bench.circuit(), bench.cycles(neurons), folder));
  }

  @Test
  void thresholdsOfAListAreComparedToTheLastBit() {
    assertTrue(ListedEdges.equal(PBitElements.LISTED.element.circuit()));
  }

  @Test
  void aSumThatCouldOverflowIsRefused() {
    var e =
        assertThrows(IllegalArgumentException.class, () -> new SelectiveAccumulator(33, 32, 37));
    assertEquals("a sum of 33 terms of 32 bits needs 38 to 64 bits, got 37", e.getMessage());
  }

  @Test
  void aFractionThatTheWordLacksIsRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new PBitElement(
                    new SelectiveAccumulator(33, 32),
                    new Lfsr(16, 1),
                    new Probability.Comparator(25)));
    assertEquals(
        "a fraction of 25 bits is compared with a word of 16 and a sum of 38", e.getMessage());
  }

  @Test
  void aListThatTheSumCannotChooseFromIsRefused() {
    Probability listed = new Probability.Listed(Collections.nCopies(64, 1L));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new PBitElement(new SelectiveAccumulator(4, 3), new Lfsr(32, 8), listed));
    assertEquals(
        "64 thresholds of 31 bits need a sum of 6 bits and a generator of 32, got 5 and 32",
        e.getMessage());
  }
}
