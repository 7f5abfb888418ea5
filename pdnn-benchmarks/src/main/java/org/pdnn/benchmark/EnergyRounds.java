package org.pdnn.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pdnn.benchmark.MeasuredEnergy.Turn;
import org.pdnn.energy.Joules;
import org.pdnn.names.Limits;
import org.pdnn.power.EnergySample;
import org.pdnn.power.PowerCounters;
import org.pdnn.power.Time;

/// Engines in turn, as in [Rounds], between readings of the power counters. In each round one more
/// turn does nothing, so that the idle power is that of the same minutes.
public final class EnergyRounds {
  /// Fewer say nothing about the spread.
  public static final int FEWEST = 5;

  /// A turn lasts at least so long: counters move about once a millisecond.
  private static final Duration TURN = Duration.ofSeconds(1);

  private final Task task;
  private final List<Engine> engines;
  private final PowerCounters counters;
  private final Time time;

  /// @param engines warm ones
  public EnergyRounds(Task task, List<Engine> engines, PowerCounters counters, Time time) {
    this.task = task;
    this.engines = List.copyOf(engines);
    this.counters = counters;
    this.time = time;
  }

  /// Measures each engine for a second per round, or for one run if that takes longer.
  ///
  /// @param rounds at least [#FEWEST]
  /// @param progress is called after each round
  public MeasuredEnergy measure(int rounds, Runnable progress) throws IOException {
    Limits.atLeast("rounds of energy", FEWEST, rounds);
    List<Runnable> works = new ArrayList<>();
    List<List<Turn>> turns = new ArrayList<>();
    works.add(() -> time.sleep(TURN));
    engines.forEach(engine -> works.add(engine::run));
    works.forEach(work -> turns.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < works.size(); turn++) {
        int next = (round + turn) % works.size();
        turns.get(next).add(turn(works.get(next)));
      }
      progress.run();
    }
    return MeasuredEnergy.of(counters.names(), turns.getFirst(), turns.subList(1, turns.size()));
  }

  private Turn turn(Runnable work) throws IOException {
    PowerCounters.Reading start = counters.read();
    long runs = 0;
    do {
      Rounds.stopIfInterrupted();
      work.run();
      runs++;
    } while (time.nanoseconds() - start.nanoseconds() < TURN.toNanos());
    EnergySample spent = counters.since(start);
    if (spent.energy().equals(Joules.ZERO)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the power counters stood still for %.1f s: %s",
              spent.time().toNanos() / 1e9,
              String.join(", ", counters.names())));
    }
    return new Turn(spent, runs * task.batch());
  }
}
