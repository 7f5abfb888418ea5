package org.pdnn.circuit.element;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Mutants;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Simulator;
import org.pdnn.circuit.Stimulus;
import org.pdnn.random.Scheme;

/// The circuit gives what the scheme says, for random words in all passes.
class ScramblerTest {
  private static final int CYCLES = 4_000;
  private static final long SEED = 0x123456789ABCDEFL;

  /// Another word in each cycle, and coins and pass at which nothing stands still.
  private static Circuit bench(Circuit scrambler) {
    Signal state = new Signal("random_state", 64);
    Signal valid = new Signal("valid", 1);
    Signal result = new Signal("result", 15);
    List<Part> parts = new ArrayList<>(Stimulus.register(state, SEED));
    parts.add(new Part.Wire(valid, Part.ALWAYS));
    parts.add(
        new Part.Instance(
            "dut",
            scrambler,
            Map.of(
                "word",
                state.bits(63, 49),
                "coins",
                state.bits(48, 18),
                "pass",
                state.bits(17, 13)),
            Map.of("random", result)));
    return new Circuit("dut", "Random words.", List.of(), parts, List.of(valid, result));
  }

  private static long[] expected() {
    long[] expected = new long[CYCLES];
    long state = SEED;
    for (int i = 0; i < CYCLES; i++) {
      int word = (int) (state >>> 49) << 17;
      int coins = (int) (state >>> 18) & 0x7FFFFFFF;
      int number = Scheme.scrambled(word, coins, (int) (state >>> 13) & 31) >>> 17;
      expected[i] = number;
      state = Stimulus.next(state);
    }
    return expected;
  }

  @ParameterizedTest
  @EnumSource
  void everyNumberIsThatOfTheScheme(Simulator simulator, @TempDir Path folder) throws Exception {
    Circuit bench = bench(new Scrambler(15).circuit());
    assertArrayEquals(expected(), simulator.run(bench, CYCLES, folder));
  }

  @Test
  void everyFaultIsSeen(@TempDir Path folder) throws Exception {
    Set<String> missed = new TreeSet<>();
    for (Map.Entry<String, Circuit> mutant : Mutants.of(new Scrambler(15).circuit()).entrySet()) {
      long[] found = Simulator.EMULATOR.run(bench(mutant.getValue()), CYCLES, folder);
      if (Arrays.equals(expected(), found)) {
        missed.add(mutant.getKey());
      }
    }
    assertEquals(Set.of(), missed);
  }
}
