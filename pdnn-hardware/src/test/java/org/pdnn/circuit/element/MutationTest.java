package org.pdnn.circuit.element;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Mutants;
import org.pdnn.circuit.Simulator;

/// A check that finds nothing is decoration: every operator, tap, width, sign extension, shift,
/// enable and reset of the p-bit elements is broken once, and
/// `PBitElementTest.theEmulatorGivesWhatPlainJavaDoes` would fail.
class MutationTest {
  /// No faults: the random number is not negative, and no word lies above a threshold of 1 and
  /// more.
  private static final Set<String> SAME =
      Set.of("pbit: a bit less of random", "threshold: another last bit");

  /// Broken where all of their values are seen: ThresholdTableTest, SaturationTest.
  private static final List<String> ELSEWHERE = List.of("activation.", "i: ");

  @ParameterizedTest
  @EnumSource(names = {"LEAPING", "SIGMOID", "TANH", "CLIP", "LISTED"})
  void everyFaultChangesTheTrace(PBitElements name, @TempDir Path folder) throws Exception {
    PBitBench bench = new PBitBench(name.element);
    Set<String> missed = new TreeSet<>();
    for (Map.Entry<String, Circuit> mutant : Mutants.of(name.element.circuit()).entrySet()) {
      if (ELSEWHERE.stream().noneMatch(mutant.getKey()::startsWith)
          && !(name == PBitElements.LISTED && !ListedEdges.equal(mutant.getValue()))
          && !noticed(bench, mutant.getValue(), 3_000, folder)
          && !noticed(bench, mutant.getValue(), 300_000, folder)) {
        missed.add(mutant.getKey());
      }
    }
    missed.removeAll(SAME);
    assertEquals(Set.of(), missed);
  }

  private static boolean noticed(PBitBench bench, Circuit broken, int neurons, Path folder)
      throws Exception {
    long[] found = Simulator.EMULATOR.run(bench.circuit(broken), bench.cycles(neurons), folder);
    return !Arrays.equals(bench.expected(neurons), found);
  }

  @ParameterizedTest
  @EnumSource(names = "LEAPING")
  void everyKindOfFaultIsAmongThem(PBitElements name) {
    Set<String> faults = Mutants.of(name.element.circuit()).keySet();
    for (String kind :
        List.of(
            "pbit: LESS for LESS_SIGNED",
            "pbit: at most for less",
            "generator.shifted_by_1: another first bit",
            "generator.state: another reset value",
            "accumulator.total: zeros for signs",
            "accumulator.total: SUBTRACT for ADD",
            "accumulator.sum: never cleared",
            "accumulator.sum: a bit less of total",
            "random: bits one lower")) {
      assertTrue(faults.contains(kind), kind);
    }
  }
}
