package org.pdnn.circuit.boltzmann;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
}
