package org.pdnn.network;

/// A layer that keeps the shape and scales and shifts its values: by constants, or by what the
/// channels of each position hold.
///
/// The positions of an image (channels, height, width) are its pixels, those of a sequence
/// (channels, length, 1) its tokens, row-major; a vector is one position.
public sealed interface Scaling extends Layer
    permits BatchNorm, LayerNorm, RmsNorm, Softmax, PositionalEmbedding {

  /// Checks what a norm adds under its root.
  static void requireEpsilon(double epsilon) {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new IllegalArgumentException(
          "epsilon must be above 0 and below 1, as 1e-5 is, got " + epsilon);
    }
  }

  /// The input, which must have as many channels.
  ///
  /// @param what reads it, as in `batch norm`
  static Shape positions(Shape input, int channels, String what) {
    if (input.dimension(0) != channels || (input.rank() != 1 && input.rank() != 3)) {
      throw new IllegalArgumentException(
          "a %s of %s channels cannot read %s".formatted(what, channels, input));
    }
    return input;
  }
}
