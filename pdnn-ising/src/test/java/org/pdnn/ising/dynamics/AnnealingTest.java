package org.pdnn.ising.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.ising.Formula;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Problem;
import org.pdnn.ising.Spins;
import org.pdnn.ising.instance.Instances;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// Reads find ground states that are known, and are the same however they are computed.
class AnnealingTest {
  private static final BetaSchedule SCHEDULE =
      BetaSchedule.of(BetaSchedule.Form.GEOMETRIC, 0.1, 3, 1000);

  private static Annealing annealing(IsingModel model) {
    return new Annealing(model, UpdateOrder.coloured(model), new Philox(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lattice:12x10", "loops:8x8:60", "adder", "factor:143"})
  void theLeastEnergyIsFound(String name) {
    Problem problem = Instances.of(name, 1);
    List<Read> reads = annealing(problem.model()).run(SCHEDULE, 64, 2, sweeps -> {}).reads();
    double best =
        reads.stream().mapToDouble(read -> problem.value(read.spins())).min().orElseThrow();
    assertEquals(problem.best().orElseThrow(), best);
  }

  /// Of all 2^16 states none has less energy.
  @Test
  void theLeastEnergyOfAGlassIsFound() {
    IsingModel model = Instances.of("glass:4x4", 1).model();
    double least = 0;
    for (int state = 0; state < 1 << 16; state++) {
      int bits = state;
      least = Math.min(least, model.energy(Spins.of(16, spin -> (bits >>> spin & 1) != 0)));
    }
    List<Read> reads = annealing(model).run(SCHEDULE, 64, 1, sweeps -> {}).reads();
    assertEquals(least, reads.stream().mapToDouble(Read::energy).min().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void readsDependOnNoThreads(int threads) {
    IsingModel model = Models.random(30, 90, 2, 1, 8);
    List<Read> all = annealing(model).run(SCHEDULE, 200, 1, sweeps -> {}).reads();
    assertEquals(all, annealing(model).run(SCHEDULE, 200, threads, sweeps -> {}).reads());
    assertEquals(
        all.subList(0, 70), annealing(model).run(SCHEDULE, 70, threads, sweeps -> {}).reads());
  }

  @Test
  void workEndsWhenItsThreadIsInterrupted() throws InterruptedException {
    IsingModel model = Models.random(5, 5, 2, 1, 8);
    BetaSchedule endless = BetaSchedule.constant(1, 10_000_000);
    AtomicInteger cancelled = new AtomicInteger();
    Thread worker =
        new Thread(() -> {
          try {
            annealing(model).run(endless, 1, 1, sweeps -> {});
          } catch (CancellationException e) {
            cancelled.incrementAndGet();
          }
        });
    worker.start();
    Thread.sleep(200);
    worker.interrupt();
    worker.join(20_000);
    assertEquals(1, cancelled.get());
  }

  @Test
  void progressCountsSweepsOfBlocks() {
    IsingModel model = Models.random(5, 5, 2, 1, 8);
    AtomicInteger done = new AtomicInteger();
    annealing(model).run(SCHEDULE, 65, 2, done::addAndGet);
    assertEquals(2000, done.get());
  }

  @Test
  void temperingFindsWhatReadsOfAnnealingMiss() {
    Problem problem = Instances.of("loops:20x20:300", 2);
    IsingModel model = problem.model();
    double[] betas = new double[16];
    Arrays.setAll(betas, k -> 0.2 * Math.pow(10, k / 15.0));
    Tempering tempering =
        new Tempering(model, UpdateOrder.coloured(model), new Philox(1), betas, 5, true);
    List<Read> one = tempering.run(400, 2, 1, round -> {}).reads();
    assertEquals(problem.best().orElseThrow(), one.getFirst().energy());
    assertEquals(one, tempering.run(400, 2, 2, round -> {}).reads());
  }

  /// 100 variables, 4.2 clauses for each, by chance but for a state that satisfies them.
  @Test
  void aFormulaIsSatisfied() {
    RandomWords words = new Philox(9);
    List<int[]> clauses = new ArrayList<>();
    for (int attempt = 0; clauses.size() < 420; attempt++) {
      int[] clause = new int[3];
      boolean planted = false;
      for (int k = 0; k < 3; k++) {
        int word = words.word(attempt, 0, k, 0);
        clause[k] = (1 + Integer.remainderUnsigned(word >>> 1, 100)) * ((word & 1) == 0 ? 1 : -1);
        planted |= clause[k] > 0 == (words.word(0, 1, Math.abs(clause[k]), 0) < 0);
      }
      if (planted) {
        clauses.add(clause);
      }
    }
    Formula formula = new Formula(100, clauses);
    double[] betas = new double[16];
    Arrays.setAll(betas, k -> Math.pow(8, k / 15.0));
    IsingModel model = formula.model();
    Tempering tempering =
        new Tempering(model, UpdateOrder.coloured(model), new Philox(1), betas, 5, false);
    assertEquals(
        0, formula.value(tempering.run(400, 1, 1, round -> {}).reads().getFirst().spins()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Tempering(model, UpdateOrder.sequential(model), words, betas, 5, true));
  }

  @Test
  void schedulesGoFromOneBetaToTheOther() {
    BetaSchedule linear = BetaSchedule.of(BetaSchedule.Form.LINEAR, 1, 3, 3);
    assertEquals(2, linear.beta(1));
    BetaSchedule geometric = BetaSchedule.of(BetaSchedule.Form.GEOMETRIC, 1, 4, 3);
    assertEquals(2, geometric.beta(1), 1e-12);
    assertEquals(3, BetaSchedule.custom(1, 2, 3).sweeps());
    assertThrows(IllegalArgumentException.class, BetaSchedule::custom);
    assertThrows(IllegalArgumentException.class, () -> BetaSchedule.custom(-1));
    assertThrows(IllegalArgumentException.class, () -> BetaSchedule.custom(Double.NaN));
    assertThrows(
        IllegalArgumentException.class,
        () -> BetaSchedule.of(BetaSchedule.Form.GEOMETRIC, 0, 1, 5));
  }

  /// Spins of a block are not coupled, each spin is updated once, and a lattice has two colours.
  @Test
  void blocksAreIndependent() {
    IsingModel lattice = Instances.of("lattice:6x8", 1).model();
    UpdateOrder order = UpdateOrder.coloured(lattice);
    assertEquals(2, order.blocks());
    boolean[] seen = new boolean[lattice.size()];
    for (int position = 0; position < order.size(); position++) {
      int spin = order.spin(position);
      assertTrue(!seen[spin]);
      seen[spin] = true;
      if (position < 24) {
        assertEquals((order.spin(0) / 8 + order.spin(0)) % 2, (spin / 8 + spin) % 2);
      }
    }
  }
}
