package org.pdnn.ising.dynamics;

import java.util.List;
import java.util.function.IntConsumer;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.names.Limits;
import org.pdnn.network.Exponential;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Workers;

/// Parallel tempering: replicas at a ladder of betas, of which neighbours exchange their betas with
/// the probability min(1, exp((beta_b - beta_a) (E_b - E_a))), so that a replica that is caught at
/// a low temperature goes on at a high one.
///
/// With isoenergetic cluster moves two replicas of one beta exchange a cluster of spins in which
/// they differ, which leaves the sum of their energies as it is (J. Houdayer, Eur. Phys. J. B 22,
/// 2001; Z. Zhu, A. J. Ochoa, H. G. Katzgraber, Phys. Rev. Lett. 115, 2015). They pay where such
/// clusters do not fill the model: in two dimensions, and others of few neighbours.
public final class Tempering {
  /// A cluster may take as long as several sweeps.
  private static final int ROUNDS_PER_CLUSTER = 5;

  private final IsingModel model;
  private final UpdateOrder order;
  private final RandomWords words;
  private final double[] betas;
  private final int sweepsPerRound;
  private final boolean clusters;

  /// @param words of updates, initial states, exchanges and clusters
  /// @param betas the ladder, 2 to 32 ascending values; 64 replicas hold it as often as it fits
  /// @param sweepsPerRound sweeps between exchanges, at least 1
  /// @param clusters whether clusters are exchanged too
  public Tempering(
      IsingModel model,
      UpdateOrder order,
      RandomWords words,
      double[] betas,
      int sweepsPerRound,
      boolean clusters) {
    Limits.between("betas of a ladder", 2, Replicas.COUNT / 2, betas.length);
    Limits.atLeast("sweeps between exchanges", 1, sweepsPerRound);
    for (int k = 0; k < betas.length; k++) {
      BetaSchedule.requireBeta(betas[k]);
      if (k > 0 && betas[k] <= betas[k - 1]) {
        throw new IllegalArgumentException("the betas of a ladder must ascend");
      }
    }
    if (clusters && model.triples().count() > 0) {
      throw new IllegalArgumentException(
          "clusters are exchanged in models of pairs; this one has couplings of three spins");
    }
    this.model = model;
    this.order = order;
    this.words = words;
    this.betas = betas.clone();
    this.sweepsPerRound = sweepsPerRound;
    this.clusters = clusters;
  }

  /// The best state of each read. A read is 64 replicas.
  ///
  /// @param rounds of sweeps and exchanges, at least 1
  /// @param reads at least 1
  /// @param done hears of each round of a read that is done, from any thread
  public Reads run(int rounds, int reads, int threads, IntConsumer done) {
    Limits.atLeast("rounds", 1, rounds);
    Limits.atLeast("reads", 1, reads);
    Read[] results = new Read[reads];
    int every = Math.ceilDiv(rounds, Traces.POINTS_SHOWN);
    double[][] traces = new double[Math.min(reads, Replicas.COUNT)][rounds / every];
    Workers.forEach(
        reads,
        threads,
        () ->
            read -> {
              Ladders ladders = new Ladders((long) read * Replicas.COUNT);
              for (int round = 0; round < rounds; round++) {
                Interruption.heed();
                ladders.round(round);
                if (read < traces.length && (round + 1) % every == 0) {
                  traces[read][round / every] = ladders.least;
                }
                done.accept(1);
              }
              Spins best = ladders.best;
              results[read] = new Read(best, model.energy(best));
            });
    return new Reads(
        List.of(results), new Traces(every * sweepsPerRound, List.of(traces), List.of()));
  }

  /// As many ladders as 64 replicas hold.
  private final class Ladders {
    private final long first;
    private final Replicas replicas;

    /// By ladder and beta: the replica that has it.
    private final int[][] holders = new int[Replicas.COUNT / betas.length][betas.length];

    /// By replica: which beta it has. Replicas that are left over have the first.
    private final int[] rows = new int[Replicas.COUNT];

    private final double[] energies = new double[Replicas.COUNT];
    private final Clusters exchange;
    private double least = Double.POSITIVE_INFINITY;
    private Spins best;

    Ladders(long first) {
      this.first = first;
      this.replicas = Replicas.of(Kernel.fastest(), model, order, words, first);
      this.exchange = new Clusters(new Rows(model, order), words);
      this.best = replicas.spins(0);
      for (int ladder = 0; ladder < holders.length; ladder++) {
        for (int k = 0; k < betas.length; k++) {
          holders[ladder][k] = ladder * betas.length + k;
          rows[holders[ladder][k]] = k;
        }
      }
    }

    void round(int round) {
      for (int sweep = 0; sweep < sweepsPerRound; sweep++) {
        replicas.sweep(betas, rows, round * sweepsPerRound + sweep);
      }
      replicas.energies(energies);
      for (int replica = 0; replica < Replicas.COUNT; replica++) {
        if (energies[replica] < least) {
          least = energies[replica];
          best = replicas.spins(replica);
        }
      }
      for (int ladder = 0; ladder < holders.length; ladder++) {
        for (int k = round % 2; k + 1 < betas.length; k += 2) {
          exchange(ladder, k, round);
        }
      }
      if (clusters && round % ROUNDS_PER_CLUSTER == 0) {
        int move = round / ROUNDS_PER_CLUSTER;
        for (int ladder = move % 2; ladder + 1 < holders.length; ladder += 2) {
          for (int k = 0; k < betas.length; k++) {
            int one = holders[ladder][k];
            int other = holders[ladder + 1][k];
            exchange.between(replicas.state, one, other, betas[k], first + one, move);
          }
        }
      }
    }

    private void exchange(int ladder, int k, int round) {
      int[] holder = holders[ladder];
      int one = holder[k];
      int other = holder[k + 1];
      double odds = (betas[k + 1] - betas[k]) * (energies[other] - energies[one]);
      int word = words.word(first + ladder, HeatBath.EXCHANGES, k, round);
      if (RandomWords.uniform(word) < Exponential.exp(Math.min(0, odds))) {
        holder[k] = other;
        holder[k + 1] = one;
        rows[other] = k;
        rows[one] = k + 1;
      }
    }
  }
}
