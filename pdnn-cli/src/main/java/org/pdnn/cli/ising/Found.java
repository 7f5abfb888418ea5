package org.pdnn.cli.ising;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.ising.Problem;
import org.pdnn.ising.Spins;

/// A state that reads ended with.
///
/// @param value in the problem's own terms
/// @param occurrences reads that ended with it
record Found(Spins spins, double value, int occurrences) {
  /// The states of reads, the best first; of equal ones that which most reads found.
  static List<Found> of(Problem problem, List<Spins> reads) {
    Map<Spins, Integer> counts = new LinkedHashMap<>();
    reads.forEach(spins -> counts.merge(spins, 1, Integer::sum));
    List<Found> found = new ArrayList<>();
    counts.forEach((spins, count) -> found.add(new Found(spins, problem.value(spins), count)));
    Comparator<Found> byValue = Comparator.comparingDouble(Found::value);
    found.sort(
        (problem.greatest() ? byValue.reversed() : byValue)
            .thenComparing(Comparator.comparingInt(Found::occurrences).reversed()));
    return found;
  }
}
