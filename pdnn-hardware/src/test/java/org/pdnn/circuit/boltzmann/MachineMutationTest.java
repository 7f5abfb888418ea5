package org.pdnn.circuit.boltzmann;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Mutants;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Part.Register;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;

/// A check that finds nothing is decoration: every operator, constant, enable and reset of the
/// machine is broken once, and its states or cycles would be others.
class MachineMutationTest {
  private static final int SWEEPS = 24;

  /// Five spins of different couplings, two with a field, one of them alone: two elements, three
  /// groups, of which the last lacks a spin.
  private static final IsingModel MODEL =
      IsingModel.of(5)
          .couple(0, 1, 1)
          .couple(0, 2, -2)
          .couple(1, 2, 1)
          .couple(2, 3, -1)
          .field(3, 1)
          .field(4, -1)
          .build();

  /// All that a host sees: three reads by each of some seeds, of which the second goes on from the
  /// first and the third begins anew.
  private static List<Object> trace(BoltzmannMachine machine, Circuit circuit) {
    MachineHost host = new MachineHost(machine, circuit);
    List<Object> trace = new ArrayList<>();
    for (int seed : new int[] {BoltzmannMachineTest.SEED, 0, 0x4321_8765, 0x0BAD_CAFE}) {
      host.load(seed);
      trace.add(host.cycles());
      for (boolean clear : new boolean[] {true, false, true}) {
        if (clear) {
          host.clear();
          trace.add(host.read());
        }
        List<Spins> states = host.sweep(SWEEPS);
        trace.add(states);
        trace.add(host.cycles());
        trace.add(host.read());
      }
      host.disturb();
      trace.add(host.read());
    }
    trace.add(host.counts(BoltzmannMachine.MOST_SWEEPS));
    trace.add(host.counts(1 << 23));
    return trace;
  }

  private static boolean noticed(BoltzmannMachine machine, List<Object> sound, Circuit broken) {
    try {
      return !sound.equals(trace(machine, broken));
    } catch (IllegalStateException _) {
      return true; // It is never done.
    }
  }

  @Test
  void everyFaultIsSeen() {
    BoltzmannMachine machine = BoltzmannMachine.of(MODEL, 0.4, 2);
    List<Object> sound = trace(machine, machine.circuit());
    Set<String> missed = new TreeSet<>();
    for (Map.Entry<String, Circuit> mutant :
        Mutants.of(machine.circuit(), MachineMutationTest::own).entrySet()) {
      if (!noticed(machine, sound, mutant.getValue())) {
        missed.add(mutant.getKey());
      }
    }
    assertEquals(new TreeSet<>(SAME), missed);
  }

  /// No faults: a load before the first one, a term of a spin that is down, an answer before a
  /// question.
  private static final Set<String> SAME =
      Set.of(
          "add: another reset value",
          "loads_0: another reset value",
          "loads_1: another reset value",
          "spin: another reset value");

  /// Those of the element and the seeder are seen where they are tested.
  private static boolean own(String name) {
    return Stream.of("element_0.", "element_1.", "seeder.").noneMatch(name::startsWith)
        || name.matches("(element_\\d|seeder)\\.(weight|x|add|fire|load|seed): .*");
  }

  /// A spin of a lattice that never leaves its first state.
  @ParameterizedTest
  @ValueSource(ints = {0, 31, 63})
  void aStuckFeedbackBitIsSeen(int spin) {
    BoltzmannMachine machine = BoltzmannMachineTest.machine("glass:8x8", 0.4, 0);
    Circuit sound = machine.circuit();
    List<Part> parts = new ArrayList<>(sound.parts());
    parts.replaceAll(part ->
        part instanceof Register register && register.signal().name().equals("spin_" + spin)
            ? new Register(register.signal(), 0, Part.NEVER, register.next())
            : part);
    Circuit stuck =
        new Circuit(sound.name(), sound.comment(), sound.inputs(), parts, sound.outputs());
    assertTrue(noticed(machine, trace(machine, sound), stuck));
  }
}
