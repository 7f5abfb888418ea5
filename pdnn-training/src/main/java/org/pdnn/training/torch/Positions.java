package org.pdnn.training.torch;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Attention;

/// Layers that treat the channels of each position of a batch (inputs, channels, ...) as one
/// vector.
final class Positions {
  private Positions() {}

  /// The rows of tokens (inputs, 1, length, 1).
  static Tensor embedding(Tensor x, Tensor weight) {
    return torch.embedding(weight, x.to(ScalarType.Long)).squeeze(1).movedim(-1, 1);
  }

  static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double epsilon) {
    long[] channels = {x.size(1)};
    return torch
        .layer_norm(
            x.movedim(1, -1),
            channels,
            new TensorOptional(weight),
            new TensorOptional(bias),
            epsilon,
            false)
        .movedim(-1, 1);
  }

  static Tensor rmsNorm(Tensor x, Tensor weight, double epsilon) {
    Tensor vectors = x.movedim(1, -1);
    Tensor square = vectors.square().mean(new long[] {-1}, true, new ScalarTypeOptional());
    return vectors.mul(square.add(new Scalar(epsilon)).rsqrt()).mul(weight).movedim(-1, 1);
  }

  /// @param weight (positions, channels)
  static Tensor shifted(Tensor x, Tensor weight) {
    long[] dimensions = x.sizes().vec().get();
    dimensions[0] = 1;
    return x.add(weight.t().reshape(dimensions));
  }

  /// @param read queries, keys and values
  static Tensor attended(Attention layer, List<Tensor> read) {
    Tensor queries = read.getFirst();
    Tensor q = heads(queries, layer.heads());
    Tensor k = heads(read.get(1), layer.heads());
    Tensor v = heads(read.getLast(), layer.heads());
    Scalar scale = new Scalar(layer.scale((int) queries.size(1)));
    Tensor scores = q.transpose(2, 3).matmul(k).mul(scale);
    if (layer.causal()) {
      Tensor later = torch.ones_like(scores).triu(1).to(ScalarType.Bool);
      scores = scores.masked_fill(later, new Scalar(Float.NEGATIVE_INFINITY));
    }
    Tensor y = v.matmul(scores.softmax(-1).transpose(2, 3));
    return y.reshape(queries.size(0), -1, queries.size(2), queries.size(3));
  }

  /// (inputs, heads, channels of each, positions).
  private static Tensor heads(Tensor x, int heads) {
    return x.reshape(x.size(0), heads, x.size(1) / heads, -1);
  }
}
