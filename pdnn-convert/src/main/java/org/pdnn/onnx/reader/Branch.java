package org.pdnn.onnx.reader;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.Activation;
import org.pdnn.network.Flatten;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.Softmax;
import org.pdnn.network.Tensor;

/// A value of a graph: the layer that computes it, and what is still pending. Each node that reads
/// it continues with a copy, and does what is pending for itself.
final class Branch {
  private static final Neurons RELU = new Neurons(Neuron.deterministic(Activation.RELU));

  private final GraphLayers all;

  /// The layer that computes the value so far.
  private int last = Place.INPUT;

  /// Whether the last layer is one of weights, or a norm, whose bias has not been read yet.
  private boolean withoutBias;

  /// What the graph has done to the values that the layers have not.
  private Pending pending = Affine.IDENTITY;

  /// How the graph has the values so far.
  private Arrangement arrangement;

  /// What the graph has put around the images, for the next window to pad with.
  private Border border = Border.NONE;

  /// The softmax that is left out if nothing follows.
  private Optional<Node> end = Optional.empty();

  /// The fault if another than an embedding reads what the graph has as whole numbers.
  private Optional<IllegalArgumentException> whole = Optional.empty();

  /// The input.
  ///
  /// @param input how the graph has its values
  Branch(GraphLayers all, Arrangement input) {
    this.all = all;
    this.arrangement = input;
  }

  /// The same value, for one that reads it.
  Branch(Branch read) {
    this.all = read.all;
    this.last = read.last;
    this.withoutBias = read.withoutBias;
    this.pending = read.pending;
    this.arrangement = read.arrangement;
    this.border = read.border;
    this.end = read.end;
    this.whole = read.whole;
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
    return arrangement.shape();
  }

  /// Its shape in the graph.
  Shape seen() {
    return arrangement.seen();
  }

  /// How the graph has it.
  Arrangement arrangement() {
    return arrangement;
  }

  /// The graph has the value in another order from here on.
  void arrange(Arrangement other) {
    arrangement = other;
  }

  /// Brings the value into the graph's order where that is only another shape.
  ///
  /// @return whether the two orders now agree
  boolean settleOrder() {
    if (arrangement.same()) {
      settleShape(seen());
    }
    return arrangement.plain();
  }

  private void settleShape(Shape other) {
    arrangement = Arrangement.of(shape());
    if (!other.equals(shape())) {
      add(other.rank() == 1 ? new Flatten() : new Reshape(other));
    }
  }

  /// Takes back the reshapes before an order of axes: they are part of how the graph has the
  /// values.
  void unshape() {
    while (!arrangement.flat() && last != Place.INPUT && all.get(last) instanceof Rearrangement) {
      last = all.reads(last).getFirst();
      arrangement = arrangement.over(all.shape(last));
    }
    if (shape().rank() == 2 && arrangement.channels() >= 0) {
      Arrangement tokens = arrangement;
      Shape image = Shape.of(shape().dimension(0), shape().dimension(1), 1);
      arrangement = Arrangement.of(shape());
      add(new Reshape(image));
      arrangement = tokens.over(image);
    }
  }

  /// Whether an axis of the graph is the channels of each position.
  boolean vectors() {
    if (!arrangement.plain()) {
      unshape();
    }
    return arrangement.vectors();
  }

  /// Appends a layer.
  ///
  /// @param after how the graph has its output
  void add(Layer layer, Arrangement after) {
    add(layer);
    arrangement = after;
  }

  /// Appends a layer that treats each position by itself.
  ///
  /// @param fresh whether constants that multiply or add next are the layer's own
  void addToVectors(Layer layer, boolean fresh) {
    add(layer, arrangement.withChannels(layer.output(shape())));
    withoutBias = fresh;
  }

  /// Some of the channels alone: neighbouring ones that a layer of weights puts out.
  ///
  /// @param axis of the graph, without the batch, that counts them, or the parts
  /// @param place which of `places` parts
  /// @param stays whether the axis stays, shorter
  /// @return whether the channels are such
  boolean part(int axis, int place, int places, boolean stays) {
    unshape();
    boolean channels =
        stays
            ? axis == arrangement.channels()
            : !arrangement.flat() && arrangement.order().get(axis) == 0;
    Optional<Layer> part =
        channels && pending instanceof Affine
            ? layer().flatMap(own -> PerChannel.part(own, place, places))
            : Optional.empty();
    part.ifPresent(own -> {
      last = all.add(own, all.reads(last));
      Shape output = all.shape(last);
      arrangement = stays ? arrangement.withChannels(output) : arrangement.without(axis, output);
    });
    return part.isPresent();
  }

  void remark(String sentence) {
    all.remark(sentence);
  }

  /// Puts zeros around the images.
  void surround(Border zeros) {
    border = zeros;
  }

  Border border() {
    return border;
  }

  /// What is around the images, for a window that pads with it.
  Border takeBorder() {
    Border taken = border;
    border = Border.NONE;
    return taken;
  }

  /// Whether the value is the input itself.
  boolean isInput() {
    return last == Place.INPUT && pending.equals(Affine.IDENTITY);
  }

  /// Appends a layer.
  ///
  /// @throws IllegalArgumentException if it does not fit what is there
  void add(Layer layer) {
    requireOpen();
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
    Shape output = layer.output(shape());
    if (!output.equals(shape())) {
      arrangement = Arrangement.of(output);
    }
    last = all.add(layer, List.of(last));
  }

  private void requireReal() {
    if (whole.isPresent()) {
      throw whole.get();
    }
  }

  /// A softmax that is not the last is a layer.
  private void requireOpen() {
    requireReal();
    Optional<Node> softmax = end;
    end = Optional.empty();
    if (softmax.isPresent()) {
      if (!softmax.get().operator().equals("Softmax")) {
        throw softmax.get().refused("is not the last; it can be left out only at the end");
      }
      add(new Softmax());
    }
  }

  /// Ends the network here, and says what was left out.
  void end() {
    requireReal();
    end.ifPresent(
        node -> remark("%s is left out: the network's outputs are its logits".formatted(node)));
  }

  /// Joins values, of which this is the first.
  ///
  /// @throws IllegalArgumentException if their shapes, or the orders of their axes, do not agree
  void join(Join join, List<Branch> operands) {
    boolean alike = true;
    for (Branch operand : operands) {
      operand.requireOpen();
      operand.finish();
      if (!operand.arrangement.plain()) {
        operand.unshape();
      }
    }
    for (Branch operand : operands) {
      alike &=
          !operand.arrangement.flat()
              && operand.arrangement.equals(arrangement.withChannels(operand.shape()));
    }
    if (!alike && !operands.stream().allMatch(Branch::settleOrder)) {
      throw new IllegalArgumentException(
          "the values that it joins have their axes in different orders; export the model with"
              + " (channels, height, width) throughout");
    }
    Shape output = join.output(operands.stream().map(Branch::shape).toList());
    join(join, operands, alike ? arrangement.withChannels(output) : Arrangement.of(output));
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

  /// Has the values be tokens (1, length, 1), which an embedding reads.
  ///
  /// @return how many
  int tokens() {
    whole = Optional.empty();
    unshape();
    int length = shape().size();
    if (shape().rank() != 3) {
      settleShape(Shape.of(1, length, 1));
    }
    return length;
  }

  /// The graph takes the values for whole numbers, as tokens are.
  ///
  /// @param fault if another layer reads them
  void makeWhole(IllegalArgumentException fault) {
    whole = Optional.of(fault);
  }

  /// Joins values, of which this is the first.
  ///
  /// @param after how the graph has the outcome
  void join(Join join, List<Branch> operands, Arrangement after) {
    for (Branch operand : operands) {
      operand.requireOpen();
      operand.finish();
    }
    last = all.add(join, operands.stream().map(Branch::last).toList());
    arrangement = after;
  }

  /// Makes what is pending a layer of its own.
  void finish() {
    withoutBias = false;
    settle();
  }

  /// Appends a layer of weights with a bias of zeros, to which a following addition of constants
  /// adds.
  void addWithoutBias(Layer layer) {
    add(layer);
    withoutBias = true;
  }

  /// Scales and shifts all values alike, in the weights of the next layer where these can take it.
  void addPending(Affine affine) {
    withoutBias = false;
    pending = pending.then(affine);
  }

  /// Whether the value is nowhere negative, as far as the layers before it show.
  boolean nonNegative() {
    return pending instanceof Affine affine
        && affine.shift() >= 0
        && ValueRange.isNonNegative(all, last);
  }

  /// Leaves out a rectifier just before, since what follows clips at 0 itself.
  void dropRelu() {
    if (last != Place.INPUT && pending.equals(Affine.IDENTITY) && all.get(last).equals(RELU)) {
      last = all.reads(last).getFirst();
    }
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

  /// Nothing may follow this node.
  void endWith(Node node) {
    end = Optional.of(node);
  }

  /// Gives the values another shape, row-major.
  void reshape(Shape other) {
    boolean whole = other.rank() == 1 || arrangement.ours().equals(shape());
    if (arrangement.same() && whole) {
      settleShape(other);
      return;
    }
    Optional<Arrangement> regrouped =
        arrangement.flat() ? Optional.empty() : arrangement.regrouped(other);
    regrouped.ifPresentOrElse(this::arrange, () -> flatten(other));
  }

  /// Makes a vector of values that the graph has in another order; they keep theirs here.
  private void flatten(Shape other) {
    if (seen().equals(other)) {
      return;
    }
    if (other.rank() != 1) {
      throw new IllegalArgumentException(
          "values whose axes are in another order than (channels, height, width) become a vector or"
              + " stay, not "
              + other);
    }
    Arrangement flattened = arrangement.flattened();
    add(new Flatten());
    arrangement = flattened;
  }

  /// The weight of a dense layer, for the values in the order that they have here.
  Tensor columns(Tensor weight) {
    if (arrangement.plain() || weight.shape().dimension(1) != shape().size()) {
      return weight;
    }
    Tensor columns = arrangement.columns(weight);
    arrangement = Arrangement.of(shape());
    return columns;
  }

  /// The number of channels, for numbers that are about to be made for each of them.
  int channels() {
    return made(shape().dimension(0));
  }

  /// Counts numbers that are about to be made, see [GraphLayers#made].
  int made(int numbers) {
    return all.made(numbers);
  }

  /// Appends y = scale x + shift, each by channel.
  void affine(float[] scale, float[] shift) {
    boolean scales = false;
    boolean shifts = false;
    for (int c = 0; c < scale.length; c++) {
      scales |= scale[c] != 1;
      shifts |= shift[c] != 0;
    }
    if (!scales && !shifts) {
      return;
    }
    Optional<Layer> taken =
        withoutBias ? PerChannel.taken(all.get(last), scale, shift) : Optional.empty();
    if (taken.isPresent()) {
      all.set(last, taken.get());
      withoutBias = !shifts;
    } else {
      add(PerChannel.batchNorm(scale, shift));
    }
  }

  /// Appends y = scale x + shift with the same numbers for all channels.
  void affine(Affine affine) {
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
      case Affine affine -> {
        if (!affine.isIdentity()) {
          affine(affine);
        }
      }
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
