package org.pdnn.onnx.reader;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.Activation;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Shape;

/// The layers that compute a value of a graph, and what the graph does to it that is no layer yet.
final class Chain {
  private static final Neurons RELU = new Neurons(Neuron.deterministic(Activation.RELU));

  private final GraphLayers all;

  /// The layer that computes the value so far.
  private int last = Place.INPUT;

  /// Whether the last layer is one of weights, or a norm, whose bias has not been read yet.
  private boolean withoutBias;

  /// What the graph has done to the values that the layers have not.
  private Pending pending = Affine.IDENTITY;

  /// The input.
  Chain(GraphLayers all) {
    this.all = all;
  }

  /// The same value, for one that reads it.
  Chain(Chain read) {
    this.all = read.all;
    this.last = read.last;
    this.withoutBias = read.withoutBias;
    this.pending = read.pending;
  }

  /// Prepares the value for several readers: what one of them does must not reach the others, and
  /// what is pending for all values alike is done once.
  void share() {
    withoutBias = false;
    if (pending instanceof Affine) {
      settle();
    }
  }

  /// The layer that computes the value.
  int last() {
    return last;
  }

  /// That layer itself; none for the input.
  Optional<Layer> layer() {
    return last == Place.INPUT ? Optional.empty() : Optional.of(all.get(last));
  }

  /// Names the layer that computes the value after its module.
  void name(String module) {
    if (!all.get(last).tensors().isEmpty()) {
      all.name(last, module);
    }
  }

  /// The shape of the value, of one input.
  Shape shape() {
    return all.shape(last);
  }

  void remark(String sentence) {
    all.remark(sentence);
  }

  /// The number of channels, for numbers that are about to be made for each of them.
  int channels() {
    return made(shape().dimension(0));
  }

  /// Counts numbers that are about to be made, see [GraphLayers#made].
  int made(int numbers) {
    return all.made(numbers);
  }

  /// Whether the value is the input itself.
  boolean isInput() {
    return last == Place.INPUT && pending.equals(Affine.IDENTITY);
  }

  /// Whether the value is nowhere negative, as far as the layers before it show.
  boolean nonNegative() {
    return pending instanceof Affine affine
        && affine.shift() >= 0
        && ValueRange.isNonNegative(all, last);
  }

  /// Takes back the last layer.
  void drop() {
    last = all.reads(last).getFirst();
  }

  /// Leaves out a rectifier just before, since what follows clips at 0 itself.
  void dropRelu() {
    if (pending.equals(Affine.IDENTITY) && layer().filter(RELU::equals).isPresent()) {
      drop();
    }
  }

  /// Keeps some neighbouring outputs of the last layer alone.
  ///
  /// @param place which of `places` parts
  /// @return whether it is one of weights that has such parts
  boolean keepPart(int place, int places) {
    Optional<Layer> part =
        pending instanceof Affine
            ? layer().flatMap(own -> PerChannel.part(own, place, places))
            : Optional.empty();
    part.ifPresent(own -> last = all.add(own, all.reads(last)));
    return part.isPresent();
  }

  /// Appends a layer.
  ///
  /// @throws IllegalArgumentException if it does not fit what is there
  void add(Layer layer) {
    withoutBias = false;
    if (pending.commutes(layer)) {
      append(layer);
      return;
    }
    Optional<Layer> folded = pending.into(layer, shape());
    if (folded.isEmpty()) {
      settle();
    }
    pending = Affine.IDENTITY;
    append(folded.orElse(layer));
  }

  private void append(Layer layer) {
    last = all.add(layer, List.of(last));
  }

  /// Appends a layer of weights, or a norm: a following addition of constants adds to its bias.
  void addWithoutBias(Layer layer) {
    add(layer);
    withoutBias = true;
  }

  /// Joins values, of which this is the first.
  void join(Join join, List<Chain> operands) {
    operands.forEach(Chain::finish);
    last = all.add(join, operands.stream().map(Chain::last).toList());
  }

  /// Makes what is pending a layer of its own.
  void finish() {
    withoutBias = false;
    settle();
  }

  /// What is pending for all values alike, if that is a scale, which then is another's to do; else
  /// 1.
  double takeScale() {
    if (pending instanceof Affine(float scale, float shift) && shift == 0) {
      pending = Affine.IDENTITY;
      return scale;
    }
    return 1;
  }

  /// Scales and shifts all values alike, in the weights of the next layer where these can take it.
  void addPending(Affine affine) {
    withoutBias = false;
    pending = pending.then(affine);
  }

  /// Scales and shifts each value by itself, in the weights of the next layer, which must be dense,
  /// a flattening aside.
  void addValueWise(ValueWise next) {
    if (next.nothing()) {
      return;
    }
    withoutBias = false;
    if (pending instanceof ValueWise before) {
      pending = before.then(next);
    } else {
      settle();
      pending = next;
    }
  }

  /// Appends y = scale x + shift, each by channel.
  void affine(float[] scale, float[] shift) {
    ChannelAffine affine = new ChannelAffine(scale, shift);
    if (!affine.scales() && !affine.shifts()) {
      return;
    }
    Optional<Layer> taken = withoutBias ? affine.into(all.get(last)) : Optional.empty();
    if (taken.isPresent()) {
      all.set(last, taken.get());
      withoutBias = !affine.shifts();
    } else {
      add(affine.layer());
    }
  }

  /// Appends y = scale x + shift with the same numbers for all channels.
  void affine(Affine affine) {
    if (affine.isIdentity()) {
      return;
    }
    float[] scales = new float[channels()];
    float[] shifts = new float[scales.length];
    Arrays.fill(scales, affine.scale());
    Arrays.fill(shifts, affine.shift());
    affine(scales, shifts);
  }

  private void settle() {
    Pending now = pending;
    pending = Affine.IDENTITY;
    switch (now) {
      case Affine affine -> affine(affine);
      case ValueWise values -> {
        made(shape().size());
        if (shape().rank() == 3 && values.shifts()) {
          add(PerChannel.positions(values.shift(), shape().dimension(0)));
        } else if (shape().rank() == 1) {
          affine(values.scale(), values.shift());
        } else {
          throw values.refused(shape());
        }
      }
    }
  }
}
