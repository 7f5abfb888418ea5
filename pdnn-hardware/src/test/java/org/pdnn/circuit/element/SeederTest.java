package org.pdnn.circuit.element;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Emulator;
import org.pdnn.circuit.Mutants;
import org.pdnn.random.FeedbackRegister;

/// First states as jumps from the seed.
class SeederTest {
  private static final FeedbackRegister REGISTER = new FeedbackRegister(16);
  private static final int ELEMENTS = 3;
  private static final long COINS = 12_345;
  private static final int[] SEEDS =
      IntStream.concat(IntStream.of(0, 1, 1 << 15), new SplittableRandom(1).ints(60, 1, 1 << 16))
          .toArray();

  private static Circuit circuit() {
    return new Seeder(REGISTER, ELEMENTS, OptionalLong.of(COINS)).circuit();
  }

  private static List<Long> expected() {
    List<Long> expected = new ArrayList<>();
    for (int seed : SEEDS) {
      int state = seed == 0 ? 1 : seed;
      for (int element = 0; element < ELEMENTS; element++) {
        expected.add((long) state);
        expected.add((long) REGISTER.advance(state, COINS));
        state = REGISTER.advance(state, GeneratorWords.stretch(REGISTER, ELEMENTS));
      }
      expected.add(0L);
    }
    return expected;
  }

  private static List<Long> found(Circuit circuit) {
    Emulator emulator = new Emulator(circuit);
    emulator.reset();
    List<Long> found = new ArrayList<>();
    for (int seed : SEEDS) {
      emulator.pin("seed").set(seed);
      emulator.pin("load").set(1);
      emulator.clock();
      emulator.pin("seed").set(0);
      emulator.pin("load").set(0);
      for (int cycle = 0; emulator.pin("seeding").get() != 0 && cycle <= ELEMENTS; cycle++) {
        found.add(emulator.pin("state").get());
        found.add(emulator.pin("coins_state").get());
        emulator.clock();
      }
      emulator.clock();
      found.add(emulator.pin("seeding").get());
    }
    return found;
  }

  @Test
  void theyAreThoseOfTheRegister() {
    assertEquals(expected(), found(circuit()));
  }

  @Test
  void everyFaultIsSeen() {
    Set<String> missed = new TreeSet<>();
    List<Long> expected = expected();
    Mutants.of(circuit())
        .forEach((name, broken) -> {
          if (found(broken).equals(expected)) {
            missed.add(name);
          }
        });
    // A load sets both.
    missed.removeIf(name -> name.endsWith(": another reset value"));
    assertEquals(Set.of("state: always enabled"), missed);
  }
}
