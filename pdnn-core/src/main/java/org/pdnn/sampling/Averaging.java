package org.pdnn.sampling;

import org.pdnn.names.Choice;

/// Where the outputs of the T passes are averaged.
public enum Averaging {
  /// At the end of the model: T whole passes, one mean (paper, section 2).
  END,
  /// After every layer of random neurons: each layer hands on means of T draws. The baseline of
  /// stochastic bit streams; a different and weaker algorithm, because the mean of a non-linear
  /// function is not the function of the mean.
  LAYER;

  /// The name on the command line and in results, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
