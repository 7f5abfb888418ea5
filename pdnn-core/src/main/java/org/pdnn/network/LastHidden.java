package org.pdnn.network;

import org.pdnn.names.Choice;

/// What the last hidden layer of random neurons hands on.
public enum LastHidden {
  /// Its bits, as every other layer.
  BITS,
  /// Their expectation given the bits below (Rao-Blackwell): each pass keeps its mean and loses
  /// that layer's variance, for one layer of multiplications by real numbers.
  EXPECTATION;

  /// The name on the command line and in results, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
