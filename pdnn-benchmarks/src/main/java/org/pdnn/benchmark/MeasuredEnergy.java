package org.pdnn.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.pdnn.power.EnergySample;
import org.pdnn.power.Watts;

/// What engines spent on an input: medians over the rounds and how far they spread.
///
/// @param counters that were added, as in `package-0`
/// @param idleMilliwatts of the machine while we sleep
/// @param perInput of each engine, in their order
public record MeasuredEnergy(
    List<String> counters, Quartiles idleMilliwatts, List<PerInput> perInput) {
  public MeasuredEnergy {
    counters = List.copyOf(counters);
    perInput = List.copyOf(perInput);
  }

  /// The energy of an input.
  ///
  /// @param netNanojoules what remains when the median idle power is taken away; below 0 if that is
  ///   lost in noise
  /// @param grossNanojoules all that the counters counted
  public record PerInput(Quartiles netNanojoules, Quartiles grossNanojoules) {}

  /// What a turn spent.
  ///
  /// @param inputs that were answered in it
  record Turn(EnergySample spent, long inputs) {
    private double nanojoules(Watts baseline) {
      return spent.above(baseline).nanojoules() / inputs;
    }
  }

  /// @param idle turns in which nothing was done
  /// @param engines the turns of each
  static MeasuredEnergy of(List<String> counters, List<Turn> idle, List<List<Turn>> engines) {
    Quartiles idleMilliwatts = quartiles(idle, turn -> turn.spent().power().milliwatts());
    Watts baseline = Watts.ofMilliwatts(idleMilliwatts.median());
    return new MeasuredEnergy(
        counters,
        idleMilliwatts,
        engines.stream()
            .map(turns ->
                new PerInput(
                    quartiles(turns, turn -> turn.nanojoules(baseline)),
                    quartiles(turns, turn -> turn.nanojoules(Watts.ZERO))))
            .toList());
  }

  private static Quartiles quartiles(List<Turn> turns, ToDoubleFunction<Turn> value) {
    return Quartiles.of(turns.stream().mapToDouble(value).toArray());
  }
}
