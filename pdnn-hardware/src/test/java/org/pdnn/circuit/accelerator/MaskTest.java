package org.pdnn.circuit.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Elements that look up what they read.
class MaskTest {
  /// What only masked networks have, and the copies of what they read.
  private static final Pattern LOOKED_UP =
      Pattern.compile("activations_.*|weights_of_.*|.*_known: .*|further_.*");

  /// What is written before it is read.
  private static final Pattern SAME =
      Pattern.compile(
          ".*: another reset value|activations_\\d\\.(inputs|pbits): another first word");

  @Test
  void aLayerTakesTheCyclesOfItsGreatestFanIn() {
    List<Step> steps = SmallChains.MASKED.accelerator("tanh", 5, 16).schedule().steps();
    assertEquals(List.of(19, 0, 33, 6), steps.stream().map(Step::terms).toList());
    assertEquals(List.of(19, 16, 33, 6), steps.stream().map(Step::slots).toList());
  }

  @Test
  void everyFaultIsSeen() {
    Accelerator accelerator = SmallChains.MASKED.accelerator("tanh", 2, 16);
    List<int[]> codes = Stream.of(SmallChains.MASKED.inputs(2)).map(accelerator::codes).toList();
    Set<String> missed = new Faults(accelerator, codes, 3).missed(LOOKED_UP);
    missed.removeIf(SAME.asMatchPredicate());
    assertEquals(Set.of(), missed);
  }
}
