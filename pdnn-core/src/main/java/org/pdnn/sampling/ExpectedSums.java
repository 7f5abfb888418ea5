package org.pdnn.sampling;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.pdnn.integer.Coding;
import org.pdnn.sums.PackedWeights;
import org.pdnn.sums.Summation;

/// The last sums of codes in units of 2^-15, for one thread. Such codes have two or three bytes,
/// and weights read each by itself.
final class ExpectedSums {
  private final int units;

  /// By byte, the lowest first.
  private final MemorySegment[] bytes;

  private final MemorySegment[] sums;

  /// By byte and number of rows.
  private final @Nullable Summation[][] summations;

  /// @param read what the last weights read
  /// @param units of each row of it
  /// @param outputs of each row
  /// @param rows for which there is memory
  ExpectedSums(IntegerMemory memory, Coding read, int units, int outputs, int rows) {
    this.units = units;
    int width = read.most() == 1 ? Short.BYTES : Short.BYTES + 1;
    this.bytes = new MemorySegment[width];
    this.sums = new MemorySegment[width];
    this.summations = new Summation[width][rows + 1];
    for (int i = 0; i < width; i++) {
      bytes[i] = memory.bytes((long) rows * units);
      sums[i] = memory.bytes((long) rows * outputs * Integer.BYTES);
    }
  }

  void sumUp(Cells codes, int rows, PackedWeights weights) {
    for (int i = 0; i < bytes.length; i++) {
      split(codes.memory, Math.multiplyExact(rows, units), i * Byte.SIZE, bytes[i]);
      Summation summation = summations[i][rows];
      if (summation == null) {
        summation = weights.summation(rows, bytes[i], sums[i]);
        summations[i][rows] = summation;
      }
      summation.run();
    }
  }

  private static void split(MemorySegment codes, int count, int shift, MemorySegment bytes) {
    for (int at = 0; at < count; at++) {
      bytes.set(JAVA_BYTE, at, (byte) (codes.getAtIndex(JAVA_INT, at) >> shift));
    }
  }

  /// A sum, in units of 2^-15.
  long get(long at) {
    long sum = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      sum = (sum << Byte.SIZE) + sums[i].getAtIndex(JAVA_INT, at);
    }
    return sum;
  }
}
