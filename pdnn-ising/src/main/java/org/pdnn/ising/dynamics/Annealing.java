package org.pdnn.ising.dynamics;

import java.util.List;
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
  private final Kernel kernel;

  /// By the fastest kernel.
  ///
  /// @param words of updates and initial states
  public Annealing(IsingModel model, UpdateOrder order, RandomWords words) {
    this(model, order, words, Kernel.fastest());
  }

  /// @param words of updates and initial states
  public Annealing(IsingModel model, UpdateOrder order, RandomWords words, Kernel kernel) {
    this.model = model;
    this.order = order;
    this.words = words;
    this.kernel = kernel;
  }

  /// The last states of reads.
  ///
  /// @param reads at least 1
  /// @param done hears of each sweep of 64 reads that is done, from any thread
  public Reads run(BetaSchedule schedule, int reads, int threads, IntConsumer done) {
    Limits.atLeast("reads", 1, reads);
    Recorder recorder = Recorder.shown(Math.min(reads, Replicas.COUNT), schedule.sweeps());
    return run(schedule, reads, threads, recorder, done);
  }

  /// Samples at one beta: the last states of reads of so many sweeps, and how the first of them got
  /// there.
  ///
  /// @param sweeps at least 1
  /// @param reads at least 1
  /// @param done hears of each sweep of 64 reads that is done, from any thread
  public Samples sample(double beta, int sweeps, int reads, int threads, IntConsumer done) {
    Limits.atLeast("reads", 1, reads);
    BetaSchedule schedule = BetaSchedule.constant(beta, sweeps);
    Recorder recorder = Recorder.judged(Math.min(reads, Replicas.COUNT), sweeps);
    Reads last = run(schedule, reads, threads, recorder, done);
    return new Samples(
        beta, sweeps, last.reads().stream().map(Read::spins).toList(), last.traces());
  }

  private Reads run(
      BetaSchedule schedule, int reads, int threads, Recorder recorder, IntConsumer done) {
    Read[] results = new Read[reads];
    Workers.forEach(
        Math.ceilDiv(reads, Replicas.COUNT),
        threads,
        () ->
            block -> {
              int first = block * Replicas.COUNT;
              Replicas replicas = Replicas.of(kernel, model, order, words, first);
              int[] rows = new int[Replicas.COUNT];
              for (int sweep = 0; sweep < schedule.sweeps(); sweep++) {
                Interruption.heed();
                replicas.sweep(new double[] {schedule.beta(sweep)}, rows, sweep);
                if (block == 0) {
                  recorder.see(sweep, replicas);
                }
                done.accept(1);
              }
              for (int read = first; read < Math.min(reads, first + Replicas.COUNT); read++) {
                Spins spins = replicas.spins(read - first);
                results[read] = new Read(spins, model.energy(spins));
              }
            });
    return new Reads(List.of(results), recorder.traces());
  }
}
