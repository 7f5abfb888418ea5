package org.pdnn.onnx.reader;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.pdnn.network.Activation;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Pool;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Scaling;
import org.pdnn.network.Softmax;
import org.pdnn.network.Weighted;

/// What the layers of a graph show of the sign of their values.
final class ValueRange {
  private static final Set<Activation> NON_NEGATIVE =
      EnumSet.of(Activation.RELU, Activation.SIGMOID, Activation.CLIP);

  private ValueRange() {}

  /// Whether a layer's output is nowhere negative, as far as the layers before it show.
  static boolean isNonNegative(GraphLayers layers, int layer) {
    int source = layer;
    while (source != Place.INPUT && keepsSign(layers.get(source))) {
      source = layers.reads(source).getFirst();
    }
    return source != Place.INPUT
        && layers.get(source) instanceof Neurons(Neuron neuron)
        && NON_NEGATIVE.contains(neuron.activation());
  }

  /// Whether a layer makes nothing negative of what is not.
  private static boolean keepsSign(Layer layer) {
    return switch (layer) {
      case Pool _, Rearrangement _ -> true;
      case BatchNorm norm ->
          IntStream.range(0, norm.channels())
              .allMatch(c -> norm.scale(c) >= 0 && norm.shift(c) >= 0);
      case Softmax _ -> true;
      case Weighted _, Scaling _, Neurons _, Join _ -> false;
    };
  }
}
