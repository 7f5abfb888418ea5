package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;

/// The model over many points.
class OperationGridTest {
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

  /// Fan-in 2, weights of 8 bits, T = 3 in the technology of primes. Weights: 2 x 8 x 1 = 16. A
  /// sample: 3 x 2, two halves of an adder of 8 bits, 2 x 5 / 8, and 31, together 38.25. The twin:
  /// 16, 3 x 32 x 2 = 192, 2 x (3 / 4 + 5) and 7.
  @Test
  void aPointByHand() {
    OperationGrid grid =
        new OperationGrid(
            Examples.PBIT,
            Convention.PAPER,
            List.of(Examples.primes()),
            List.of(3),
            List.of(8),
            List.of(2));
    OperationPoint point = grid.points().toList().getFirst();
    assertEquals(16 + 3 * 38.25, point.energy().total().picojoules());
    assertEquals(226.5, point.twin().picojoules());
    assertEquals(226.5 / 130.75, point.gain());
  }

  /// 10 technologies, 25 T, 20 widths, 20 fan-ins: as many points, each as [ElementaryOperation]
  /// has it.
  @Test
  void aHundredThousandPoints() {
    List<Technology> technologies =
        Technology.NAMES.stream().limit(10).map(Technology::named).toList();
    OperationGrid grid =
        new OperationGrid(
            Examples.PBIT,
            Convention.PAPER,
            technologies,
            IntStream.rangeClosed(1, 25).boxed().toList(),
            IntStream.rangeClosed(1, 20).boxed().toList(),
            IntStream.rangeClosed(1, 20).map(i -> 8 * i).boxed().toList());
    List<OperationPoint> points = grid.points().toList();
    assertEquals(POINTS, points.size());
    for (int i = 0; i < POINTS; i += 9_973) {
      OperationPoint point = points.get(i);
      assertEquals(
          energy(
              point.fanIn(),
              Examples.PBIT,
              point.weightBits(),
              point.samples(),
              point.technology().name()),
          point.energy().total());
    }
    assertEquals(POINTS, points.stream().map(OperationGridTest::place).distinct().count());
  }

  private static List<Object> place(OperationPoint point) {
    return List.of(point.technology().name(), point.samples(), point.weightBits(), point.fanIn());
  }

  /// Without random neurons there is one pass: the operation is its own twin.
  @Test
  void deterministicNeuronsGainNothing() {
    new OperationGrid(
            Examples.SIGMOID,
            Convention.STRICT,
            List.of(Technology.named("sram65")),
            List.of(1, 30),
            List.of(4, 32),
            List.of(7))
        .points()
        .forEach(point -> assertEquals(1, point.gain()));
  }

  /// The twin's weights have as many bits: its gain is that of a model with such weights.
  @Test
  void gainAgainstBitsOfWeights() {
    Workload vgg5 = PaperPreset.VGG5.workload();
    List<Integer> bits = List.of(4, 5, 6, 7, 8);
    List<EnergyPoint> points =
        EnergyModel.paper(Technology.named("sram65")).sweepWeightBits(vgg5, 10, bits);
    assertEquals(bits.size(), points.size());
    for (int i = 0; i < bits.size(); i++) {
      Convention narrow = Convention.PAPER.withWidths(BitWidths.FULL.withWeight(bits.get(i)));
      assertEquals(
          new EnergyModel(Technology.named("sram65"), narrow).gain(vgg5, 10), points.get(i).gain());
    }
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
