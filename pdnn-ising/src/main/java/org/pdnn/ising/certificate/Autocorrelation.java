package org.pdnn.ising.certificate;

import java.util.List;

/// How long a series of measurements remembers: the integrated autocorrelation time
///
/// tau = 1/2 + rho(1) + rho(2) + ...
///
/// in measurements, summed up to the first W of at least 5 tau (A. D. Sokal's window, Cargese
/// lectures, 1996). N measurements in a row are worth N / (2 tau) independent ones.
public final class Autocorrelation {
  /// The window, in times.
  private static final double WINDOW = 5;

  private Autocorrelation() {}

  /// The time of several series of the same process.
  ///
  /// @param series of equal length
  /// @param from the first measurement that counts
  /// @return at least 1/2; infinite if the window exceeds half of the series
  public static double time(List<double[]> series, int from) {
    int length = series.getFirst().length - from;
    double mean = mean(series, from, from + length);
    double variance = covariance(series, from, 0, mean);
    if (variance == 0) {
      return 0.5;
    }
    double time = 0.5;
    for (int lag = 1; lag <= length / 2; lag++) {
      time += covariance(series, from, lag, mean) / variance;
      if (lag >= WINDOW * time) {
        return Math.max(0.5, time);
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /// The mean of all series in [from, to).
  static double mean(List<double[]> series, int from, int to) {
    double sum = 0;
    for (double[] each : series) {
      for (int t = from; t < to; t++) {
        sum += each[t];
      }
    }
    return sum / ((double) series.size() * (to - from));
  }

  /// The mean product of deviations that lie a lag apart.
  static double covariance(List<double[]> series, int from, int lag, double mean) {
    double sum = 0;
    for (double[] each : series) {
      for (int t = from; t + lag < each.length; t++) {
        sum += (each[t] - mean) * (each[t + lag] - mean);
      }
    }
    return sum / ((double) series.size() * (series.getFirst().length - from - lag));
  }
}
