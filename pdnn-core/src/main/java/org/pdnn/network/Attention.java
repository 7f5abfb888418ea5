package org.pdnn.network;

import java.util.List;
import org.pdnn.names.Limits;

/// Scaled dot-product attention (A. Vaswani et al., "Attention is all you need", NIPS 2017) of
/// queries, keys and values, read in this order: softmax(q kᵀ / sqrt(channels of a head)) v for
/// each head, a head being neighbouring channels. What projects tokens before and after it are
/// convolutions of one pixel.
///
/// Positions are the pixels of (channels, height, width), row-major.
///
/// @param heads a divisor of the channels
/// @param causal whether a position reads only itself and those before it
public record Attention(int heads, boolean causal) implements Join {
  public Attention {
    Limits.atLeast("heads", 1, heads);
  }

  /// @param inputs queries and keys of as many channels, keys and values of as many positions;
  ///   where it is causal, queries too
  @Override
  public Shape output(List<Shape> inputs) {
    if (inputs.size() != 3) {
      throw new IllegalArgumentException(
          "attention reads queries, keys and values, got %s places".formatted(inputs.size()));
    }
    inputs.forEach(input -> Shapes.requireImage(input, "attention"));
    Shape queries = inputs.getFirst();
    Shape keys = inputs.get(1);
    Shape values = inputs.getLast();
    if (queries.dimension(0) != keys.dimension(0)
        || positions(keys) != positions(values)
        || (causal && positions(queries) != positions(keys))) {
      throw new IllegalArgumentException(
          "queries %s, keys %s and values %s do not fit each other"
              .formatted(queries, keys, values));
    }
    for (Shape input : List.of(queries, values)) {
      if (input.dimension(0) % heads != 0) {
        throw new IllegalArgumentException(
            "%s channels are not divisible into %s heads; choose heads that divide them"
                .formatted(input.dimension(0), heads));
      }
    }
    long scores = (long) heads * positions(queries) * positions(keys);
    if (scores > Shape.LARGEST) {
      throw new IllegalArgumentException(
          "%s scores of attention are more than %s".formatted(scores, Shape.LARGEST));
    }
    return Shape.of(values.dimension(0), queries.dimension(1), queries.dimension(2));
  }

  /// What scores are multiplied by.
  ///
  /// @param channels of the queries
  public double scale(int channels) {
    return 1 / Math.sqrt((double) channels / heads);
  }

  /// Pairs of a position and another that it reads.
  ///
  /// @param inputs shapes of queries, keys and values
  public long pairs(List<Shape> inputs) {
    long own = positions(inputs.getFirst());
    return causal ? own * (own + 1) / 2 : own * positions(inputs.get(1));
  }

  /// Positions of a sequence or image.
  public static int positions(Shape shape) {
    return shape.size() / shape.dimension(0);
  }
}
