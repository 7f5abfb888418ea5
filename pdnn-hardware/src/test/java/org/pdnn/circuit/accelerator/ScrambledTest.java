package org.pdnn.circuit.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Neuron;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Scheme;

/// Generators that start anew in each pass.
class ScrambledTest {
  private static Accelerator accelerator(int bits, Scheme scheme) {
    return Accelerator.of(
        SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 4, 5, 2),
        WeightFormat.parse("8"),
        InputGrid.PIXELS,
        new Lfsr(bits, 1),
        scheme,
        2);
  }

  @Test
  void theyTakeNoCycles() {
    assertEquals(
        accelerator(32, Scheme.INDEPENDENT).schedule(),
        accelerator(32, Scheme.SCRAMBLED).schedule());
  }

  /// What starts the generators, and how their words reach what makes numbers of them.
  private static final Pattern STARTS =
      Pattern.compile(
          "again: .*|block_state: .*|in_last_before.*|seeder\\.(load|seed|coins_state): .*"
              + "|sequencer.block_ends: .*|element_0\\.(pass: |coins_seed: |coin_|scrambler\\.(word|coins|pass): |held_random).*");

  /// No faults: T needs few of its bits, and numbers leave at once.
  private static final Pattern SAME =
      Pattern.compile(
          ".*: another reset value|sequencer.*: a bit less of (asked|next_pass)"
              + "|element_0.held_random: always enabled");

  /// In many short runs or in two that are longer than a block.
  @Test
  void everyFaultIsSeen() {
    Accelerator accelerator = accelerator(32, Scheme.SCRAMBLED);
    List<int[]> codes =
        new SplittableRandom(1)
            .ints(40, 0, 256)
            .mapToObj(from -> new int[] {from, 255 - from, from / 3, 77})
            .toList();
    Set<String> missed = new Faults(accelerator, codes, 2).missed(STARTS);
    missed.removeIf(SAME.asMatchPredicate());
    String those = missed.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    assertEquals(
        Set.of(), new Faults(accelerator, codes.subList(0, 2), 34).missed(Pattern.compile(those)));
  }

  @Test
  void otherSchemesAndShortRegistersAreRefused() {
    assertEquals(
        "an accelerator has no circuit for xor passes; use independent or scrambled ones",
        assertThrows(IllegalArgumentException.class, () -> accelerator(32, Scheme.XOR))
            .getMessage());
    assertEquals(
        "scrambled passes take 31 coins of a word, and registers of 16 bits have fewer; use lfsr32",
        assertThrows(IllegalArgumentException.class, () -> accelerator(16, Scheme.SCRAMBLED))
            .getMessage());
  }
}
