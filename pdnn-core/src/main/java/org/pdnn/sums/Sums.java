package org.pdnn.sums;

/// A way to compute sums of products of codes, unsigned bytes, and weights, signed bytes, exactly.
///
/// All ways give the same sums: whole numbers have only one.
public interface Sums {

  /// How they are computed, as in `scalar` or `onednn avx512_core_vnni`.
  String name();

  /// The weights of a layer, laid out for this way.
  ///
  /// @param most the greatest code that is read, 1 to 255
  /// @param weights -127..127, in the order output, kernel row, kernel column, channel of its group
  /// @throws IllegalArgumentException if they are not as many as the geometry has, or their sums
  ///   may exceed 32 bits
  PackedWeights pack(Geometry geometry, int most, byte[] weights);
}
