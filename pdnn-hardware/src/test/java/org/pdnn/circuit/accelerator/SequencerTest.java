package org.pdnn.circuit.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Mutants;

/// Addresses under the kernel, borders, weights and pools as loops over the images have them.
class SequencerTest {
  private static Circuit sequencer(Accelerator accelerator) {
    return new Sequencer(accelerator.schedule(), accelerator.parameters(), accelerator.scrambled())
        .circuit();
  }

  @ParameterizedTest
  @CsvSource({
    "ONE, 1",
    "ONE, 9",
    "DEEP, 2",
    "DEEP, 4",
    "POOL_FIRST, 3",
    "ODD, 1",
    "ODD, 3",
    "MASKED, 4",
    "MASKED_WITHIN, 3"
  })
  void itSaysWhatLoopsSay(SmallChains chain, int elements) {
    Accelerator accelerator = chain.accelerator("tanh", elements, 16);
    assertTrue(new SequencerBench(accelerator).equal(sequencer(accelerator)));
  }

  /// No faults. Loops of two or three turns have as many backwards; those of the only dense layer
  /// end with its terms, and its image of one pixel may seem larger; one element has one unit in
  /// every group; a start sets what nothing uses before.
  private static final Set<String> SAME =
      Set.of(
          "across: SUBTRACT for ADD",
          "across: another first bit",
          "member_across: SUBTRACT for ADD",
          "member_down: SUBTRACT for ADD",
          "place_column: SUBTRACT for ADD",
          "place_column: another first bit",
          "place_row: SUBTRACT for ADD",
          "place_row: another first bit",
          "across_ends: another first bit (3)",
          "across_ends: another last bit (3)",
          "channel: another last bit",
          "in_image: another first bit (3)",
          "in_image: another first bit (6)",
          "units: LESS for EQUAL",
          "units: LESS_SIGNED for EQUAL",
          "units: choices exchanged",
          "slot: always enabled",
          "address: another reset value",
          "image_row: another reset value",
          "image_column: another reset value",
          "plane: another reset value",
          "asked: another reset value",
          "emptying: another reset value");

  /// Numbers of this network that are narrower than their signals.
  private static final String NARROWER = "a bit less of";

  @Test
  void everyFaultIsSeen() {
    Accelerator accelerator = SmallChains.ONE.accelerator("tanh", 1, 16);
    SequencerBench bench = new SequencerBench(accelerator);
    Set<String> missed = new TreeSet<>();
    for (Map.Entry<String, Circuit> mutant : Mutants.of(sequencer(accelerator)).entrySet()) {
      if (!mutant.getKey().contains(NARROWER) && bench.equal(mutant.getValue())) {
        missed.add(mutant.getKey());
      }
    }
    assertEquals(new TreeSet<>(SAME), missed);
  }
}
