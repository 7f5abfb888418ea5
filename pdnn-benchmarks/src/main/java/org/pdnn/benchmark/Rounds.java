package org.pdnn.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/// Engines in turn: each round every one has its turn, and each round another one begins, so that
/// whatever else the machine does slows all of them alike.
public final class Rounds {
  /// A turn is one run, or as many as fill this time.
  private static final long TURN_NANOSECONDS = 30_000_000;

  /// Warm-up ends when so many turns in a row were no faster than the best before, but not in the
  /// first half of its time: code that waits for its compiler is stable, too.
  private static final int STABLE_TURNS = 4;

  private static final double FASTER = 0.97;

  private final List<Engine> engines;
  private final long warmUpNanoseconds;

  /// @param warmUpSeconds that each engine's warm-up may take
  public Rounds(List<Engine> engines, double warmUpSeconds) {
    this.engines = List.copyOf(engines);
    this.warmUpNanoseconds = (long) (warmUpSeconds * 1e9);
  }

  /// Warms up, then measures.
  ///
  /// @param progress is called after each round
  /// @return nanoseconds of a run, over all rounds, in the engines' order
  public List<Quartiles> measure(int rounds, Runnable progress) {
    engines.forEach(this::warmUp);
    double[][] nanoseconds = new double[engines.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < engines.size(); turn++) {
        int next = (round + turn) % engines.size();
        nanoseconds[next][round] = turn(engines.get(next));
      }
      progress.run();
    }
    List<Quartiles> measured = new ArrayList<>();
    for (double[] turns : nanoseconds) {
      measured.add(Quartiles.of(turns));
    }
    return measured;
  }

  private void warmUp(Engine engine) {
    long start = System.nanoTime();
    double best = turn(engine);
    int stable = 0;
    for (long passed = 0; passed < warmUpNanoseconds; passed = System.nanoTime() - start) {
      if (stable >= STABLE_TURNS && passed > warmUpNanoseconds / 2) {
        return;
      }
      double time = turn(engine);
      stable = time < FASTER * best ? 0 : stable + 1;
      best = Math.min(best, time);
    }
  }

  /// Nanoseconds of a run.
  private static double turn(Engine engine) {
    stopIfInterrupted();
    long start = System.nanoTime();
    long passed;
    int runs = 0;
    do {
      engine.run();
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
