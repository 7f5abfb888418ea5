package org.pdnn.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// How one engine did.
///
/// @param profile its name, and what it computes
/// @param microsecondsPerInput over all rounds
/// @param ratioToBestFp32Peer its median over that of the fastest deterministic 32-bit engine
/// @param meanSamples passes over an input, on average
/// @param gigaMacsPerSecond 10^9 multiply-accumulates of the network per second
/// @param shareOfLimit of what the machine can do with this data type
/// @param agreement share of the inputs to which it gives the class that the first deterministic
///   32-bit engine gives
public record EngineResult(
    EngineProfile profile,
    Quartiles microsecondsPerInput,
    OptionalDouble ratioToBestFp32Peer,
    double meanSamples,
    double gigaMacsPerSecond,
    double shareOfLimit,
    OptionalDouble agreement) {
  /// Logits of 32-bit engines differ by rounding alone, in units of the largest.
  private static final double ROUNDING = 1e-3;

  /// The results of all engines, in their order.
  ///
  /// @param nanoseconds of a run, as [Rounds] measured them
  /// @throws IllegalStateException if 32-bit engines do not compute the same
  public static List<EngineResult> of(
      Task task, List<Engine> engines, List<Quartiles> nanoseconds, MachineLimit limit) {
    int[] peers =
        IntStream.range(0, engines.size())
            .filter(i -> engines.get(i).profile().isFp32Peer())
            .toArray();
    OptionalDouble best = IntStream.of(peers).mapToDouble(i -> nanoseconds.get(i).median()).min();
    List<EngineResult> results = new ArrayList<>();
    for (int i = 0; i < engines.size(); i++) {
      Engine engine = engines.get(i);
      EngineProfile profile = engine.profile();
      Quartiles run = nanoseconds.get(i);
      double rate = task.batch() * task.macs(engine.meanSamples()) / run.median();
      results.add(
          new EngineResult(
              profile,
              run.dividedBy(1e3 * task.batch()),
              best.stream().map(fastest -> run.median() / fastest).findFirst(),
              engine.meanSamples(),
              rate,
              rate / limit.of(profile.dataType()),
              IntStream.of(peers)
                  .limit(1)
                  .mapToDouble(peer -> agreement(engines.get(peer), engine))
                  .findFirst()));
    }
    return results;
  }

  private static double agreement(Engine reference, Engine engine) {
    float[][] expected = reference.logits();
    float[][] given = engine.logits();
    double largest = 0;
    double difference = 0;
    int same = 0;
    for (int row = 0; row < expected.length; row++) {
      for (int column = 0; column < expected[row].length; column++) {
        largest = Math.max(largest, Math.abs(expected[row][column]));
        difference = Math.max(difference, Math.abs(expected[row][column] - given[row][column]));
      }
      same += most(expected[row]) == most(given[row]) ? 1 : 0;
    }
    if (engine.profile().isFp32Peer() && !(difference <= ROUNDING * largest)) {
      throw new IllegalStateException(
          "%s and %s compute different logits, up to %s apart"
              .formatted(reference.profile().name(), engine.profile().name(), difference));
    }
    return (double) same / expected.length;
  }

  private static int most(float[] values) {
    int most = 0;
    for (int i = 1; i < values.length; i++) {
      most = values[i] > values[most] ? i : most;
    }
    return most;
  }
}
