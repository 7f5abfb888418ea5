package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.network.Add;
import org.pdnn.network.Attention;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Concatenate;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
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
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Weighted;
import org.pdnn.random.RandomWords;

/// The fast twin of [ReferenceSampler], equal to it bit for bit: all T passes of an input go
/// through a layer together, so each weight is read once for all of them, and what lies before the
/// first random neuron is computed once.
///
/// Its memory is 8 bytes for each value and pass that is still to be read, at most 2 GiB, 4 bytes
/// for each random word of a pass, and the weights in 64 bits, which samplers made by [#fork]
/// share.
public final class BlockSampler implements Sampler {
  /// 2 GiB.
  private static final long MOST_VALUES = 1L << 28;

  private final Network network;
  private final Run run;
  private final List<Shape> shapes;

  /// One a layer; those of neurons, joins and rearrangements do nothing.
  private final List<Stage> stages;

  /// The outputs of each layer by pass, after the input, until they have been read ([Buffers]).
  private final double[][][] values;

  /// By layer that draws: what its draws need of its pre-activations, in their place where nothing
  /// else reads them; empty for the others.
  private final double[][][] prepared;

  /// The words drawn for each layer that draws, by draw and neuron; empty for the others.
  private final int[][][] draws;

  /// By layer: whether its outputs depend on a draw. All passes share those that do not.
  private final boolean[] drawn;

  public BlockSampler(Network network, Run run) {
    this(network, run, stages(network));
  }

  private BlockSampler(Network network, Run run, List<Stage> stages) {
    this.network = network;
    this.run = run;
    this.stages = stages;
    this.shapes = network.shapes();
    int layers = network.layers().size();
    this.prepared = new double[layers][][];
    this.draws = new int[layers][][];
    this.drawn = new boolean[layers];
    int[] rows = new int[layers];
    for (int layer = 0; layer < layers; layer++) {
      boolean draws = run.draws(network, layer);
      drawn[layer] = draws || network.reads(layer).stream().anyMatch(this::drawn);
      boolean apart = draws || (drawn[layer] && run.averaging() == Averaging.END);
      rows[layer] = apart ? run.samples() : 1;
    }
    Buffers buffers = new Buffers(network, drawn, rows);
    requireMemory(buffers.values());
    this.values = buffers.allocated();
    Readers readers = Readers.of(network);
    for (int layer = 0; layer < layers; layer++) {
      int size = shapes.get(layer + 1).size();
      boolean draws = run.draws(network, layer);
      double[][] read = values[network.reads(layer).getFirst() + 1];
      this.prepared[layer] =
          draws
              ? (soleReader(readers, layer) ? read : new double[read.length][size])
              : new double[0][];
      this.draws[layer] = new int[draws ? run.scheme().draws(run.samples()) : 0][size];
    }
  }

  /// Whether what a layer gives depends on a draw.
  ///
  /// @param layer by index; [Place#INPUT] for the network's input
  private boolean drawn(int layer) {
    return layer != Place.INPUT && drawn[layer];
  }

  /// Whether nothing else reads what a layer reads, under another name either.
  private boolean soleReader(Readers readers, int layer) {
    int read = network.reads(layer).getFirst();
    return network.chain()
        || (readers.single(read)
            && !(read != Place.INPUT && network.layers().get(read) instanceof Rearrangement));
  }

  private void requireMemory(long values) {
    if (values > MOST_VALUES) {
      throw new IllegalArgumentException(
          "%s samples of a network that keeps %s values are more than fit in 2 GiB; use at most %s samples"
              .formatted(
                  run.samples(), values / run.samples(), MOST_VALUES * run.samples() / values));
    }
  }

  /// Another sampler of the same network and run for another thread, sharing the weights.
  @Override
  public BlockSampler fork() {
    return new BlockSampler(network, run, stages);
  }

  private static List<Stage> stages(Network network) {
    List<Shape> shapes = network.shapes();
    List<Stage> stages = new ArrayList<>();
    for (Layer layer : network.layers()) {
      Shape from = shapes.get(network.reads(stages.size()).getFirst() + 1);
      Shape to = shapes.get(stages.size() + 1);
      stages.add(
          switch (layer) {
            case Dense dense -> Stage.dense(dense);
            case Convolution convolution -> Stage.convolution(convolution, from, to);
            case TransposedConvolution convolution -> Stage.transposed(convolution, from, to);
            case Embedding embedding -> PositionStage.embedding(embedding);
            case Scaling scaling -> PositionStage.of(scaling, from);
            case MaxPool pool -> Stage.maxPool(pool, from, to);
            case AveragePool pool -> Stage.averagePool(pool, from, to);
            case GlobalAveragePool pool -> Stage.averagePool(pool.over(from), from, to);
            case Rearrangement _, Neurons _, Join _ -> (in, out, rows) -> {};
          });
    }
    return stages;
  }

  @Override
  public Run run() {
    return run;
  }

  @Override
  public boolean random() {
    return network.random();
  }

  @Override
  public double[][] passes(float[] input, long index, RandomWords words) {
    enter(input);
    return rows(0, run.samples(), 0, index, words);
  }

  @Override
  public Session session(RandomWords words, int most) {
    if (!run.anytime()) {
      throw new IllegalArgumentException(
          "passes come piece by piece only if a run's first passes are those of a shorter one;"
              + " average at the end, by a scheme other than stratified");
    }
    if (!network.random()) {
      throw new IllegalArgumentException("the network draws nothing; every pass of it is the same");
    }
    return new PieceSession(
        most, run.samples(), (input, address) -> fork().pieces(input, address, words));
  }

  private PieceSession.Pieces pieces(float[] input, long index, RandomWords words) {
    enter(input);
    return (from, to) -> {
      int drawn = from == 0 ? 0 : run.scheme().draws(from);
      return rows(from, to, drawn, index, words);
    };
  }

  /// Computes what all passes share.
  private void enter(float[] input) {
    for (int i = 0; i < input.length; i++) {
      values[0][0][i] = input[i];
    }
    for (int layer = 0; layer < stages.size(); layer++) {
      if (!drawn[layer]) {
        compute(layer, 1);
      }
    }
    for (int layer = 0; layer < stages.size(); layer++) {
      if (run.draws(network, layer) && !drawn(network.reads(layer).getFirst())) {
        prepare(layer, 1);
      }
    }
  }

  /// Passes `from` to `to` - 1, the words of the first `done` draws being there already.
  private double[][] rows(int from, int to, int done, long index, RandomWords words) {
    int rows = run.averaging() == Averaging.LAYER ? 1 : to - from;
    for (int layer = 0; layer < stages.size(); layer++) {
      if (run.draws(network, layer)) {
        int needed = run.anytime() ? run.scheme().draws(to) : draws[layer].length;
        for (int draw = done; draw < needed; draw++) {
          words.fill(index, layer, draw, draws[layer][draw]);
        }
        neurons(layer, rows, from, to);
      } else if (drawn[layer]) {
        compute(layer, rows);
      }
    }
    double[][] last = values[stages.size()];
    boolean same = !drawn[stages.size() - 1] || rows == 1;
    double[][] outputs = new double[run.passes(network) == 1 ? 1 : to - from][];
    for (int row = 0; row < outputs.length; row++) {
      outputs[row] = last[same ? 0 : row].clone();
    }
    return outputs;
  }

  /// Runs a layer that draws nothing.
  private void compute(int layer, int rows) {
    double[][] in = values[network.reads(layer).getFirst() + 1];
    double[][] out = values[layer + 1];
    switch (network.layers().get(layer)) {
      case Neurons(Neuron neuron) -> Firing.means(neuron, in, out, rows);
      case Join join -> join(join, network.reads(layer), out, rows);
      case Weighted _, Scaling _, Pool _, Rearrangement _ -> stages.get(layer).run(in, out, rows);
    }
  }

  /// Operands from the first to the last; those that all passes share have one row.
  private void join(Join join, List<Integer> reads, double[][] out, int rows) {
    for (int i = 0; i < rows; i++) {
      int row = i;
      List<double[]> read =
          reads.stream().map(from -> values[from + 1][drawn(from) ? row : 0]).toList();
      double[] y = out[row];
      switch (join) {
        case Attention attention ->
            PositionStage.attend(attention, shapes.get(reads.getFirst() + 1), read, y);
        case Concatenate _ -> {
          int at = 0;
          for (double[] x : read) {
            System.arraycopy(x, 0, y, at, x.length);
            at += x.length;
          }
        }
        case Add _ -> {
          System.arraycopy(read.getFirst(), 0, y, 0, y.length);
          read.stream().skip(1).forEach(x -> add(x, y));
        }
        case Multiply _ -> {
          System.arraycopy(read.getFirst(), 0, y, 0, y.length);
          read.stream().skip(1).forEach(x -> multiply(x, y));
        }
      }
    }
  }

  private static void add(double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] += x[i];
    }
  }

  private static void multiply(double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] *= x[i];
    }
  }

  /// Draws a layer of neurons.
  ///
  /// @param rows of what it reads, if that depends on a draw
  private void neurons(int layer, int rows, int from, int to) {
    boolean late = drawn(network.reads(layer).getFirst());
    // What does not depend on a draw is shared by all passes and prepared when they begin.
    if (late) {
      prepare(layer, rows);
    }
    double[][] in = prepared[layer];
    double[][] out = values[layer + 1];
    int[] words = new int[out[0].length];
    for (int row = 0; row < to - from; row++) {
      run.scheme().words(draws[layer], run.samples(), from + row, words);
      Firing.fire(neuron(layer), in[late && rows > 1 ? row : 0], words, out[row]);
    }
    if (run.averaging() == Averaging.LAYER) {
      out[0] = Outputs.mean(out, to - from);
    }
  }

  private Neuron neuron(int layer) {
    if (network.layers().get(layer) instanceof Neurons(Neuron neuron)) {
      return neuron;
    }
    throw new IllegalStateException("layer " + layer + " has no neurons");
  }

  /// What the draws of a layer need of its pre-activations, once for all passes that share them.
  private void prepare(int layer, int rows) {
    double[][] from = values[network.reads(layer).getFirst() + 1];
    double[][] to = prepared[layer];
    for (int row = 0; row < rows; row++) {
      Firing.prepare(neuron(layer), from[row], to[row]);
    }
  }
}
