package org.pdnn.training;

import org.pdnn.names.Choice;

/// What products of a training step are computed in. Weights, sums of the optimiser, normalisation
/// and the draws of p-bits are in 32 bits always.
public enum Arithmetic {
  /// 32 bits, as in the paper.
  FLOAT32,
  /// Operands of convolutions and matrices rounded to bfloat16: faster where the processor knows
  /// them. Bits lose nothing by it; weights and inputs keep 8 significant bits.
  BFLOAT16;

  /// The arithmetic of a name on the command line.
  public static Arithmetic parse(String name) {
    return Choice.parse(Arithmetic.class, "arithmetic", name);
  }

  /// The name on the command line, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
