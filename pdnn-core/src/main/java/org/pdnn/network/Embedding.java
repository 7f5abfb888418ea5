package org.pdnn.network;

import java.util.Map;

/// A vector for each token: what a dense layer makes of the token's number as one bit among zeros.
///
/// @param weight (vocabulary, channels)
public record Embedding(Tensor weight) implements Weighted {
  public Embedding {
    Shapes.require(weight.shape().rank() == 2, "an embedding weight has 2 dimensions", weight);
  }

  /// An embedding of zeros.
  public static Embedding of(int vocabulary, int channels) {
    return new Embedding(Tensor.filled(Shape.of(vocabulary, channels), 0));
  }

  public int vocabulary() {
    return weight.shape().dimension(0);
  }

  public int channels() {
    return weight.shape().dimension(1);
  }

  /// The row of a token's number.
  ///
  /// @throws IllegalArgumentException if it is none of the vocabulary
  public int row(double token) {
    int row = (int) token;
    if (row != token || row < 0 || row >= vocabulary()) {
      throw new IllegalArgumentException(
          "tokens must be whole numbers from 0 to %s, got %s".formatted(vocabulary() - 1, token));
    }
    return row;
  }

  /// A sequence (1, tokens, 1) becomes (channels, tokens, 1).
  @Override
  public Shape output(Shape input) {
    if (input.rank() != 3 || input.dimension(0) != 1) {
      throw new IllegalArgumentException(
          "an embedding reads tokens (1, length, 1), not %s".formatted(input));
    }
    return Shape.of(channels(), input.dimension(1), input.dimension(2));
  }

  @Override
  public Map<String, Tensor> tensors() {
    return Map.of("weight", weight);
  }

  @Override
  public Embedding withTensors(Map<String, Tensor> tensors) {
    return new Embedding(Shapes.same(tensors, "weight", weight));
  }
}
