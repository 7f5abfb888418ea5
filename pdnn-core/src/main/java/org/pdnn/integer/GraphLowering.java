package org.pdnn.integer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.pdnn.network.Add;
import org.pdnn.network.Attention;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Concatenate;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Multiply;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Pool;
import org.pdnn.network.Readers;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Scaling;
import org.pdnn.network.Shape;
import org.pdnn.network.Weighted;
import org.pdnn.network.Window;

/// Gives the layers of a network their form in integers, one after the other, and refuses what has
/// none.
final class GraphLowering {
  private final Network network;
  private final List<Shape> shapes;
  private final Readers readers;
  private final Map<Integer, QuantisedWeights> weights;

  /// Where the neurons lie in the network as it was trained: their words are addressed by that.
  private final Iterator<Integer> addresses;

  private final InputGrid grid;
  private final List<IntegerNetwork.Node> nodes = new ArrayList<>();

  /// By node: the greatest absolute pre-activation.
  private final List<Long> bounds = new ArrayList<>();

  /// By layer: the node that gives its values.
  private final int[] nodeOf;

  private GraphLowering(
      Network network,
      Map<Integer, QuantisedWeights> weights,
      List<Integer> addresses,
      InputGrid grid) {
    this.network = network;
    this.shapes = network.shapes();
    this.readers = Readers.of(network);
    this.weights = weights;
    this.addresses = addresses.iterator();
    this.grid = grid;
    this.nodeOf = new int[network.layers().size()];
  }

  /// @param network whose batch norms are folded
  /// @param weights by layer of weights
  /// @param addresses of its neurons, in order
  /// @throws IllegalArgumentException naming the first layer that has no integer form
  static IntegerNetwork of(
      Network network,
      Map<Integer, QuantisedWeights> weights,
      List<Integer> addresses,
      InputGrid grid) {
    return new GraphLowering(network, weights, addresses, grid).lowered();
  }

  private IntegerNetwork lowered() {
    int last = network.layers().size() - 1;
    for (int i = 0; i <= last; i++) {
      try {
        nodeOf[i] = node(i, network.layers().get(i));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "layer %s has no integer form: %s".formatted(network.name(i), e.getMessage()), e);
      }
    }
    if (nodeOf[last] == Place.INPUT) {
      throw new IllegalArgumentException("the network has no layer of weights");
    }
    if (nodes.get(nodeOf[last]).layer() instanceof IntegerLayer.PBits) {
      throw new IllegalArgumentException(
          "layer %s has no integer form: its p-bits are outputs".formatted(network.name(last)));
    }
    return new IntegerNetwork(network.input(), grid, needed(nodeOf[last]), network.output());
  }

  /// The nodes that the last one needs: some have become part of others.
  private List<IntegerNetwork.Node> needed(int last) {
    boolean[] needed = new boolean[last + 1];
    needed[last] = true;
    for (int i = last; i >= 0; i--) {
      for (int from : nodes.get(i).reads()) {
        if (needed[i] && from != Place.INPUT) {
          needed[from] = true;
        }
      }
    }
    List<IntegerNetwork.Node> kept = new ArrayList<>();
    int[] now = new int[last + 1];
    for (int i = 0; i <= last; i++) {
      IntegerNetwork.Node node = nodes.get(i);
      if (needed[i]) {
        now[i] = kept.size();
        List<Integer> reads =
            node.reads().stream().map(from -> from == Place.INPUT ? from : now[from]).toList();
        kept.add(new IntegerNetwork.Node(node.layer(), reads, node.values()));
      }
    }
    return kept;
  }

  private int node(int i, Layer layer) {
    int from = nodeRead(i, 0);
    return switch (layer) {
      case Weighted weighted -> weighted(i, weighted, from);
      case Neurons(Neuron neuron) -> neurons(neuron, from);
      case Pool pool -> pool(i, pool, from);
      case BatchNorm norm -> rescaled(from, norm.scales(), norm.shifts());
      case Rearrangement _ -> rearranged(from, shapes.get(i + 1));
      case Join join -> join(i, join);
      case Scaling _ -> throw refused("it is not a batch norm and computes in floating point");
    };
  }

  /// The node that gives an operand of a layer.
  private int nodeRead(int i, int operand) {
    int read = network.reads(i).get(operand);
    return read == Place.INPUT ? Place.INPUT : nodeOf[read];
  }

  private Values values(int node) {
    return node == Place.INPUT
        ? IntegerNetwork.inputValues(network.input(), grid)
        : nodes.get(node).values();
  }

  private int add(IntegerLayer layer, List<Integer> reads, Values values, long bound) {
    if (bound > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "sums up to %s do not fit 32 bits; run the network in floating point".formatted(bound));
    }
    nodes.add(new IntegerNetwork.Node(layer, reads, values));
    bounds.add(bound);
    return nodes.size() - 1;
  }

  /// A node of codes.
  private int add(IntegerLayer layer, List<Integer> reads, Values values) {
    return add(layer, reads, values, values.coding().orElseThrow().most());
  }

  private int weighted(int i, Weighted layer, int from) {
    Optional<Integer> averaged = averaged(i, layer);
    int read = averaged.orElse(from);
    Values in = values(read);
    Coding coding = in.coding().orElseThrow(() -> refused("it reads what no neuron made"));
    LinearForm form =
        LinearForm.of(layer, in, Objects.requireNonNull(weights.get(i)))
            .orElseThrow(() -> refused("it is an embedding"));
    double[] scales = form.scales(coding.step() / (averaged.isPresent() ? in.pixels() : 1));
    double[][] biases = form.biases(averaged.isPresent() ? in.pixels() : 1, coding.base());
    long most = Math.multiplyExact(form.codes().span(), coding.most());
    if (isOutput(i)) {
      IntegerLayer logits = new IntegerLayer.Logits(form.codes(), new Readout(scales, biases));
      return add(logits, List.of(read), form.output(), most);
    }
    Affine affine = Affine.of(scales, biases, most);
    return add(
        new IntegerLayer.Linear(form.codes(), affine),
        List.of(read),
        form.output(),
        affine.bound(most));
  }

  /// A mean over whole images and weights after it are weights alone, with nothing rounded between:
  /// the node of those images.
  private Optional<Integer> averaged(int i, Weighted layer) {
    int pool = network.reads(i).getFirst();
    while (pool != Place.INPUT && network.layers().get(pool) instanceof Rearrangement) {
      pool = network.reads(pool).getFirst();
    }
    if (pool == Place.INPUT || !LinearForm.ofOnePixel(layer)) {
      return Optional.empty();
    }
    int from = nodeRead(pool, 0);
    Shape in = shapes.get(network.reads(pool).getFirst() + 1);
    boolean whole =
        switch (network.layers().get(pool)) {
          case GlobalAveragePool _ -> true;
          case AveragePool(Window window, boolean _) ->
              !window.padded()
                  && window.rows().kernel() == in.dimension(1)
                  && window.columns().kernel() == in.dimension(2);
          default -> false;
        };
    return whole && values(from).coding().isPresent() ? Optional.of(from) : Optional.empty();
  }

  /// Whether what a layer gives are the network's outputs, perhaps under another shape.
  private boolean isOutput(int i) {
    return network.layers().subList(i + 1, network.layers().size()).stream()
        .allMatch(Rearrangement.class::isInstance);
  }

  private int neurons(Neuron neuron, int from) {
    int address = addresses.next();
    return switch (neuron) {
      case Neuron.PBit pbit -> {
        int lifted = lifted(from);
        IntegerLayer bits =
            new IntegerLayer.PBits(address, Threshold.of(pbit.activation()), Optional.empty());
        yield add(bits, List.of(lifted), values(lifted).coded(Coding.of(pbit)));
      }
      case Neuron.Deterministic one when one.bits() <= WeightFormat.MOST_BITS -> {
        int lifted = lifted(from);
        IntegerLayer levels = new IntegerLayer.Levels(new LevelTable(one));
        yield add(levels, List.of(lifted), values(lifted).coded(Coding.of(one)));
      }
      default -> throw refused("its neurons, " + neuron + ", have more than 256 levels");
    };
  }

  /// The pre-activations that a node's codes stand for; those it has, if it has them.
  private int lifted(int from) {
    Values values = values(from);
    if (values.coding().isEmpty()) {
      return from;
    }
    double[] ones = new double[values.channels()];
    Arrays.fill(ones, 1);
    return rescaled(from, ones, new double[values.channels()]);
  }

  private int rescaled(int from, double[] factors, double[] shifts) {
    Values values = values(from);
    double step = values.coding().map(Coding::step).orElse(Affine.UNIT);
    double base = values.coding().map(Coding::base).orElse(0.0);
    double[] scales = Arrays.stream(factors).map(factor -> factor * step).toArray();
    double[] biases = new double[shifts.length];
    Arrays.setAll(biases, c -> shifts[c] + factors[c] * base);
    long most = from == Place.INPUT ? InputGrid.MOST : bounds.get(from);
    Affine affine = Affine.of(scales, new double[][] {biases}, most);
    return add(
        new IntegerLayer.Rescale(affine),
        List.of(from),
        values.preActivations(),
        affine.bound(most));
  }

  private int pool(int i, Pool pool, int from) {
    Shape in = shapes.get(network.reads(i).getFirst() + 1);
    Values out = Values.of(shapes.get(i + 1), values(from).coding());
    return switch (pool) {
      case MaxPool(Window window) -> greatest(i, window, from, out);
      case AveragePool average -> mean(average, from, out);
      case GlobalAveragePool global -> mean(global.over(in), from, out);
    };
  }

  private int greatest(int i, Window window, int from, Values out) {
    if (from != Place.INPUT
        && nodes.get(from).layer()
            instanceof IntegerLayer.PBits(int address, Threshold curve, Optional<Window> pool)
        && pool.isEmpty()
        && readers.single(network.reads(i).getFirst())
        && window.tiles()) {
      IntegerLayer any = new IntegerLayer.PBits(address, curve, Optional.of(window));
      return add(any, nodes.get(from).reads(), out);
    }
    long bound = from == Place.INPUT ? InputGrid.MOST : bounds.get(from);
    return add(new IntegerLayer.Greatest(window), List.of(from), out, bound);
  }

  private int mean(AveragePool pool, int from, Values out) {
    Window window = pool.window();
    if (window.padded() || window.ceil()) {
      throw refused("its windows reach over the border");
    }
    int area = Math.toIntExact(window.size());
    if (out.coding().isEmpty()) {
      Division division = Division.of(area, 1);
      return add(new IntegerLayer.Mean(window, division), List.of(from), out, bounds.get(from) + 1);
    }
    Coding coding = out.coding().get();
    long codes = (long) coding.most() * area;
    if (codes <= Coding.MOST) {
      return add(
          new IntegerLayer.Mean(window, Division.NONE),
          List.of(from),
          out.coded(coding.meanOf(area)));
    }
    return add(
        new IntegerLayer.Mean(window, Division.of(codes, Coding.MOST)),
        List.of(from),
        out.coded(Coding.squeezed(coding.step() / area, coding.base(), codes)));
  }

  private int rearranged(int from, Shape shape) {
    // A vector may stay an image: layers of weights read it so.
    return shape.rank() == 1 ? from : shaped(from, shape);
  }

  private int arranged(int from, Values after) {
    IntegerLayer layer = new IntegerLayer.Arrangement(Order.of(values(from), after));
    return add(
        layer, List.of(from), after, from == Place.INPUT ? InputGrid.MOST : bounds.get(from));
  }

  private int join(int i, Join join) {
    List<Integer> from = new ArrayList<>();
    for (int operand = 0; operand < network.reads(i).size(); operand++) {
      from.add(shaped(nodeRead(i, operand), shapes.get(network.reads(i).get(operand) + 1)));
    }
    return switch (join) {
      case Add _ -> sum(i, from);
      case Multiply _ -> product(from);
      case Concatenate _ -> concatenation(i, from, Values.of(shapes.get(i + 1), Optional.empty()));
      case Attention _ -> throw refused("it is attention");
    };
  }

  /// A vector may still be an image; operands lie as their shapes say.
  private int shaped(int from, Shape shape) {
    Values after = Values.of(shape, values(from).coding());
    return values(from).sameImage(after) ? from : arranged(from, after);
  }

  /// Codes of one step are added as they are, if the sums are bytes. Others become pre-activations,
  /// which neurons read, or codes of another step, for layers that need bytes.
  private int sum(int i, List<Integer> from) {
    Values first = values(from.getFirst());
    List<Coding> all = from.stream().flatMap(node -> values(node).coding().stream()).toList();
    if (all.size() == from.size()) {
      double base = all.stream().mapToDouble(Coding::base).sum();
      double step = all.getFirst().step();
      int most = all.stream().mapToInt(Coding::most).sum();
      if (most <= Coding.MOST && all.stream().allMatch(one -> one.step() == step)) {
        return add(new IntegerLayer.Sum(), from, first.coded(new Coding(step, base, most)));
      }
      if (!readers.of(i).stream().allMatch(this::readsPreActivations)) {
        double range = all.stream().mapToDouble(one -> one.step() * one.most()).sum();
        return mixture(from, new Coding(range / Coding.MOST, base, Coding.MOST));
      }
    }
    List<Integer> lifted = from.stream().map(this::lifted).toList();
    long bound = lifted.stream().mapToLong(bounds::get).sum();
    return add(new IntegerLayer.Sum(), lifted, first.preActivations(), bound);
  }

  private boolean readsPreActivations(int reader) {
    return network.layers().get(reader) instanceof Neurons
        || network.layers().get(reader) instanceof BatchNorm;
  }

  /// The sum of codes in another coding.
  private int mixture(List<Integer> from, Coding coding) {
    List<Integer> multipliers =
        from.stream()
            .map(node -> values(node).coding().orElseThrow().step() / coding.step())
            .map(ratio -> (int) Math.floor(ratio * Division.ONE))
            .toList();
    return add(new IntegerLayer.Mixture(multipliers), from, values(from.getFirst()).coded(coding));
  }

  private int product(List<Integer> from) {
    long codes = 1;
    double step = 1;
    for (int node : from) {
      Coding coding =
          values(node).coding().orElseThrow(() -> refused("it multiplies what no neuron made"));
      if (coding.base() != 0) {
        throw refused("it multiplies values below 0");
      }
      codes *= coding.most();
      step *= coding.step();
      if (codes > 1 << 16) {
        throw refused("it multiplies more than two bytes");
      }
    }
    boolean fits = codes <= Coding.MOST;
    Coding coding = fits ? new Coding(step, 0, (int) codes) : Coding.squeezed(step, 0, codes);
    Division division = fits ? Division.NONE : Division.of(codes, Coding.MOST);
    return add(new IntegerLayer.Gate(division), from, values(from.getFirst()).coded(coding));
  }

  /// Codes of one coding lie side by side as they are; others are brought to the coarsest of their
  /// steps, or become pre-activations for neurons.
  private int concatenation(int i, List<Integer> from, Values joined) {
    List<Coding> all = from.stream().flatMap(node -> values(node).coding().stream()).toList();
    boolean coded = all.size() == from.size();
    if (coded && all.stream().distinct().count() == 1) {
      return add(new IntegerLayer.Concatenation(), from, joined.coded(all.getFirst()));
    }
    if (coded && !readers.of(i).stream().allMatch(this::readsPreActivations)) {
      double base = all.getFirst().base();
      if (all.stream().anyMatch(one -> one.base() != base)) {
        throw refused("its operands begin at different values");
      }
      double range = all.stream().mapToDouble(one -> one.step() * one.most()).max().orElseThrow();
      Coding coarsest = new Coding(range / Coding.MOST, base, Coding.MOST);
      List<Integer> alike = from.stream().map(node -> mixture(List.of(node), coarsest)).toList();
      return add(new IntegerLayer.Concatenation(), alike, joined.coded(coarsest));
    }
    List<Integer> lifted = from.stream().map(this::lifted).toList();
    long bound = lifted.stream().mapToLong(bounds::get).max().orElseThrow();
    return add(new IntegerLayer.Concatenation(), lifted, joined, bound);
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(why);
  }
}
