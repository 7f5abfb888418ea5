package org.pdnn.circuit.boltzmann;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.ising.certificate.Boltzmann;
import org.pdnn.ising.certificate.Certificate;
import org.pdnn.ising.dynamics.Annealing;
import org.pdnn.ising.dynamics.Samples;
import org.pdnn.ising.dynamics.Traces;
import org.pdnn.ising.dynamics.UpdateOrder;

/// With the words of its own generators a machine has the Boltzmann distribution; one that is built
/// wrong has not.
class MachineCertificateTest {
  private static final int SEED = BoltzmannMachineTest.SEED;

  /// Reads of the definition with a machine's words, which the emulator has too.
  private static Samples samples(BoltzmannMachine machine, int sweeps, int reads) {
    Annealing annealing =
        new Annealing(machine.model(), machine.order(), machine.words(SEED, sweeps));
    Samples samples = annealing.sample(machine.beta(), sweeps, reads, 2, done -> {});
    MachineHost host = new MachineHost(machine);
    host.load(SEED);
    for (int read = 0; read < 5; read++) {
      host.clear();
      assertEquals(samples.states().get(read), host.sweep(sweeps).getLast());
    }
    return samples;
  }

  /// Three spins by one element, whose generator moves 33 shifts from one to the next.
  @Test
  void theTriangleHasItsProbabilities() {
    BoltzmannMachine machine = BoltzmannMachineTest.machine("triangle", 1, 0);
    Samples samples = samples(machine, 20, 40_000);
    Boltzmann.TotalVariation variation =
        Boltzmann.of(machine.model(), 1).variation(samples.states());
    // Above the floor by 3 standard errors for one seed in 740.
    assertTrue(variation.excess() < 3, variation.toString());
    assertEquals(List.of(), Certificate.of(machine.model(), samples).findings());
    assertShare(0.0030341, "+++", samples);
    assertShare(0.0030341, "---", samples);
    assertShare(0.1656553, "+-+", samples);
    assertShare(0.1656553, "--+", samples);
  }

  /// By 4 standard errors for one seed in 16,000.
  private static void assertShare(double expected, String state, Samples samples) {
    Spins spins = Spins.parse(state);
    double n = samples.states().size();
    double share = samples.states().stream().filter(spins::equals).count() / n;
    assertEquals(expected, share, 4 * Math.sqrt(expected * (1 - expected) / n), state);
  }

  /// 64 spins: a colour at once by 32 generators, a 32nd of the period apart, and spin by spin by
  /// one, 35 shifts apart. Findings come by chance once in 16,000 each.
  @ParameterizedTest
  @CsvSource({"lattice:8x8, 0.35, 0, 400", "glass:8x8, 0.5, 0, 200", "glass:8x8, 0.4, 1, 100"})
  void samplesOfSixtyFourSpinsAreBelieved(String problem, double beta, int elements, int sweeps) {
    BoltzmannMachine machine = BoltzmannMachineTest.machine(problem, beta, elements);
    Certificate certificate = Certificate.of(machine.model(), samples(machine, sweeps, 256));
    assertEquals(List.of(), certificate.findings(), certificate.toString());
  }

  /// As if the triangle needed one colour.
  @Test
  void coupledSpinsUpdatedTogetherAreFoundOut() {
    BoltzmannMachine sound = BoltzmannMachineTest.machine("triangle", 1, 3);
    UpdateOrder together = UpdateOrder.coloured(IsingModel.of(3).build());
    assertEquals(1, together.blocks());
    for (BoltzmannMachine machine :
        List.of(sound, new BoltzmannMachine(sound.model(), together, 1, 3))) {
      Certificate certificate = Certificate.of(machine.model(), emulated(machine, 20, 1000));
      assertEquals(machine == sound, certificate.believed(), certificate.toString());
    }
  }

  private static Samples emulated(BoltzmannMachine machine, int sweeps, int reads) {
    MachineHost host = new MachineHost(machine);
    host.load(SEED);
    List<Spins> last = new ArrayList<>();
    List<double[]> traces = new ArrayList<>();
    for (int read = 0; read < reads; read++) {
      host.clear();
      List<Spins> states = host.sweep(sweeps);
      last.add(states.getLast());
      traces.add(states.stream().mapToDouble(machine.model()::energy).toArray());
    }
    return new Samples(machine.beta(), sweeps, last, new Traces(1, traces, List.of()));
  }
}
