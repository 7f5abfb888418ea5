package org.pdnn.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;

/// A network in the making: the layers that nodes have become, and what was said about it.
final class Layers {
  /// Variance and epsilon of a batch norm that is nothing but y = weight x + bias: their sum is 1
  /// in 32 and in 64 bits, so that its root is.
  private static final float HALF = 0.5f;

  private final Shape input;
  private final List<Layer> layers = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private Shape shape;

  /// Whether the last layer is one of weights whose bias the file has not told yet.
  private boolean withoutBias;

  /// The node behind which nothing may follow.
  private Optional<Node> end = Optional.empty();

  Layers(Shape input) {
    this.input = input;
    this.shape = input;
  }

  /// The shape of one input's value so far.
  Shape shape() {
    return shape;
  }

  void remark(String sentence) {
    remarks.add(sentence);
  }

  List<String> remarks() {
    return List.copyOf(remarks);
  }

  /// Appends a layer.
  ///
  /// @throws IllegalArgumentException if it does not fit what is there
  void add(Layer layer) {
    if (end.isPresent()) {
      throw end.get().refused("is not the last; only at the end can it be left out");
    }
    shape = layer.output(shape);
    layers.add(layer);
    withoutBias = false;
  }

  /// Appends a layer of weights with a bias of zeros, which the next addition of constants
  /// replaces.
  void addWithoutBias(Layer layer) {
    add(layer);
    withoutBias = true;
  }

  /// Nothing may follow this node.
  void endWith(Node node) {
    end = Optional.of(node);
  }

  /// Gives the values another shape, row-major.
  void reshape(Shape other) {
    if (other.equals(shape)) {
      return;
    }
    add(other.rank() == 1 ? new Flatten() : new Reshape(other));
  }

  /// Appends y = scale x + shift.
  ///
  /// @param scale by channel
  /// @param shift by channel
  void affine(float[] scale, float[] shift) {
    int channels = shape.dimension(0);
    if (shape.rank() != 1 && shape.rank() != 3) {
      throw new IllegalArgumentException(
          "values of shape %s have no channels; vectors and images have".formatted(shape));
    }
    boolean only = true;
    for (float factor : scale) {
      only &= factor == 1;
    }
    if (only && withoutBias) {
      layers.set(
          layers.size() - 1, withBias(layers.getLast(), new Tensor(Shape.of(channels), shift)));
      withoutBias = false;
      return;
    }
    Shape vector = Shape.of(channels);
    Tensor half = Tensor.filled(vector, HALF);
    add(
        new BatchNorm(
            new Tensor(vector, scale),
            new Tensor(vector, shift),
            Tensor.filled(vector, 0),
            half,
            HALF));
  }

  /// Appends y = scale x + shift with the same numbers for all channels.
  void affine(float scale, float shift) {
    float[] scales = new float[shape.dimension(0)];
    float[] shifts = new float[shape.dimension(0)];
    Arrays.fill(scales, scale);
    Arrays.fill(shifts, shift);
    affine(scales, shifts);
  }

  private static Layer withBias(Layer layer, Tensor bias) {
    return switch (layer) {
      case Dense dense -> new Dense(dense.weight(), bias);
      case Convolution convolution ->
          new Convolution(convolution.weight(), bias, convolution.stride(), convolution.padding());
      case TransposedConvolution convolution ->
          new TransposedConvolution(
              convolution.weight(), bias, convolution.stride(), convolution.padding());
      case BatchNorm _, MaxPool _, Flatten _, Reshape _, Neurons _ ->
          throw new IllegalStateException("only layers of weights lack a bias");
    };
  }

  boolean isEmpty() {
    return layers.isEmpty();
  }

  /// @throws IllegalArgumentException if there is no layer
  Network network() {
    return new Network(input, layers);
  }
}
