package org.pdnn.ising.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.ising.certificate.Boltzmann;
import org.pdnn.random.Philox;

/// Clusters are exchanged so that both replicas keep their distribution.
class ClustersTest {
  private static final double BETA = 0.8;

  /// Every spin is coupled with every other, most weakly.
  private static IsingModel chain(int spins) {
    IsingModel.Builder model = IsingModel.of(spins);
    for (int one = 0; one < spins; one++) {
      model.field(one, 0.1);
      for (int other = one + 1; other < spins; other++) {
        double strength = 0.2 + (7 * one + 3 * other) % 10 / 8.0;
        model.couple(one, other, (other % 3 == 0 ? -strength : strength) / (other - one));
      }
    }
    return model.build();
  }

  /// Above the floor by 3 standard errors for one seed in 740.
  @Test
  void samplesKeepTheirDistribution() {
    IsingModel model = chain(8);
    UpdateOrder order = UpdateOrder.sequential(model);
    Philox words = new Philox(7);
    Replicas replicas = Replicas.of(Kernel.VECTOR, model, order, words, 0);
    Clusters clusters = new Clusters(new Rows(model, order), words);
    List<Spins> samples = new ArrayList<>();
    for (int round = 0; round < 60_000; round++) {
      // One sweep alone would hide a wrong exchange: thirty exchanges for each.
      if (round % 30 == 0) {
        replicas.sweep(new double[] {BETA}, new int[Replicas.COUNT], round);
      }
      for (int one = 0; one < Replicas.COUNT; one += 2) {
        clusters.between(replicas.state, one, one + 1, BETA, one, round);
      }
      if (round % 300 == 299) {
        for (int replica = 0; replica < Replicas.COUNT; replica++) {
          samples.add(replicas.spins(replica));
        }
      }
    }
    Boltzmann.TotalVariation variation = Boltzmann.of(model, BETA).variation(samples);
    assertTrue(variation.excess() < 3, variation.toString());
  }

  /// The first two moves of four join by all couplings.
  @Test
  void wholeClustersKeepTheSumOfEnergies() {
    IsingModel model = Models.random(40, 60, 2, 1, 3);
    UpdateOrder order = UpdateOrder.sequential(model);
    Philox words = new Philox(7);
    Replicas replicas = Replicas.of(Kernel.VECTOR, model, order, words, 0);
    Clusters clusters = new Clusters(new Rows(model, order), words);
    int moved = 0;
    for (int one = 0; one < Replicas.COUNT; one += 2) {
      Spins first = replicas.spins(one);
      Spins second = replicas.spins(one + 1);
      clusters.between(replicas.state, one, one + 1, BETA, one, 1);
      assertEquals(
          model.energy(first) + model.energy(second),
          model.energy(replicas.spins(one)) + model.energy(replicas.spins(one + 1)),
          1e-9);
      moved += first.equals(replicas.spins(one)) ? 0 : 1;
    }
    assertEquals(32, moved);
  }
}
