package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.random.Scheme;

/// Properties that hold for any network.
class EnergyModelTest {
  private static final int NETWORKS = 60;

  static Stream<EnergyModel> all() {
    Technology sram = Technology.named("sram65").with(Operation.OVERHEAD, Joules.ofPicojoules(0.5));
    return Stream.of(
        new EnergyModel(sram, Convention.STRICT.withScheme(Scheme.SCRAMBLED)),
        EnergyModel.paper(sram),
        new EnergyModel(sram, Convention.STRICT),
        new EnergyModel(sram, Convention.STRICT.withLast(LastHidden.EXPECTATION)));
  }

  private static Stream<Network> networks() {
    SplittableRandom random = new SplittableRandom(7);
    return Stream.generate(() -> Examples.random(random)).limit(NETWORKS);
  }

  @ParameterizedTest
  @MethodSource("all")
  void layersAddUpToTheTotal(EnergyModel model) {
    networks()
        .forEach(network -> {
          Work work = Workload.of(network).work(model.convention(), 5);
          EnergyTerms whole = EnergyTerms.of(work, model.technology());
          double total = whole.total().picojoules();
          EnergyBreakdown breakdown = model.breakdown(network);
          assertEquals(total, breakdown.at(5).total().picojoules(), total * 1e-12);
          assertEquals(
              total,
              breakdown.layers().stream()
                  .mapToDouble(layer -> layer.at(5).total().picojoules())
                  .sum(),
              total * 1e-12);
        });
  }

  @ParameterizedTest
  @MethodSource("all")
  void moreSamplesTakeMoreEnergy(EnergyModel model) {
    networks()
        .forEach(network -> {
          EnergyBreakdown breakdown = model.breakdown(network);
          boolean repeats = breakdown.perSample().total().compareTo(Joules.ZERO) > 0;
          // Expectation of the only random layer leaves nothing random.
          assertTrue(
              repeats == network.random() || model.convention().last() == LastHidden.EXPECTATION);
          for (int samples = 1; samples < 5; samples++) {
            int order = breakdown.at(samples).total().compareTo(breakdown.at(samples + 1).total());
            assertEquals(repeats ? -1 : 0, order);
          }
        });
  }

  /// Doubling a constant adds what its operations cost, and so does doubling it again.
  @ParameterizedTest
  @MethodSource("all")
  void linearInEachConstant(EnergyModel model) {
    Network network = Examples.vgg5(Examples.PBIT);
    for (Operation operation : Operation.values()) {
      Joules constant = model.technology().cost(operation);
      double base = total(model, network, operation, constant);
      double twice = total(model, network, operation, constant.times(2));
      double thrice = total(model, network, operation, constant.times(3));
      double count = Workload.of(network).work(model.convention(), 3).count(operation);
      assertEquals(base + count * constant.picojoules(), twice, twice * 1e-12);
      assertEquals(twice - base, thrice - twice, thrice * 1e-12);
    }
  }

  private static double total(
      EnergyModel model, Network network, Operation operation, Joules energy) {
    Technology changed = model.technology().with(operation, energy);
    return new EnergyModel(changed, model.convention())
        .breakdown(network)
        .at(3)
        .total()
        .picojoules();
  }

  @Test
  void pointsAreAlongTheCurve() {
    EnergyModel model = EnergyModel.paper(Technology.named("sram65"));
    Network network = Examples.vgg5(Examples.PBIT);
    List<EnergyPoint> points = model.points(Workload.of(network), 1, 32);
    assertEquals(32, points.size());
    for (EnergyPoint point : points) {
      assertEquals(model.energy(network, point.samples()), point.energy());
      assertEquals(model.gain(Workload.of(network), point.samples()), point.gain());
    }
  }

  @Test
  void theTwinHasGainOne() {
    Network twin = Examples.vgg5(Examples.SIGMOID);
    assertTrue(all().allMatch(model -> model.gain(Workload.of(twin), 4) == 1));
  }

  @Test
  void fewerBitsTakeLessEnergy() {
    EnergyModel model = new EnergyModel(Technology.named("sram65"), Convention.STRICT);
    List<Joules> totals =
        Stream.of("sigmoid:1bit", "sigmoid:2bit", "sigmoid:3bit", "sigmoid:8bit", "sigmoid")
            .map(Neuron::parse)
            .map(neuron -> model.energy(Examples.vgg5(neuron), 1).total())
            .toList();
    assertEquals(totals.stream().sorted().toList(), totals);
  }

  @Test
  void sweepsTheWeightMemory() {
    EnergyModel model = EnergyModel.paper(Technology.named("sram65"));
    Network network = Examples.vgg5(Examples.PBIT);
    List<Joules> perBit =
        IntStream.rangeClosed(0, 50).mapToObj(i -> Joules.ofPicojoules(0.1 * i)).toList();
    List<EnergyPoint> points = model.sweepWeightMemory(Workload.of(network), 2, perBit);
    assertEquals(perBit.size(), points.size());
    assertEquals(0, points.getFirst().energy().weights().picojoules());
    for (int i = 0; i < points.size(); i++) {
      double gain =
          EnergyModel.paper(Technology.named("sram65").withWeightMemory(perBit.get(i)))
              .gain(Workload.of(network), 2);
      assertEquals(gain, points.get(i).gain(), gain * 1e-12);
      assertTrue(i == 0 || points.get(i).gain() < points.get(i - 1).gain());
    }
  }

  @Test
  void refusesBackwardRanges() {
    EnergyModel model = EnergyModel.paper(Technology.named("sram65"));
    Network network = Examples.vgg5(Examples.PBIT);
    assertThrows(IllegalArgumentException.class, () -> model.points(Workload.of(network), 0, 3));
    assertThrows(IllegalArgumentException.class, () -> model.points(Workload.of(network), 4, 3));
  }
}
