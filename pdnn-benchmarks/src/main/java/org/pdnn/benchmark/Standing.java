package org.pdnn.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// How one contender did.
///
/// @param name of the contender
/// @param arithmetic what it computes in
/// @param deterministic whether it computes the deterministic twin
/// @param samples T, the passes over each input
/// @param microsecondsPerInput over all rounds
/// @param ratioToBestFp32Peer its median over that of the fastest deterministic 32-bit contender
/// @param gigaMacsPerSecond 10^9 multiply-accumulates of the network a second
/// @param shareOfLimit of what the machine can do in this arithmetic
/// @param agreement share of the inputs to which it gives the class that the first deterministic
///   32-bit contender gives
public record Standing(
    String name,
    Arithmetic arithmetic,
    boolean deterministic,
    int samples,
    Quartiles microsecondsPerInput,
    OptionalDouble ratioToBestFp32Peer,
    double gigaMacsPerSecond,
    double shareOfLimit,
    OptionalDouble agreement) {
  /// Logits of 32-bit contenders differ by rounding alone, in units of the largest.
  private static final double ROUNDING = 1e-3;

  /// Whether it is a 32-bit peer.
  public boolean isFp32Peer() {
    return isFp32Peer(arithmetic, deterministic);
  }

  private static boolean isFp32Peer(Arithmetic arithmetic, boolean deterministic) {
    return deterministic && arithmetic == Arithmetic.FP32;
  }

  /// The standings of a contest, in the contenders' order.
  ///
  /// @param nanoseconds of a run, as [Rounds] measured them
  /// @throws IllegalStateException if 32-bit contenders do not compute the same
  public static List<Standing> of(
      Task task, List<Contender> contenders, List<Quartiles> nanoseconds, MachineLimit limit) {
    OptionalDouble best = OptionalDouble.empty();
    Optional<Contender> reference = Optional.empty();
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      if (isFp32Peer(contender.arithmetic(), contender.deterministic())) {
        double median = nanoseconds.get(i).median();
        best = OptionalDouble.of(Math.min(median, best.orElse(median)));
        reference = reference.isPresent() ? reference : Optional.of(contender);
      }
    }
    List<Standing> standings = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      Contender contender = contenders.get(i);
      Quartiles run = nanoseconds.get(i);
      double rate = task.batch() * task.macs(contender.samples()) / run.median();
      standings.add(
          new Standing(
              contender.name(),
              contender.arithmetic(),
              contender.deterministic(),
              contender.samples(),
              run.dividedBy(1e3 * task.batch()),
              best.isPresent()
                  ? OptionalDouble.of(run.median() / best.getAsDouble())
                  : OptionalDouble.empty(),
              rate,
              rate / limit.of(contender.arithmetic()),
              reference
                  .map(peer -> OptionalDouble.of(agreement(peer, contender)))
                  .orElse(OptionalDouble.empty())));
    }
    return standings;
  }

  private static double agreement(Contender reference, Contender contender) {
    float[][] expected = reference.logits();
    float[][] given = contender.logits();
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
    boolean mustAgree = isFp32Peer(contender.arithmetic(), contender.deterministic());
    if (mustAgree && !(difference <= ROUNDING * largest)) {
      throw new IllegalStateException(
          "%s and %s compute different logits, up to %s apart"
              .formatted(reference.name(), contender.name(), difference));
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
