package org.pdnn.sums;

import java.lang.foreign.MemorySegment;

/// The weights of a layer, shared by all its summations. Native memory goes when it is no longer
/// reachable.
public interface PackedWeights {

  /// The sums of so many images, from one place to another, both of native memory. What lies
  /// outside an image counts nothing.
  ///
  /// @param images at least 1
  /// @param source codes 0..most, unsigned bytes in the order image, row, column, channel
  /// @param target sums, 32-bit integers in the order image, row, column, output
  /// @throws IllegalArgumentException if a place is too small
  /// @throws UnsupportedOperationException if a library has no fast code for it; the sums of
  ///   [SumsChoice] leave it to plain Java
  Summation summation(int images, MemorySegment source, MemorySegment target);
}
