package org.pdnn.integer;

import java.util.function.IntToLongFunction;
import org.pdnn.sums.Geometry;

/// The weights of a layer as signed bytes. Immutable.
public final class WeightCodes {
  private final Geometry geometry;

  /// By output, kernel row, kernel column, channel of the group.
  private final byte[] codes;

  WeightCodes(Geometry geometry, byte[] codes) {
    this.geometry = geometry;
    this.codes = codes;
  }

  /// What is read and written.
  public Geometry geometry() {
    return geometry;
  }

  /// One code.
  ///
  /// @param channel of the output's group
  public int code(int output, int kernelRow, int kernelColumn, int channel) {
    return codes[geometry.weight(output, kernelRow, kernelColumn, channel)];
  }

  /// All of them: by output, kernel row, kernel column, channel of the group.
  public byte[] codes() {
    return codes.clone();
  }

  /// The greatest sum of absolute codes of an output.
  public long span() {
    int each = codes.length / geometry.outputs();
    long most = 0;
    for (int from = 0; from < codes.length; from += each) {
      long span = 0;
      for (int i = from; i < from + each; i++) {
        span += Math.abs(codes[i]);
      }
      most = Math.max(most, span);
    }
    return most;
  }

  /// The sum of an output at a pixel.
  ///
  /// @param read by place: row, column, channel
  public long sum(int row, int column, int output, IntToLongFunction read) {
    return geometry.sum(row, column, output, read, place -> codes[place]);
  }
}
