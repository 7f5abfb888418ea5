package org.pdnn.circuit.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;

class ActivityTest {
  /// A counter of two bits, 0 1 2 3 0, and its inverse, each once: 1 + 2 + 1 + 2 toggles of each in
  /// four cycles, and none while it is held.
  @Test
  void everySignalCountsOnceWhateverItsNames() {
    Signal count = new Signal("count", 2);
    Signal next = new Signal("next", 2);
    Signal go = new Signal("go", 1);
    Signal given = new Signal("given", 2);
    Signal inverse = new Signal("inverse", 2);
    Circuit not =
        new Circuit(
            "inverter",
            "Inverts.",
            List.of(given),
            List.of(new Wire(inverse, given.not())),
            List.of(inverse));
    Circuit circuit =
        new Circuit(
            "counter",
            "Counts.",
            List.of(go),
            List.of(
                new Instance("inverter", not, Map.of("given", count), Map.of("inverse", inverse)),
                new Wire(next, count.plus(Expression.constant(1, 2))),
                new Register(count, 0, go, next)),
            List.of(inverse));
    Emulator emulator = new Emulator(circuit);
    Activity activity = new Activity(emulator);
    emulator.pin("go").set(1);
    for (int cycle = 0; cycle < 4; cycle++) {
      emulator.clock();
      activity.count();
    }
    // count, its inverse and the next number; go rose once.
    assertEquals(3 * (1 + 2 + 1 + 2) + 1, activity.toggles());
    emulator.pin("go").set(0);
    emulator.clock();
    activity.count();
    assertEquals(3 * (1 + 2 + 1 + 2) + 2, activity.toggles());
  }
}
