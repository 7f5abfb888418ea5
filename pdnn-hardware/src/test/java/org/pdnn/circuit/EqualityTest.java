package org.pdnn.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One meaning of a circuit: plain numbers, emulator and simulators agree, overflow included.
class EqualityTest {
  private static final int CYCLES = 40;

  @Test
  void theEmulatorComputesWhatTheNumbersSay() {
    for (int seed = 0; seed < 60; seed++) {
      Circuit circuit = RandomCircuits.of(seed);
      PlainModel model = new PlainModel(circuit);
      Emulator emulator = new Emulator(circuit);
      emulator.reset();
      model.settle();
      model.clock(true);
      long[] expected = new long[CYCLES];
      long[] found = new long[CYCLES];
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        model.settle();
        expected[cycle] = model.get("result").longValue();
        found[cycle] = emulator.pin("result").get();
        model.clock(false);
        emulator.clock();
      }
      assertArrayEquals(expected, found, "seed " + seed);
      assertTrue(LongStream.of(found).distinct().count() > 1, "seed " + seed + " stands still");
    }
  }

  /// Many circuits side by side, as starting a simulator takes longer than simulating.
  @ParameterizedTest
  @EnumSource(names = {"ICARUS", "VERILATOR"})
  void simulatorsComputeWhatTheEmulatorDoes(Simulator simulator, @TempDir Path folder)
      throws Exception {
    Circuit circuit = RandomCircuits.all(0, 12);
    long[] expected = Simulator.EMULATOR.run(circuit, CYCLES, folder);
    assertTrue(Arrays.stream(expected).distinct().count() > CYCLES / 2);
    assertArrayEquals(expected, simulator.run(circuit, CYCLES, folder));
  }
}
