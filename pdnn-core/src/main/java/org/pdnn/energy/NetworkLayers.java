package org.pdnn.energy;

import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pdnn.network.Add;
import org.pdnn.network.Attention;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Concatenate;
import org.pdnn.network.Embedding;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Multiply;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Pool;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.Readers;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Scaling;
import org.pdnn.network.Shape;
import org.pdnn.network.Softmax;
import org.pdnn.network.Weighted;
import org.pdnn.network.Window;

/// Equation 4 along the layers of one network, from the input on.
final class NetworkLayers {
  private final Network network;
  private final Convention convention;
  private final List<LayerCounts> layers;
  private final List<Shape> shapes;
  private final Readers readers;
  private final UnitWork edge;
  private final UnitWork inner;
  private final Neuron hidden;

  /// Places of weights.
  private final IntSummaryStatistics weighted;

  private UnitWork unit;
  private final boolean[] drawn;

  /// Bits of one value of the input and of what each layer gives.
  private final int[] bits;

  private int weightLayers;

  /// @param weightLayers layers of weights that come before this network
  NetworkLayers(Network network, Convention convention, int weightLayers) {
    this.network = network.handing(convention.last());
    this.convention = convention;
    this.layers = Counts.of(this.network).layers();
    this.shapes = network.shapes();
    this.readers = Readers.of(network);
    this.weighted =
        layers.stream().filter(this::weighted).mapToInt(LayerCounts::index).summaryStatistics();
    this.inner = new UnitWork(convention);
    this.edge = new UnitWork(convention.withWidths(convention.widths().atEdge()));
    this.unit = inner;
    this.hidden = hidden(network);
    this.drawn = this.network.drawn();
    this.bits = new int[layers.size() + 1];
    bits[0] = convention.widths().input().orElse(alike() ? hidden.bits() : UnitWork.REAL);
    this.weightLayers = weightLayers;
  }

  /// Adds the work of each layer and returns the layers of weights up to the end of this network.
  int addTo(List<LayerWork> work) {
    for (LayerCounts counts : layers) {
      unit = atEdge(counts) ? edge : inner;
      work.add(layer(counts, work.size()));
    }
    return weightLayers;
  }

  private boolean weighted(LayerCounts counts) {
    return network.layers().get(counts.index()) instanceof Weighted;
  }

  /// Whether these are the first or the last weights.
  private boolean atEdge(LayerCounts counts) {
    return counts.index() == weighted.getMin() || counts.index() == weighted.getMax();
  }

  private boolean alike() {
    return convention.layers() == ChargedLayers.LIKE_HIDDEN;
  }

  private LayerWork layer(LayerCounts counts, int index) {
    Work once = unit.weights(1).times(weightReads(counts));
    Work perSample = Work.NONE;
    Work words = Work.NONE;
    List<Integer> reads = network.reads(counts.index());
    boolean draws = drawn[counts.index()];
    boolean first = draws && reads.stream().noneMatch(from -> from != Place.INPUT && drawn[from]);
    Map<Neuron, Long> neurons = alike() ? Map.of(hidden, counts.neuronCount()) : counts.neurons();
    bits[counts.index() + 1] = bitsAfter(network.layers().get(counts.index()), counts);
    if (!network.random() || (!alike() && !draws)) {
      once = once.plus(moved(counts)).plus(sum(neurons, this::neuron));
    } else if (!alike() && first) {
      once = once.plus(sum(neurons, _ -> mean()));
      perSample = sum(neurons, this::drawn);
      words = sum(neurons, unit::word);
    } else {
      perSample = moved(counts).plus(sum(neurons, this::neuron));
      words = sum(neurons, unit::word);
    }
    if (weighted(counts)) {
      weightLayers++;
    }
    LayerSize size = new LayerSize(counts.macs(), counts.weights(), counts.neuronCount());
    String name =
        network.places().get(counts.index()).name().map(own -> own + ": ").orElse("")
            + counts.name();
    return LayerWork.of(index, name, size, once, perSample, words, convention.scheme());
  }

  /// Of an embedding the rows of the tokens alone are read.
  private long weightReads(LayerCounts counts) {
    if (network.layers().get(counts.index()) instanceof Embedding) {
      return shapes.get(counts.index() + 1).size();
    }
    return switch (convention.reads()) {
      case PARAMETER -> counts.weights();
      case SYNAPSE -> weighted(counts) ? counts.macs() : counts.weights();
    };
  }

  /// What synapses do, joins and norms, and the write of pre-activations that a join reads.
  private Work moved(LayerCounts counts) {
    Work written = unit.activation(bits[counts.index() + 1]).times(counts.joined());
    return written.plus(done(counts));
  }

  private Work done(LayerCounts counts) {
    return switch (network.layers().get(counts.index())) {
      case Weighted _ -> synapses(counts);
      case Attention attention -> attended(attention, counts);
      case Join join -> joined(join, counts.index());
      case Scaling scaling -> scaled(scaling, shapes.get(counts.index() + 1).size());
      case Pool _, Rearrangement _, Neurons _ -> Work.NONE;
    };
  }

  /// Norms and softmax cost what their definitions name (ours); a batch norm is folded.
  private Work scaled(Scaling layer, double values) {
    return switch (layer) {
      case BatchNorm _ -> Work.NONE;
      case LayerNorm _ -> NeuronType.LAYER_NORM.work(unit, values);
      case RmsNorm _ -> NeuronType.RMS_NORM.work(unit, values);
      case Softmax _ -> NeuronType.SOFTMAX.work(unit, values);
      case PositionalEmbedding _ -> NeuronType.RESIDUAL.work(unit, values);
    };
  }

  /// Queries times keys, a softmax over the scores of each head, and shares times values; each
  /// product reads a key or a value. What comes out is written.
  private Work attended(Attention layer, LayerCounts counts) {
    List<Shape> read = network.reads(counts.index()).stream().map(this::shape).toList();
    List<Integer> operands =
        network.reads(counts.index()).stream().map(from -> bits[from + 1]).toList();
    long pairs = layer.pairs(read);
    Work score =
        unit.product(operands.getFirst(), operands.get(1)).plus(unit.activation(operands.get(1)));
    Work share =
        unit.product(UnitWork.REAL, operands.getLast()).plus(unit.activation(operands.getLast()));
    return score
        .times(pairs * read.getFirst().dimension(0))
        .plus(share.times(pairs * read.getLast().dimension(0)))
        .plus(unit.sums((double) counts.macs()))
        .plus(NeuronType.SOFTMAX.work(unit, (double) layer.heads() * pairs))
        .plus(unit.activation(UnitWork.REAL).times(shape(counts.index()).size()));
  }

  /// What a layer gives; the network's input before the first.
  private Shape shape(int layer) {
    return shapes.get(layer + 1);
  }

  /// A join reads its operands, adds or multiplies them, and writes the outcome, unless that goes
  /// straight into neurons (ours).
  private Work joined(Join join, int index) {
    List<Integer> reads = network.reads(index);
    Work work = Work.NONE;
    for (int from : reads) {
      work = work.plus(unit.activation(bits[from + 1]).times(shapes.get(from + 1).size()));
    }
    boolean written =
        readers.of(index).isEmpty()
            || readers.of(index).stream()
                .anyMatch(reader -> !(network.layers().get(reader) instanceof Neurons));
    int size = shapes.get(index + 1).size();
    Work one = written ? unit.activation(bits[index + 1]) : Work.NONE;
    for (int i = 1; i < reads.size(); i++) {
      int other = bits[reads.get(i) + 1];
      one =
          switch (join) {
            case Add _ -> one.plus(unit.sum(Math.max(bits[index + 1], other)));
            case Multiply _ -> one.plus(unit.product(bits[reads.getFirst() + 1], other));
            case Concatenate _, Attention _ -> one;
          };
    }
    return work.plus(one.times(size));
  }

  private Work synapses(LayerCounts counts) {
    if (counts.macs() == 0) {
      return Work.NONE;
    }
    int bits = this.bits[network.reads(counts.index()).getFirst() + 1];
    boolean adds = convention.widths().operand(bits) == 1;
    double rate = adds ? convention.additions().rate(weightLayers) : 1;
    return unit.synapse(bits, rate).plus(unit.activation(bits)).times(counts.macs());
  }

  private Work neuron(Neuron neuron) {
    return unit.neuron(neuron).plus(unit.activation(neuron.bits()));
  }

  /// The first random neurons' means are the same in every pass: looked up and written once.
  private Work mean() {
    return unit.neuron(Counts.LINEAR).plus(unit.activation(UnitWork.REAL));
  }

  /// Each pass reads those means, makes them random and writes the outputs.
  private Work drawn(Neuron neuron) {
    return unit.activation(UnitWork.REAL)
        .plus(unit.noise(neuron))
        .plus(unit.activation(neuron.bits()));
  }

  private static Work sum(Map<Neuron, Long> neurons, Function<Neuron, Work> one) {
    Work sum = Work.NONE;
    for (Map.Entry<Neuron, Long> entry : neurons.entrySet()) {
      sum = sum.plus(one.apply(entry.getKey()).times(entry.getValue()));
    }
    return sum;
  }

  /// Bits of one value after a layer. The maximum of bits is a bit; their mean has as many levels
  /// as their sum.
  private int bitsAfter(Layer layer, LayerCounts counts) {
    List<Integer> read =
        network.reads(counts.index()).stream().map(from -> bits[from + 1]).toList();
    int before = Collections.max(read);
    if (alike()) {
      return weighted(counts) ? hidden.bits() : before;
    }
    return switch (layer) {
      case Weighted _, Scaling _, Attention _ -> UnitWork.REAL;
      case MaxPool _, Rearrangement _, Concatenate _ -> before;
      case AveragePool(Window window, _) -> bitsOfSum(before, pixels(window, counts.index()));
      case GlobalAveragePool pool -> {
        Shape image = read(counts.index());
        yield bitsOfSum(before, pixels(pool.over(image).window(), counts.index()));
      }
      case Neurons(Neuron neuron) -> neuron.bits();
      case Add _ -> bitsOfSum(before, read.size());
      case Multiply _ -> Math.min(UnitWork.REAL, read.stream().mapToInt(bits -> bits).sum());
    };
  }

  /// What a layer reads first.
  private Shape read(int layer) {
    return shape(network.reads(layer).getFirst());
  }

  /// The most pixels of the image that a pool's output reads, at most 2^28.
  private long pixels(Window window, int pool) {
    Shape image = read(pool);
    return (long) Math.min(window.rows().kernel(), image.dimension(1))
        * Math.min(window.columns().kernel(), image.dimension(2));
  }

  /// Bits of the sum of so many numbers of 2^bits levels, or of its mean. They are at most 2^28, so
  /// that nothing overflows.
  private static int bitsOfSum(int bits, long count) {
    if (bits >= UnitWork.REAL) {
      return bits;
    }
    long most = count * ((1L << bits) - 1);
    return Math.min(UnitWork.REAL, Long.SIZE - Long.numberOfLeadingZeros(most));
  }

  /// The kind that a network is charged as: its first random neuron, else its first.
  static Neuron hidden(Network network) {
    int from = network.random() ? network.firstRandomLayer() : 0;
    return network.layers().stream()
        .skip(from)
        .filter(Neurons.class::isInstance)
        .map(layer -> ((Neurons) layer).neuron())
        .findFirst()
        .orElse(Counts.LINEAR);
  }
}
