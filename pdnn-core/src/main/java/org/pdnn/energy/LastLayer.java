package org.pdnn.energy;

/// What the last random neurons hand to the layers behind them.
public enum LastLayer {
  /// The bits they draw.
  BITS,
  /// Their expectation f(I) given the bits below: nothing is drawn, and the layer that reads them
  /// multiplies and adds 32-bit numbers.
  EXPECTATION
}
