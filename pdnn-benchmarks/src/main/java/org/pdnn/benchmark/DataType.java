package org.pdnn.benchmark;

import org.pdnn.names.Choice;

/// The numbers that an engine multiplies.
public enum DataType {
  /// 32-bit real numbers, or wider ones.
  FP32,
  /// bfloat16, 32-bit numbers of 8 significant bits.
  BF16,
  /// Integers of eight bits or fewer.
  INT8;

  /// The name in results, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
