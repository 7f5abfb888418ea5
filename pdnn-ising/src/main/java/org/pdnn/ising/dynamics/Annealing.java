package org.pdnn.ising.dynamics;

import java.util.Arrays;
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
    return run(schedule, reads, threads, (block, sweep, replicas) -> done.accept(1));
  }

  /// Samples at one beta: the last states of reads of so many sweeps, and how the first of them got
  /// there.
  ///
  /// @param sweeps at least 1
  /// @param reads at least 1
  /// @param done hears of each sweep of 64 reads that is done, from any thread
  public Samples sample(double beta, int sweeps, int reads, int threads, IntConsumer done) {
    BetaSchedule schedule = BetaSchedule.constant(beta, sweeps);
    Recorder recorder = new Recorder(Math.min(reads, Replicas.COUNT), sweeps);
    Read[] last =
        run(
            schedule,
            reads,
            threads,
            (block, sweep, replicas) -> {
              if (block == 0) {
                recorder.see(sweep, replicas);
              }
              done.accept(1);
            });
    return new Samples(
        beta, sweeps, Arrays.stream(last).map(Read::spins).toList(), recorder.traces());
  }

  /// Sees 64 reads after a sweep, from any thread.
  @FunctionalInterface
  private interface Observer {
    void see(int block, int sweep, Replicas replicas);
  }

  private Read[] run(BetaSchedule schedule, int reads, int threads, Observer observer) {
    Limits.atLeast("reads", 1, reads);
    Read[] results = new Read[reads];
    int blocks = Math.ceilDiv(reads, Replicas.COUNT);
    Workers.forEach(
        blocks,
        threads,
        () ->
            block -> {
              int first = block * Replicas.COUNT;
              Replicas replicas = Replicas.of(model, order, words, first);
              int[] rows = new int[Replicas.COUNT];
              for (int sweep = 0; sweep < schedule.sweeps(); sweep++) {
                Interruption.heed();
                replicas.sweep(new double[] {schedule.beta(sweep)}, rows, sweep);
                observer.see(block, sweep, replicas);
              }
              for (int read = first; read < Math.min(reads, first + Replicas.COUNT); read++) {
                Spins spins = replicas.spins(read - first);
                results[read] = new Read(spins, model.energy(spins));
              }
            });
    return results;
  }
}
