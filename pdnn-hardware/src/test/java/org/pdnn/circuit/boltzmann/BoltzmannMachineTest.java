package org.pdnn.circuit.boltzmann;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.circuit.Tools;
import org.pdnn.circuit.synthesis.Family;
import org.pdnn.circuit.synthesis.Resources;
import org.pdnn.circuit.synthesis.Synthesis;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.ising.dynamics.HeatBath;
import org.pdnn.ising.instance.Instances;
import org.pdnn.random.RandomWords;

/// The machine in the emulator, beside the definition of the heat bath that draws the machine's own
/// words.
class BoltzmannMachineTest {
  static final int SEED = 0x9ABCDEF1;

  static BoltzmannMachine machine(String problem, double beta, int elements) {
    IsingModel model = Instances.of(problem, 1).model();
    return elements == 0
        ? BoltzmannMachine.of(model, beta)
        : BoltzmannMachine.of(model, beta, elements);
  }

  /// The states after each sweep of a read, by the definition.
  static List<Spins> expected(BoltzmannMachine machine, RandomWords words, int read, int sweeps) {
    boolean[] up = new boolean[machine.model().size()];
    List<Spins> states = new ArrayList<>();
    for (int sweep = 0; sweep < sweeps; sweep++) {
      HeatBath.sweep(machine.model(), machine.order(), machine.beta(), up, words, read, sweep);
      states.add(Spins.of(up.length, spin -> up[spin]));
    }
    return states;
  }

  /// A colour at once (0), one spin at a time, numbers of elements that divide no colour or exceed
  /// all; fields, couplings of many sizes and fractions.
  @ParameterizedTest
  @CsvSource({
    "triangle, 1, 0, 300",
    "triangle, 1, 3, 300",
    "lattice:8x8, 0.4, 0, 200",
    "glass:8x8, 0.7, 1, 40",
    "glass:8x8, 0.7, 5, 60",
    "glass:8x8, 0.7, 40, 60",
    "loops:5x7:60, 0.3, 4, 60",
    "adder, 1.5, 2, 200",
    "factor:15, 0.5, 3, 40"
  })
  void everySweepIsThatOfTheDefinition(String problem, double beta, int elements, int sweeps) {
    BoltzmannMachine machine = machine(problem, beta, elements);
    RandomWords words = machine.words(SEED, sweeps);
    MachineHost host = new MachineHost(machine);
    host.load(SEED);
    for (int read = 0; read < 3; read++) {
      host.clear();
      List<Spins> states = host.sweep(sweeps);
      assertEquals(expected(machine, words, read, sweeps), states);
      assertEquals(sweeps * machine.cyclesOfSweep(), host.cycles());
      assertEquals(states.getLast(), host.read());
    }
  }

  /// Two coupled spins never stand in one group, which is updated at once.
  @Test
  void noGroupHoldsCoupledSpins() {
    for (String problem : List.of("glass:8x8", "factor:15", "loops:5x7:60")) {
      BoltzmannMachine machine = machine(problem, 1, 7);
      IsingModel model = machine.model();
      Set<Integer> all = new TreeSet<>();
      for (List<Integer> group : machine.groups()) {
        all.addAll(group);
        for (int spin : group) {
          for (int k = 0; k < model.degree(spin); k++) {
            assertFalse(group.contains(model.neighbour(spin, k)), problem);
          }
        }
      }
      assertEquals(model.size(), all.size());
    }
  }

  private static IllegalArgumentException refused(IsingModel model, double beta, int elements) {
    return assertThrows(
        IllegalArgumentException.class, () -> BoltzmannMachine.of(model, beta, elements));
  }

  @Test
  void whatHasNoCircuitIsRefused() {
    IsingModel thirds = IsingModel.of(2).couple(0, 1, 1.0 / 3).build();
    assertEquals(
        "a circuit has whole couplings and fields, at most 127 at a spin together; scale and round them",
        refused(thirds, 1, 1).getMessage());
    IsingModel triple = IsingModel.of(3).couple(0, 1, 2, 1).build();
    assertEquals(
        "a circuit couples pairs of spins, and this problem couples three in 1 place",
        refused(triple, 1, 1).getMessage());
    IsingModel large = IsingModel.of(1025).build();
    assertEquals(
        "spins of a circuit must be 1 to 1024, got 1025", refused(large, 1, 1).getMessage());
    assertEquals(
        "elements must be 1 to 256, got 0", refused(IsingModel.of(2).build(), 1, 0).getMessage());
    assertEquals(
        "beta must be finite and at least 0, got -1.0",
        refused(IsingModel.of(2).build(), -1, 1).getMessage());
  }

  /// Spins without couplings, and one alone.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void freeSpinsAreDrawnToo(int size) {
    IsingModel.Builder model = IsingModel.of(size);
    for (int spin = 0; spin < size; spin++) {
      model.field(spin, spin - 2);
    }
    BoltzmannMachine machine = BoltzmannMachine.of(model.build(), 0.3, 1);
    MachineHost host = new MachineHost(machine);
    host.load(SEED);
    assertEquals(expected(machine, machine.words(SEED, 30), 0, 30), host.sweep(30));
  }

  /// What the page on hardware says of an element of 64 spins, which are 32 such and a sequencer.
  @Test
  void anElementTakesWhatTheTableSays() throws Exception {
    assumeTrue(Tools.found("yosys"), "yosys is not installed: not counted");
    BoltzmannMachine machine = machine("glass:8x8", 0.4, 0);
    Resources found = new Synthesis(Family.ICE40).of(machine.pbit().circuit()).total();
    assertTrue(found.luts() > 0 && found.luts() <= 140, found.toString());
    assertEquals(41, found.flipFlops(), found.toString());
    assertEquals(32, machine.elements());
    assertEquals(2 * 8, machine.cyclesOfSweep());
  }
}
