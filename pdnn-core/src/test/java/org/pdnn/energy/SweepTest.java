package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;

/// The model over many points: growing, and fast.
class SweepTest {
  private static final int POINTS = 100_000;

  static List<Neuron> neurons() {
    return List.of(Examples.PBIT, Examples.SIGMOID, Neuron.parse("sigmoid:3bit"));
  }

  private static Joules energy(int fanIn, Neuron neuron, int bits, int samples, String technology) {
    return new ElementaryOperation(
            fanIn, neuron, Convention.PAPER.withWidths(BitWidths.FULL.withWeight(bits)))
        .energyOfSamples(Technology.named(technology), samples)
        .total();
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void growsWithSamplesBitsAndFanIn(Neuron neuron) {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 10; i++) {
      int fanIn = random.nextInt(1, 300);
      int bits = random.nextInt(1, 32);
      int samples = random.nextInt(1, 32);
      for (String technology : List.of("sram65", "qmc65", "jouppi7-hbm2")) {
        assertRises(n -> energy(n, neuron, bits, samples, technology), fanIn);
        assertRises(b -> energy(fanIn, neuron, b, samples, technology), bits);
        assertRises(t -> energy(fanIn, neuron, bits, t, technology), samples);
      }
    }
  }

  private static void assertRises(IntFunction<Joules> energy, int at) {
    assertTrue(energy.apply(at).compareTo(energy.apply(at + 1)) < 0);
  }

  /// Whole networks never take less with wider weights, activations, inputs or words.
  @Test
  void networksGrowWithBits() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 20; i++) {
      Workload workload = Workload.of(Examples.random(random));
      for (Convention convention : List.of(Convention.PAPER, Convention.STRICT)) {
        assertNeverFalls(workload, convention, BitWidths.FULL::withWeight);
        assertNeverFalls(workload, convention, BitWidths.FULL::withActivation);
        assertNeverFalls(workload, convention, BitWidths.FULL::withInput);
        assertNeverFalls(workload, convention, BitWidths.FULL::withWord);
      }
    }
  }

  private static void assertNeverFalls(
      Workload workload, Convention convention, IntFunction<BitWidths> widths) {
    List<Joules> energies =
        IntStream.rangeClosed(1, 32)
            .mapToObj(bits ->
                new EnergyModel(
                        Technology.named("sram65"), convention.withWidths(widths.apply(bits)))
                    .breakdown(workload)
                    .at(3)
                    .total())
            .toList();
    for (int i = 1; i < energies.size(); i++) {
      double before = energies.get(i - 1).picojoules();
      assertTrue(energies.get(i).picojoules() >= before * (1 - 1e-12), energies.toString());
    }
  }

  @Test
  void aHundredThousandPoints() {
    List<Technology> technologies = Technology.NAMES.stream().map(Technology::named).toList();
    assertTimeout(
        Duration.ofSeconds(2),
        () -> {
          double sum = 0;
          for (int i = 0; i < POINTS; i++) {
            Convention convention =
                Convention.PAPER.withWidths(BitWidths.FULL.withWeight(1 + i % 32));
            sum +=
                new ElementaryOperation(1 + i % 512, Examples.PBIT, convention)
                    .energyOfSamples(technologies.get(i % technologies.size()), 1 + i % 64)
                    .total()
                    .picojoules();
          }
          assertTrue(sum > 0);
        });
  }

  /// The derivative of the energy in a constant is the count of its operation.
  @Test
  void countsAreDerivatives() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 20; i++) {
      Network network = Examples.random(random);
      Technology technology =
          Technology.named("qmc65").with(Operation.CACHE_BIT, Joules.ofPicojoules(0.5));
      Work work = Workload.of(network).work(Convention.STRICT, 4);
      double total = EnergyTerms.of(work, technology).total().picojoules();
      for (Operation operation : Operation.values()) {
        double factor = random.nextDouble(0.1, 10);
        Joules before = technology.cost(operation);
        Technology changed = technology.with(operation, before.times(factor));
        double growth = work.count(operation) * before.picojoules() * (factor - 1);
        double after = EnergyTerms.of(work, changed).total().picojoules();
        assertEquals(total + growth, after, Math.max(after, total) * 1e-12);
      }
    }
  }
}
