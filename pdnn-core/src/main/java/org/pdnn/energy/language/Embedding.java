package org.pdnn.energy.language;

/// The table that a token begins with.
///
/// @param vocabulary tokens there are
/// @param size values of a row; a matrix brings it to the model's width if that is another, and one
///   more back
/// @param positions rows of a second table, one a position, as in GPT-2; 0 where there is none
public record Embedding(int vocabulary, int size, int positions) {
  /// Weights of the table of tokens, and of the layer of outputs.
  long table() {
    return (long) vocabulary * size;
  }

  /// Weights of one matrix that changes the size.
  long projection(long width) {
    return size == width ? 0 : size * width;
  }

  long parameters(long width) {
    return table() + 2 * projection(width) + positions * width;
  }
}
