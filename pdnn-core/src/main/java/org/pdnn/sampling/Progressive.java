package org.pdnn.sampling;

import java.util.Arrays;

/// A run whose samples arrive little by little: the passes of one input up to T = 1, 2, 4, ... and
/// the longest T. Each prefix is what a run with that T would give, and no pass is run twice.
public final class Progressive {
  private final Passes passes;
  private final double[][] rows;
  private int samples;

  /// @param longest the longest T, at least 1
  public Progressive(Passes passes, int longest) {
    this.passes = passes;
    this.rows = new double[longest][];
  }

  /// Whether there are passes left to run.
  public boolean more() {
    return samples < rows.length;
  }

  /// Runs up to the next look, twice as far as the last.
  ///
  /// @return all passes so far, one row each
  public double[][] next() {
    if (!more()) {
      throw new IllegalStateException("all %s passes are done".formatted(rows.length));
    }
    int to = Math.min(Math.max(1, 2 * samples), rows.length);
    System.arraycopy(passes.range(samples, to), 0, rows, samples, to - samples);
    samples = to;
    return Arrays.copyOf(rows, samples);
  }

  /// Runs until the rule says that the passes suffice, or to the longest T.
  ///
  /// @return the passes that were run
  public double[][] until(StopRule rule) {
    double[][] soFar = next();
    while (more() && !rule.settled(soFar)) {
      soFar = next();
    }
    return soFar;
  }
}
