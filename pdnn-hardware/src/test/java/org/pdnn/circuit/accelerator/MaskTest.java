package org.pdnn.circuit.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Mutants;

/// Elements that look up what they read.
class MaskTest {
  private static final int SEED = 0x9ABCDEF1;
  private static final int PASSES = 3;

  /// What only masked networks have, and the copies of what they read.
  private static final Pattern LOOKED_UP =
      Pattern.compile("activations_.*|weights_of_.*|.*_known: .*|further_.*");

  @Test
  void aLayerTakesTheCyclesOfItsGreatestFanIn() {
    List<Step> steps = SmallChains.MASKED.accelerator("tanh", 5, 16).schedule().steps();
    assertEquals(List.of(19, 0, 33, 6), steps.stream().map(Step::terms).toList());
    assertEquals(List.of(19, 16, 33, 6), steps.stream().map(Step::slots).toList());
  }

  /// What is written before it is read.
  private static final Pattern SAME =
      Pattern.compile(
          ".*: another reset value|activations_\\d\\.(inputs|pbits): another first word");

  @Test
  void everyFaultIsSeen() {
    Accelerator accelerator = SmallChains.MASKED.accelerator("tanh", 2, 16);
    List<int[]> codes = Stream.of(SmallChains.MASKED.inputs(2)).map(accelerator::codes).toList();
    List<long[]> expected = trace(accelerator, accelerator.circuit(), codes);
    Set<String> missed = new TreeSet<>();
    for (Map.Entry<String, Circuit> mutant : Mutants.of(accelerator.circuit()).entrySet()) {
      if (LOOKED_UP.matcher(mutant.getKey()).matches()
          && equal(expected, accelerator, mutant.getValue(), codes)) {
        missed.add(mutant.getKey());
      }
    }
    missed.removeIf(SAME.asMatchPredicate());
    assertEquals(Set.of(), missed);
  }

  private static boolean equal(
      List<long[]> expected, Accelerator accelerator, Circuit circuit, List<int[]> codes) {
    try {
      List<long[]> found = trace(accelerator, circuit, codes);
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
  private static List<long[]> trace(Accelerator accelerator, Circuit circuit, List<int[]> codes) {
    Device device = new Device(accelerator, circuit);
    device.load(SEED);
    List<long[]> trace = new ArrayList<>();
    for (int[] input : codes) {
      trace.addAll(List.of(device.totals(input, PASSES)));
      trace.add(Arrays.stream(device.signatures()).asLongStream().toArray());
    }
    return trace;
  }
}
