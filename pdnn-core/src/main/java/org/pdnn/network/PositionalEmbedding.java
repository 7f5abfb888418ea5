package org.pdnn.network;

import java.util.Map;

/// Learned constants added to each position, and so to each value.
///
/// @param weight (positions, channels), as PyTorch embeds positions
public record PositionalEmbedding(Tensor weight) implements Scaling {
  public PositionalEmbedding {
    Shapes.require(
        weight.shape().rank() == 2, "a positional embedding weight has 2 dimensions", weight);
  }

  /// An embedding of zeros.
  public static PositionalEmbedding of(int positions, int channels) {
    return new PositionalEmbedding(Tensor.filled(Shape.of(positions, channels), 0));
  }

  public int positions() {
    return weight.shape().dimension(0);
  }

  public int channels() {
    return weight.shape().dimension(1);
  }

  /// What is added to each value, row-major as the values are.
  public float[] terms() {
    float[] terms = new float[weight.size()];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = weight.get(i % positions() * channels() + i / positions());
    }
    return terms;
  }

  @Override
  public Shape output(Shape input) {
    Scaling.positions(input, channels(), "positional embedding");
    if (input.size() != weight.size()) {
      throw new IllegalArgumentException(
          "a positional embedding of %s positions cannot read %s".formatted(positions(), input));
    }
    return input;
  }

  @Override
  public Map<String, Tensor> tensors() {
    return Map.of("weight", weight);
  }

  @Override
  public PositionalEmbedding withTensors(Map<String, Tensor> tensors) {
    return new PositionalEmbedding(Shapes.same(tensors, "weight", weight));
  }
}
