package org.pdnn.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/// Contenders in turn: each round every one has its turn, and each round another one begins, so
/// that whatever else the machine does slows all of them alike.
public final class Rounds {
  /// A turn is one run, or as many as fill this time.
  private static final long TURN_NANOSECONDS = 30_000_000;

  /// Warm-up ends when so many turns in a row were no faster than the best before, but not in the
  /// first half of its time: code that waits for its compiler is stable, too.
  private static final int STABLE_TURNS = 4;

  private static final double FASTER = 0.97;

  private final List<Contender> contenders;
  private final long warmUpNanoseconds;

  /// @param warmUpSeconds that each contender's warm-up may take
  public Rounds(List<Contender> contenders, double warmUpSeconds) {
    this.contenders = List.copyOf(contenders);
    this.warmUpNanoseconds = (long) (warmUpSeconds * 1e9);
  }

  /// Warms up, then measures.
  ///
  /// @param progress is called after each round
  /// @return nanoseconds of a run, over all rounds, in the contenders' order
  public List<Quartiles> measure(int rounds, Runnable progress) {
    contenders.forEach(this::warmUp);
    double[][] nanoseconds = new double[contenders.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        int next = (round + turn) % contenders.size();
        nanoseconds[next][round] = turn(contenders.get(next));
      }
      progress.run();
    }
    List<Quartiles> measured = new ArrayList<>();
    for (double[] turns : nanoseconds) {
      measured.add(Quartiles.of(turns));
    }
    return measured;
  }

  private void warmUp(Contender contender) {
    long start = System.nanoTime();
    double best = turn(contender);
    int stable = 0;
    for (long passed = 0; passed < warmUpNanoseconds; passed = System.nanoTime() - start) {
      if (stable >= STABLE_TURNS && passed > warmUpNanoseconds / 2) {
        return;
      }
      double time = turn(contender);
      stable = time < FASTER * best ? 0 : stable + 1;
      best = Math.min(best, time);
    }
  }

  /// Nanoseconds of a run.
  private static double turn(Contender contender) {
    stopIfInterrupted();
    long start = System.nanoTime();
    long passed;
    int runs = 0;
    do {
      contender.run();
      runs++;
      passed = System.nanoTime() - start;
    } while (passed < TURN_NANOSECONDS);
    return (double) passed / runs;
  }

  static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
