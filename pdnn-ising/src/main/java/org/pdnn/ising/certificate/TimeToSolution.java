package org.pdnn.ising.certificate;

import org.pdnn.evaluation.Estimate;
import org.pdnn.names.Limits;

/// The time after which a solution has been found with 99 % odds, if reads are repeated until then:
/// TTS99 = t ln(1 - 0.99) / ln(1 - p), t the time of a read, readout included, and p the share of
/// reads that find one.
///
/// @param hits the share p with its interval (Wilson's, for other reads)
/// @param seconds the time with the bounds that follow from those of p; infinite without a hit
public record TimeToSolution(
    int reads, int found, Estimate hits, double seconds, double low, double high) {
  /// The fewest hits that a time rests on.
  public static final int FEWEST_HITS = 10;

  private static final double ODDS = 0.99;

  /// From the hits of reads.
  ///
  /// @param secondsPerRead above 0
  public static TimeToSolution of(int reads, int found, double secondsPerRead) {
    Limits.atLeast("reads", 1, reads);
    Limits.between("hits", 0, reads, found);
    Estimate hits = Estimate.ofShare((double) found / reads, reads);
    return new TimeToSolution(
        reads,
        found,
        hits,
        seconds(hits.value(), secondsPerRead),
        seconds(hits.high(), secondsPerRead),
        seconds(hits.low(), secondsPerRead));
  }

  /// A read at least: no time is below that of one.
  private static double seconds(double share, double secondsPerRead) {
    return share >= ODDS ? secondsPerRead : secondsPerRead * Math.log1p(-ODDS) / Math.log1p(-share);
  }
}
