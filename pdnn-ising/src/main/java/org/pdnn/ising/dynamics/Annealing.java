package org.pdnn.ising.dynamics;

import java.util.function.IntConsumer;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.names.Limits;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Workers;

/// Simulated annealing: reads that start at random states and are swept at the betas of a schedule.
/// At one beta they are samples.
///
/// Read r has the words of replica r, so it is the same in a run of more reads, and for any number
/// of threads.
public final class Annealing {
  private final IsingModel model;
  private final UpdateOrder order;
  private final RandomWords words;

  /// @param words of updates and initial states
  public Annealing(IsingModel model, UpdateOrder order, RandomWords words) {
    this.model = model;
    this.order = order;
    this.words = words;
  }

  /// The last states of reads.
  ///
  /// @param reads at least 1
  /// @param done hears of each sweep of 64 reads that is done, from any thread
  public Read[] run(BetaSchedule schedule, int reads, int threads, IntConsumer done) {
    Limits.atLeast("reads", 1, reads);
    Read[] results = new Read[reads];
    int blocks = (reads + Replicas.COUNT - 1) / Replicas.COUNT;
    Workers.forEach(
        blocks,
        threads,
        () ->
            block -> {
              int first = block * Replicas.COUNT;
              Replicas replicas = Replicas.of(model, order, words, first);
              int[] rows = new int[Replicas.COUNT];
              for (int sweep = 0; sweep < schedule.sweeps(); sweep++) {
                replicas.sweep(new double[] {schedule.beta(sweep)}, rows, sweep);
                done.accept(1);
              }
              for (int read = first; read < Math.min(reads, first + Replicas.COUNT); read++) {
                Spins spins = replicas.spins(read - first);
                results[read] = new Read(spins, model.energy(spins));
              }
            });
    return results;
  }
}
