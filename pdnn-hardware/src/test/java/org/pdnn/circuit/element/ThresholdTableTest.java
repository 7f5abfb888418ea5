package org.pdnn.circuit.element;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.Mutants;
import org.pdnn.integer.Threshold;

/// The thresholds of the integer form, for every pre-activation there is.
class ThresholdTableTest {
  /// What is fed under reset, so that reset values show.
  private static final int UNDER_RESET = 300;

  @ParameterizedTest
  @EnumSource
  void everyThresholdIsThatOfTheIntegerForm(Threshold curve) {
    assertArrayEquals(expected(curve), found(new ThresholdTable(curve).circuit()));
  }

  private static int[] expected(Threshold curve) {
    int[] expected = new int[1 << Short.SIZE];
    Arrays.setAll(expected, i -> curve.of((short) i));
    return expected;
  }

  private static int[] found(Circuit circuit) {
    Emulator emulator = new Emulator(circuit);
    Emulator.Pin i = emulator.pin("i");
    Emulator.Pin threshold = emulator.pin("threshold");
    int[] found = new int[1 << Short.SIZE];
    for (int value = 0; value < found.length; value++) {
      i.set((short) value);
      emulator.clock();
      found[value] = (int) threshold.get();
    }
    return found;
  }

  private static long afterReset(Circuit circuit) {
    Emulator emulator = new Emulator(circuit);
    emulator.pin("i").set(UNDER_RESET);
    emulator.reset();
    return emulator.pin("threshold").get();
  }

  /// Every fault changes a threshold, or the state after reset.
  @ParameterizedTest
  @EnumSource
  void everyFaultIsNoticed(Threshold curve) {
    Circuit circuit = new ThresholdTable(curve).circuit();
    int[] expected = expected(curve);
    SequencedMap<String, Circuit> mutants = Mutants.of(circuit);
    Set<String> missed = new TreeSet<>();
    mutants.forEach((fault, broken) -> {
      if (Arrays.equals(expected, found(broken)) && afterReset(circuit) == afterReset(broken)) {
        missed.add(fault);
      }
    });
    // No faults: the last line is level at its end, and beyond it magnitudes do not matter.
    missed.removeAll(Set.of("place: another last bit", "magnitude: a bit less of i (2)"));
    assertEquals(Set.of(), missed);
  }
}
