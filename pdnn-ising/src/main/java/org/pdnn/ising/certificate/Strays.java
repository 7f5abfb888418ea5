package org.pdnn.ising.certificate;

import java.util.Arrays;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.dynamics.Samples;
import org.pdnn.ising.dynamics.Traces;

/// Samples of reads that were not traced, and whose energies lie beyond all that the traced reads
/// had: of wells that few reads fall into.
///
/// Of N independent energies, and F further ones of the same distribution, at least k of the latter
/// lie above all of the former with a probability of at most (F / (F + N))^k.
///
/// @param count on the side, above or below, of the more of them
/// @param others samples that were not traced
/// @param most as many come by chance once in 16,000
record Strays(int count, int others, double most) {
  private static final double ODDS = 16_000;

  /// @param time the autocorrelation time of the energies, in points of the traces
  static Strays of(IsingModel model, Samples samples, double time) {
    Traces traces = samples.traces();
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double[] trace : traces.energies()) {
      for (int point = traces.half(); point < trace.length; point++) {
        least = Math.min(least, trace[point]);
        greatest = Math.max(greatest, trace[point]);
      }
    }
    int traced = Math.min(traces.energies().size(), samples.states().size());
    double[] others =
        samples.states().subList(traced, samples.states().size()).stream()
            .mapToDouble(model::energy)
            .toArray();
    // Energies of a trace are sums that were added in another order.
    double slack = 1e-9 * (Math.abs(least) + Math.abs(greatest));
    double below = least - slack;
    double above = greatest + slack;
    int count =
        (int)
            Math.max(
                Arrays.stream(others).filter(energy -> energy < below).count(),
                Arrays.stream(others).filter(energy -> energy > above).count());
    double independent = traced * (traces.points() - traces.half()) / (2 * time);
    return new Strays(
        count, others.length, Math.log(ODDS) / Math.log1p(independent / others.length));
  }

  boolean found() {
    return count > most;
  }
}
