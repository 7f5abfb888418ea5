package org.pdnn.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.pdnn.names.Limits;

/// How long a sweep takes on p cores, from the times of its cells.
///
/// The cells are handed out as a [Sweep] does: in their order, as soon as what they need is
/// finished, to the next core that is free. One driver hands them out, one after the other. With W
/// the sum of the cells' seconds and L those of the longest chain of needs, both with [#AROUND] for
/// each cell, and D the [#HANDING_OUT] of all cells, the time lies between max(W / p, L, D) and D +
/// L + (W - L) / p (R. L. Graham, SIAM Journal on Applied Mathematics 17:416, 1969; D is ours).
///
/// @param cells in the order in which they are handed out; each after what it needs
/// @param basis what is known of their times
public record Forecast(List<Work> cells, Basis basis) {
  /// Seconds that the driver is busy with a cell, measured in a sweep of 500 empty cells.
  public static final double HANDING_OUT = 0.008;

  /// Seconds that a cell takes a core beside its own work.
  public static final double AROUND = 0.008;

  /// What is known of the times of cells.
  public enum Basis {
    /// No cell is finished.
    EXPECTED("by what cells are expected to take"),
    /// Some are finished.
    SCALED("by what cells are expected to take, scaled by those that are finished"),
    /// All are finished; they would be done once more.
    MEASURED("as measured, all being finished");

    private final String words;

    Basis(String words) {
      this.words = words;
    }

    /// As the end of a sentence.
    public String words() {
      return words;
    }
  }

  /// A cell.
  ///
  /// @param seconds of a core
  /// @param needs places of the cells that it waits for, all before its own
  public record Work(double seconds, List<Integer> needs) {
    public Work {
      needs = List.copyOf(needs);
    }

    private double around() {
      return seconds + AROUND;
    }
  }

  public Forecast {
    cells = List.copyOf(cells);
    for (int place = 0; place < cells.size(); place++) {
      for (int needed : cells.get(place).needs()) {
        Limits.between("a need", 0, place - 1L, needed);
      }
    }
  }

  /// The time on so many cores, as the sweep would run.
  public double seconds(int cores) {
    Limits.atLeast("cores", 1, cores);
    int[] missing = new int[cells.size()];
    List<List<Integer>> waiting = new ArrayList<>();
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int place = 0; place < cells.size(); place++) {
      waiting.add(new ArrayList<>());
      List<Integer> needs = cells.get(place).needs();
      missing[place] = needs.size();
      for (int needed : needs) {
        waiting.get(needed).add(place);
      }
      if (needs.isEmpty()) {
        ready.add(place);
      }
    }
    record Running(int place, double end) {}
    PriorityQueue<Running> running =
        new PriorityQueue<>(Comparator.comparingDouble(Running::end).thenComparing(Running::place));
    double now = 0;
    double driver = 0;
    while (!ready.isEmpty() || !running.isEmpty()) {
      while (!ready.isEmpty() && running.size() < cores) {
        int place = ready.remove();
        driver = Math.max(driver, now) + HANDING_OUT;
        running.add(new Running(place, driver + cells.get(place).around()));
      }
      Running done = running.remove();
      now = done.end();
      for (int waiter : waiting.get(done.place())) {
        missing[waiter]--;
        if (missing[waiter] == 0) {
          ready.add(waiter);
        }
      }
    }
    return now;
  }

  /// What no cluster of so many cores can be faster than.
  public double atLeast(int cores) {
    return Math.max(Math.max(sum() / cores, chain()), cells.size() * HANDING_OUT);
  }

  /// What the time on so many cores does not exceed.
  public double atMost(int cores) {
    return cells.size() * HANDING_OUT + chain() + (sum() - chain()) / cores;
  }

  /// W: the seconds of all cells, one after the other.
  private double sum() {
    return cells.stream().mapToDouble(Work::around).sum();
  }

  /// L: the seconds of the longest chain of cells that need each other.
  private double chain() {
    double[] ends = new double[cells.size()];
    double longest = 0;
    for (int place = 0; place < ends.length; place++) {
      double start =
          cells.get(place).needs().stream().mapToDouble(needed -> ends[needed]).max().orElse(0);
      ends[place] = start + cells.get(place).around();
      longest = Math.max(longest, ends[place]);
    }
    return longest;
  }
}
