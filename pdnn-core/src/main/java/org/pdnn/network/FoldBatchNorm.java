package org.pdnn.network;

import java.util.ArrayList;
import java.util.List;

/// Folds each batch norm into the dense or convolutional layer before it: W' = scale W and b' =
/// scale b + shift. One layer fewer, the same function up to rounding.
public final class FoldBatchNorm {
  private FoldBatchNorm() {}

  /// The network without the batch norms that follow a layer of weights; others stay.
  public static Network apply(Network network) {
    List<Layer> folded = new ArrayList<>();
    for (Layer layer : network.layers()) {
      if (layer instanceof BatchNorm norm && !folded.isEmpty()) {
        Layer before = folded.removeLast();
        folded.addAll(
            switch (before) {
              case Dense(Tensor weight, Tensor bias) ->
                  List.of(new Dense(scaleWeight(weight, 0, norm), scaleBias(bias, norm)));
              case Convolution(Tensor weight, Tensor bias, int stride, int padding) ->
                  List.of(
                      new Convolution(
                          scaleWeight(weight, 0, norm), scaleBias(bias, norm), stride, padding));
              case TransposedConvolution(Tensor weight, Tensor bias, int stride, int padding) ->
                  List.of(
                      new TransposedConvolution(
                          scaleWeight(weight, 1, norm), scaleBias(bias, norm), stride, padding));
              case BatchNorm other -> List.of(other, norm);
              case MaxPool other -> List.of(other, norm);
              case AveragePool other -> List.of(other, norm);
              case Flatten other -> List.of(other, norm);
              case Reshape other -> List.of(other, norm);
              case Neurons other -> List.of(other, norm);
            });
      } else {
        folded.add(layer);
      }
    }
    return new Network(network.input(), folded);
  }

  /// Multiplies every weight by the scale of its output channel.
  private static Tensor scaleWeight(Tensor weight, int channelDimension, BatchNorm norm) {
    float[] values = weight.toArray();
    int channels = weight.shape().dimension(channelDimension);
    int inner = 1;
    for (int d = channelDimension + 1; d < weight.shape().rank(); d++) {
      inner *= weight.shape().dimension(d);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * norm.scale(i / inner % channels));
    }
    return new Tensor(weight.shape(), values);
  }

  private static Tensor scaleBias(Tensor bias, BatchNorm norm) {
    float[] values = bias.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * norm.scale(i) + norm.shift(i));
    }
    return new Tensor(bias.shape(), values);
  }
}
