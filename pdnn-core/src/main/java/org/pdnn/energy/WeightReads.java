package org.pdnn.energy;

/// How often a weight is read for an input.
public enum WeightReads {
  /// Once each, however often a convolution uses it: n_weights of equation 4.
  PARAMETER("each weight is read once for all samples of an input"),
  /// Once for each synapse, n N of equation 3: no reuse.
  SYNAPSE("a weight is read once for each synapse that uses it, for all samples of an input");

  private final String assumption;

  WeightReads(String assumption) {
    this.assumption = assumption;
  }

  /// What is taken for granted, one sentence.
  String assumption() {
    return assumption;
  }
}
