package org.pdnn.convert;

import java.util.Locale;

/// What becomes of rectifiers, whose outputs have no bound and so are no probability.
public enum ReluPolicy {
  /// A scaled p-bit if that loses no more than is tolerated, else a noisy neuron, else a rectifier.
  AUTO,
  /// A scaled p-bit, c b with P(b = 1) = min(max(I / c, 0), 1): the mean is the rectifier up to c.
  PBIT,
  /// A rectifier with noise on its output (paper, figure 2c).
  NOISY,
  /// A rectifier.
  KEEP;

  /// The name on the command line, lower case.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
