package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.Convolution;
import org.pdnn.network.Flatten;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.Softmax;
import org.pdnn.network.Tensor;
import org.pdnn.network.Window;

/// A value of a graph: the layers that compute it, and how the graph has what they give. Each node
/// that reads it continues with a copy, and does what is pending for itself.
final class Branch {
  private final Chain layers;

  /// How the graph has the values, as long as they keep their shape here.
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
    this.layers = new Chain(all);
    this.arrangement = input;
  }

  /// The same value, for one that reads it.
  Branch(Branch read) {
    this.layers = new Chain(read.layers);
    this.arrangement = read.arrangement;
    this.border = read.border;
    this.end = read.end;
    this.whole = read.whole;
  }

  /// The layers that compute the value, and take what follows.
  Chain layers() {
    return layers;
  }

  /// The shape of the value, of one input.
  Shape shape() {
    return layers.shape();
  }

  /// Its shape in the graph.
  Shape seen() {
    return arrangement().seen();
  }

  /// All extents that it has in the graph where one input is run.
  List<Integer> extents() {
    List<Integer> extents = new ArrayList<>(seen().dimensions());
    if (arrangement().batchFirst()) {
      extents.addFirst(1);
    }
    return extents;
  }

  /// How the graph has it.
  Arrangement arrangement() {
    if (!arrangement.shape().equals(shape())) {
      arrangement = Arrangement.of(shape());
    }
    return arrangement;
  }

  /// How the graph has it, by axes if they are in another order.
  Arrangement axes() {
    if (!arrangement().plain()) {
      unshape();
    }
    return arrangement();
  }

  /// The graph has the value in another order from here on.
  void arrange(Arrangement other) {
    arrangement = other;
  }

  /// Brings the value into the graph's order where that is only another shape.
  ///
  /// @return whether the two orders now agree
  boolean settleOrder() {
    if (arrangement().same()) {
      settleShape(seen());
    }
    return arrangement().plain();
  }

  private void settleShape(Shape other) {
    arrange(Arrangement.of(shape()));
    if (!other.equals(shape())) {
      open();
      layers.add(other.rank() == 1 ? new Flatten() : new Reshape(other));
    }
  }

  /// Takes back the reshapes before an order of axes: they are part of how the graph has the
  /// values.
  void unshape() {
    while (!arrangement().flat()
        && layers.layer().filter(Rearrangement.class::isInstance).isPresent()) {
      Arrangement after = arrangement();
      layers.drop();
      arrange(after.over(shape()));
    }
    if (shape().rank() == 2 && arrangement().channels() >= 0) {
      Arrangement tokens = arrangement();
      layers.add(new Reshape(Shape.of(shape().dimension(0), shape().dimension(1), 1)));
      arrange(tokens.over(shape()));
    }
  }

  /// Gives the values another shape, row-major.
  void reshape(Shape other) {
    Arrangement before = arrangement();
    boolean whole = other.rank() == 1 || before.ours().equals(shape());
    if (before.same() && whole) {
      settleShape(other);
      return;
    }
    Optional<Arrangement> regrouped = before.flat() ? Optional.empty() : before.regrouped(other);
    regrouped.ifPresentOrElse(this::arrange, () -> flatten(other));
  }

  /// Gives the values another shape of all axes, the batch among them.
  ///
  /// @return whether the graph has axes of ours then
  boolean regroup(List<Integer> all) {
    Optional<Arrangement> regrouped =
        arrangement().flat() ? Optional.empty() : arrangement().regroupedOfOne(all);
    regrouped.ifPresent(this::arrange);
    return regrouped.isPresent();
  }

  /// Gives the values another shape of all axes, of which the batch is the first or anywhere.
  void become(List<Integer> all) {
    if (arrangement().batchFirst()) {
      reshape(new Shape(all.subList(1, all.size())));
    } else if (!regroup(all)) {
      throw new IllegalArgumentException(
          "values of %s cannot become %s here".formatted(extents(), all));
    }
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
    open();
    add(new Flatten(), arrangement().flattened());
  }

  /// Appends a layer.
  ///
  /// @param after how the graph has its output
  void add(Layer layer, Arrangement after) {
    layers.add(layer);
    arrange(after);
  }

  /// Whether an axis of the graph is the channels of each position.
  boolean vectors() {
    return axes().vectors();
  }

  /// Appends a layer that treats each position by itself.
  ///
  /// @param fresh whether constants that multiply or add next are the layer's own
  void addToVectors(Layer layer, boolean fresh) {
    Arrangement after = arrangement().withChannels(layer.output(shape()));
    if (fresh) {
      layers.addWithoutBias(layer);
    } else {
      layers.add(layer);
    }
    arrange(after);
  }

  /// Appends a norm of all values together, as of one vector; the graph has them as before.
  ///
  /// @param fresh whether constants that multiply or add next are the layer's own
  void addToAll(Layer norm, boolean fresh) {
    Arrangement before = arrangement();
    reshape(Shape.of(shape().size()));
    if (fresh) {
      layers.addWithoutBias(norm);
    } else {
      layers.add(norm);
    }
    arrange(before.over(shape()));
  }

  /// Whether an axis of the graph counts the positions of all channels, which are the other axis.
  boolean countsPositions(int axis) {
    return vectors()
        && arrangement.batchFirst()
        && shape().rank() == 3
        && seen().rank() == 2
        && axis == 1 - arrangement.channels();
  }

  /// Keeps the first of the positions alone.
  void keepFirst() {
    Arrangement before = arrangement();
    layers.add(new MaxPool(Window.of(1, 1).stride(shape().dimension(1), shape().dimension(2))));
    arrange(before.averaged(shape()));
  }

  /// Puts constant vectors before and after the positions.
  ///
  /// @param terms constants for each position, row-major; 0 for those that are there
  /// @param before how many positions come first
  /// @param after how many come last
  void addPositions(Tensor terms, int before, int after) {
    int channels = shape().dimension(0);
    Arrangement tokens = arrangement();
    int length = shape().size() / channels;
    layers.add(new Reshape(Shape.of(channels, length, 1)));
    layers.add(
        new Convolution(
            Tensor.filled(Shape.of(channels, 1, 1, 1), 1),
            Tensor.filled(Shape.of(channels), 0),
            Window.of(1, 1).padding(before, 0, after, 0),
            channels));
    layers.add(new PositionalEmbedding(terms));
    arrange(Arrangement.of(shape(), Shape.of(channels, before + length + after), tokens.order()));
  }

  /// Joins values, of which this is the first.
  ///
  /// @param after how the graph has the outcome
  void join(Join join, List<Branch> operands, Arrangement after) {
    layers.join(join, operands.stream().map(Branch::layers).toList());
    arrange(after);
  }

  /// Has the values be tokens (1, length, 1), which an embedding reads.
  ///
  /// @return how many
  int tokens() {
    whole = Optional.empty();
    open();
    unshape();
    int length = shape().size();
    if (shape().rank() != 3) {
      settleShape(Shape.of(1, length, 1));
    }
    return length;
  }

  /// Nothing may follow this softmax but what changes no number.
  void endWith(Node node) {
    layers.finish();
    end = Optional.of(node);
  }

  /// The graph takes the values for whole numbers, as tokens are.
  ///
  /// @param fault if another layer than an embedding reads them
  void makeWhole(IllegalArgumentException fault) {
    whole = Optional.of(fault);
  }

  /// Makes the values those that the graph computes with: a softmax that is not the last is a
  /// layer.
  void open() {
    requireReal();
    Optional<Node> softmax = end;
    end = Optional.empty();
    if (softmax.isPresent()) {
      if (!softmax.get().operator().equals("Softmax")) {
        throw softmax.get().refused("is not the last; it can be left out only at the end");
      }
      layers.add(new Softmax());
    }
  }

  /// Ends the network here, and says what was left out.
  void end() {
    requireReal();
    end.ifPresent(node ->
        layers.remark("%s is left out: the network's outputs are its logits".formatted(node)));
  }

  private void requireReal() {
    if (whole.isPresent()) {
      throw whole.get();
    }
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
}
