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
import org.pdnn.network.Network;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// A network in the making: the layers that nodes have become, and what was said about it.
final class Layers {
  /// Variance and epsilon of a batch norm that is nothing but y = weight x + bias: their sum is 1
  /// in 32 and in 64 bits, so that its root is.
  private static final float HALF = 0.5f;

  /// Channels of all batch norms that no weights in the file account for: a few bytes may announce
  /// a vector of any length.
  private static final int MOST_CHANNELS = 1 << 22;

  private final Shape input;
  private final List<Layer> layers = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private Shape shape;

  /// Whether the last layer is one of weights whose bias the file has not told yet.
  private boolean withoutBias;

  private int channelsMade;

  /// What the values so far still lack.
  private Affine pending = Affine.IDENTITY;

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

  boolean isEmpty() {
    return layers.isEmpty();
  }

  /// Appends a layer.
  ///
  /// @throws IllegalArgumentException if it does not fit what is there
  void add(Layer layer) {
    if (end.isPresent()) {
      throw end.get().refused("is not the last; only at the end can it be left out");
    }
    withoutBias = false;
    if (Affine.passes(layer) || pending.equals(Affine.IDENTITY)) {
      append(layer);
      return;
    }
    Optional<Layer> folded = pending.into(layer);
    if (folded.isEmpty()) {
      settle();
    }
    pending = Affine.IDENTITY;
    append(folded.orElse(layer));
  }

  private void append(Layer layer) {
    shape = layer.output(shape);
    layers.add(layer);
  }

  /// Appends a layer of weights with a bias of zeros, to which a following addition of constants
  /// adds.
  void addWithoutBias(Layer layer) {
    add(layer);
    withoutBias = true;
  }

  /// Does something to the values so far; in the weights of the next layer, if it can be there.
  void addPending(Affine affine) {
    pending = affine;
  }

  /// Nothing may follow this node.
  void endWith(Node node) {
    end = Optional.of(node);
  }

  /// Gives the values another shape, row-major.
  void reshape(Shape other) {
    if (!other.equals(shape)) {
      add(other.rank() == 1 ? new Flatten() : new Reshape(other));
    }
  }

  /// The number of channels, for numbers that are about to be made for each of them.
  ///
  /// @throws IllegalArgumentException if that is more than a network has
  int channels() {
    int channels = shape.dimension(0);
    if (channels > MOST_CHANNELS - channelsMade) {
      throw new IllegalArgumentException(
          "constants for %s channels, and %s before, are more than the %s of any network"
              .formatted(channels, channelsMade, MOST_CHANNELS));
    }
    channelsMade += channels;
    return channels;
  }

  /// Appends y = scale x + shift, each by channel.
  void affine(float[] scale, float[] shift) {
    boolean shifts = true;
    for (float factor : scale) {
      shifts &= factor == 1;
    }
    if (shifts && withoutBias && layers.getLast() instanceof Dense(Tensor weight, Tensor bias)) {
      layers.set(layers.size() - 1, new Dense(weight, sum(bias, shift)));
      withoutBias = false;
    } else if (shifts
        && withoutBias
        && layers.getLast()
            instanceof Convolution(Tensor weight, Tensor bias, int stride, int padding)) {
      Layer biased = new Convolution(weight, sum(bias, shift), stride, padding);
      layers.set(layers.size() - 1, biased);
      withoutBias = false;
    } else {
      add(batchNorm(scale, shift));
    }
  }

  private static Tensor sum(Tensor bias, float[] further) {
    float[] values = bias.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += further[i];
    }
    return new Tensor(bias.shape(), values);
  }

  private static BatchNorm batchNorm(float[] scale, float[] shift) {
    Shape channels = Shape.of(scale.length);
    return new BatchNorm(
        new Tensor(channels, scale),
        new Tensor(channels, shift),
        Tensor.filled(channels, 0),
        Tensor.filled(channels, HALF),
        HALF);
  }

  /// Appends y = scale x + shift with the same numbers for all channels.
  void affine(Affine affine) {
    float[] scales = new float[channels()];
    float[] shifts = new float[scales.length];
    Arrays.fill(scales, affine.scale());
    Arrays.fill(shifts, affine.shift());
    affine(scales, shifts);
  }

  /// Appends what the values lack as a layer of its own.
  private void settle() {
    Affine lacking = pending;
    pending = Affine.IDENTITY;
    affine(lacking);
  }

  /// @throws IllegalArgumentException if there is no layer
  Network network() {
    if (!pending.equals(Affine.IDENTITY)) {
      settle();
    }
    return new Network(input, layers);
  }
}
