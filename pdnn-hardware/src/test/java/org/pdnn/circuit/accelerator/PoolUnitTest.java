package org.pdnn.circuit.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.Mutants;
import org.pdnn.circuit.Wiring;
import org.pdnn.integer.Threshold;

/// Thresholds of pools, so far and whole, are those of the integer form.
class PoolUnitTest {
  /// No faults: what a member opens was nothing before; the least of two equals is either; a bit
  /// beyond the product's.
  private static final Set<String> SAME =
      Set.of(
          "pools: another first word",
          "joined: at most for less",
          "product: another first bit",
          "channel: a bit less of step",
          "member: a bit less of step");

  /// Probabilities of 0, 1, and those whose product lies beside a half.
  private static final int[] EDGES = {
    0, Threshold.ONE, Threshold.ONE - 1, Threshold.ONE / 2 + 1, Threshold.ONE / 2
  };

  private static Circuit pool(Accelerator accelerator) {
    int stepBits = Wiring.bits(accelerator.schedule().steps().size() - 1L);
    return new PoolUnit(accelerator.layers(), accelerator.schedule(), stepBits).circuit();
  }

  @ParameterizedTest
  @EnumSource(
      value = SmallChains.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MASKED", "TINY"})
  void thresholdsAreThoseOfTheIntegerForm(SmallChains chain) {
    Accelerator accelerator = chain.accelerator("tanh", 2, 16);
    assertTrue(equal(accelerator, pool(accelerator)));
  }

  @ParameterizedTest
  @EnumSource(names = {"DEEP", "POOL_FIRST", "ODD"})
  void everyFaultIsSeen(SmallChains chain) {
    Accelerator accelerator = chain.accelerator("tanh", 2, 16);
    Set<String> missed = new TreeSet<>();
    for (Map.Entry<String, Circuit> mutant : Mutants.of(pool(accelerator)).entrySet()) {
      if (!mutant.getKey().endsWith(": another reset value")
          && equal(accelerator, mutant.getValue())) {
        missed.add(mutant.getKey());
      }
    }
    missed.removeAll(SAME);
    assertEquals(Set.of(), missed);
  }

  private static boolean equal(Accelerator accelerator, Circuit circuit) {
    Emulator emulator = new Emulator(circuit);
    SplittableRandom random = new SplittableRandom(1);
    Deque<Integer> expected = new ArrayDeque<>();
    emulator.reset();
    Stage stage = new Stage(emulator, expected);
    boolean equal = true;
    for (int pools = 0; equal && pools < 400; pools++) {
      int index = random.nextInt(accelerator.schedule().steps().size());
      Step step = accelerator.schedule().steps().get(index);
      emulator.pin("step").set(index);
      int members = step.scan().members();
      int[] soFar = new int[step.channels()];
      for (int member = 0; member < members; member++) {
        for (int channel = 0; channel < step.channels(); channel++) {
          int threshold =
              random.nextBoolean()
                  ? EDGES[random.nextInt(EDGES.length)]
                  : random.nextInt(Threshold.ONE);
          boolean first = member == 0;
          soFar[channel] = first ? threshold : joined(accelerator, step, soFar[channel], threshold);
          equal &= stage.clock(true, first, threshold, soFar[channel]);
        }
        // As many cycles as lie between places, at least.
        for (int idle = 0; idle < 3 + random.nextInt(2); idle++) {
          equal &= stage.clock(false, random.nextBoolean(), random.nextInt(Threshold.ONE), -1);
        }
      }
    }
    return equal;
  }

  private static int joined(Accelerator accelerator, Step step, int soFar, int threshold) {
    PBitLayer layer = accelerator.layers().get(accelerator.schedule().layer(step));
    return switch (layer.pooling().orElseThrow().rule()) {
      case EITHER -> Threshold.either(soFar, threshold);
      case GREATEST -> Math.max(soFar, threshold);
    };
  }

  /// A cycle, and what comes out of it some later.
  private record Stage(Emulator emulator, Deque<Integer> expected) {
    boolean clock(boolean valid, boolean opens, int threshold, int then) {
      emulator.pin("valid").set(valid ? 1 : 0);
      emulator.pin("opens").set(opens ? 1 : 0);
      emulator.pin("threshold").set(threshold);
      emulator.clock();
      expected.add(then);
      if (expected.size() < PoolUnit.LATENCY) {
        return true;
      }
      int now = expected.remove();
      return now < 0 || now == emulator.pin("pooled").get();
    }
  }
}
