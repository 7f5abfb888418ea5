package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Mutants;

/// What an accelerator computes of some inputs, beside what its broken copies compute.
///
/// @param passes T
record Faults(Accelerator accelerator, List<int[]> codes, int passes) {
  private static final int SEED = 0x9ABCDEF1;

  /// The faults whose names match that nobody sees.
  Set<String> missed(Pattern names) {
    List<long[]> expected = trace(accelerator.circuit());
    Set<String> missed = new TreeSet<>();
    Mutants.of(accelerator.circuit(), names.asMatchPredicate())
        .forEach((name, broken) -> {
          if (equal(expected, broken)) {
            missed.add(name);
          }
        });
    return missed;
  }

  private boolean equal(List<long[]> expected, Circuit circuit) {
    try {
      List<long[]> found = trace(circuit);
      for (int i = 0; i < expected.size(); i++) {
        if (!Arrays.equals(expected.get(i), found.get(i))) {
          return false;
        }
      }
      return true;
    } catch (IllegalStateException _) {
      return false; // It is never done.
    }
  }

  /// Sums after each pass, and what all units ended with.
  private List<long[]> trace(Circuit circuit) {
    Device device = new Device(accelerator, circuit);
    device.load(SEED);
    List<long[]> trace = new ArrayList<>();
    for (int[] input : codes) {
      trace.addAll(List.of(device.totals(input, passes)));
      trace.add(Arrays.stream(device.signatures()).asLongStream().toArray());
    }
    return trace;
  }
}
