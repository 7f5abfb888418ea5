package org.pdnn.circuit.element;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.Mutants;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;

class SaturationTest {
  private static final Signal NUMBER = new Signal("number", 7);
  private static final Signal NEAREST = new Signal("nearest", 4);

  private static final Circuit CIRCUIT =
      new Circuit(
          "saturation",
          "The nearest number of 4 bits.",
          List.of(NUMBER),
          List.of(new Wire(NEAREST, Saturation.of(NUMBER, 4))),
          List.of(NEAREST));

  @Test
  void theNearestNumberIsFound() {
    assertArrayEquals(expected(), found(CIRCUIT));
  }

  @Test
  void everyFaultIsNoticed() {
    Mutants.of(CIRCUIT)
        .forEach((fault, broken) -> assertFalse(Arrays.equals(expected(), found(broken)), fault));
  }

  private static long[] expected() {
    long[] expected = new long[128];
    Arrays.setAll(expected, i -> Math.clamp(i - 64, -8, 7));
    return expected;
  }

  private static long[] found(Circuit circuit) {
    Emulator emulator = new Emulator(circuit);
    long[] found = new long[128];
    for (int i = 0; i < found.length; i++) {
      emulator.pin("number").set(i - 64);
      found[i] = emulator.pin("nearest").signed();
    }
    return found;
  }
}
