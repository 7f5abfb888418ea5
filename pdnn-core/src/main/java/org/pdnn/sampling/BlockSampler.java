package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.network.Attention;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Pool;
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
/// Its memory is 8 bytes for each value of as many passes as fit in 256 MiB, one at least, 4 bytes
/// for each random word of an input, at most 2 GiB, and the weights in 64 bits, which samplers made
/// by [#fork] share.
public final class BlockSampler implements Sampler {
  /// 256 MiB.
  private static final long MOST_VALUES = 1L << 25;

  /// 2 GiB.
  private static final long MOST_WORDS = 1L << 29;

  private final Network network;
  private final Run run;
  private final List<Shape> shapes;

  /// One a layer; those of neurons, joins and rearrangements do nothing.
  private final List<Stage> stages;

  private final long mostValues;

  /// Passes that go through the drawn layers together.
  private final int together;

  /// The outputs of each layer by pass, after the input. What only renames shares what it reads.
  private final double[][][] values;

  /// Of the neurons of each layer that draws, by pass; empty for the others.
  private final double[][][] parameters;

  /// The words drawn for each layer that draws, by draw and neuron; empty for the others.
  private final int[][][] draws;

  /// By layer: whether its outputs depend on a draw. All passes share those that do not.
  private final boolean[] drawn;

  public BlockSampler(Network network, Run run) {
    this(network, run, MOST_VALUES);
  }

  /// @param mostValues that are kept, unless one pass has more
  BlockSampler(Network network, Run run, long mostValues) {
    this(network, run, stages(network), mostValues);
  }

  private BlockSampler(Network network, Run run, List<Stage> stages, long mostValues) {
    this.network = network;
    this.run = run;
    this.stages = stages;
    this.mostValues = mostValues;
    this.shapes = network.shapes();
    int layers = network.layers().size();
    long drawing =
        IntStream.range(0, layers)
            .filter(layer -> run.draws(network, layer))
            .mapToLong(layer -> shapes.get(layer + 1).size())
            .sum();
    requireMemory(drawing);
    long all = shapes.stream().mapToLong(Shape::size).sum() + drawing;
    boolean apart = run.averaging() == Averaging.END;
    this.together = apart ? Math.clamp(mostValues / all, 1, run.samples()) : 1;
    this.values = new double[layers + 1][][];
    values[0] = new double[1][network.input().size()];
    this.parameters = new double[layers][][];
    this.draws = new int[layers][][];
    this.drawn = new boolean[layers];
    for (int layer = 0; layer < layers; layer++) {
      boolean draws = run.draws(network, layer);
      drawn[layer] = draws || network.reads(layer).stream().anyMatch(this::drawn);
      int size = shapes.get(layer + 1).size();
      double[][] read = values[network.reads(layer).getFirst() + 1];
      this.values[layer + 1] =
          network.layers().get(layer) instanceof Rearrangement
              ? read
              : new double[drawn[layer] ? together : 1][size];
      this.parameters[layer] = new double[draws ? read.length : 0][size];
      this.draws[layer] = new int[draws ? run.scheme().draws(run.samples()) : 0][size];
    }
  }

  /// Whether what a layer gives depends on a draw.
  ///
  /// @param layer by index; [Place#INPUT] for the network's input
  private boolean drawn(int layer) {
    return layer != Place.INPUT && drawn[layer];
  }

  private void requireMemory(long neurons) {
    long words = neurons * run.scheme().draws(run.samples());
    if (words > MOST_WORDS) {
      throw new IllegalArgumentException(
          "%s samples of a network that draws %s neurons take more words than fit in 2 GiB; use at most %s samples"
              .formatted(run.samples(), neurons, MOST_WORDS * run.samples() / words));
    }
  }

  /// Another sampler of the same network and run for another thread, sharing the weights.
  @Override
  public BlockSampler fork() {
    return new BlockSampler(network, run, stages, mostValues);
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
            case Embedding _, Scaling _, Pool _ -> Stage.defined(layer, from, to);
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
    return rows(0, run.samples(), index, words);
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
        most,
        run.samples(),
        (input, address) -> {
          BlockSampler own = fork();
          own.enter(input);
          return (from, to) -> own.rows(from, to, address, words);
        });
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

  /// Passes `from` to `to` - 1; those before have been run.
  private double[][] rows(int from, int to, long index, RandomWords words) {
    double[][] outputs = new double[run.passes(network) == 1 ? 1 : to - from][];
    int step = run.averaging() == Averaging.LAYER ? to - from : together;
    int drawn = from == 0 ? 0 : run.scheme().draws(from);
    for (int first = from; first < to; first += step) {
      int end = Math.min(to, first + step);
      int needed = run.scheme().draws(run.anytime() ? end : run.samples());
      draw(drawn, needed, index, words);
      drawn = needed;
      pass(first, end);
      double[][] last = values[stages.size()];
      for (int row = 0; row < Math.min(step, outputs.length - first + from); row++) {
        outputs[first - from + row] = last[last.length == 1 ? 0 : row].clone();
      }
    }
    return outputs;
  }

  private void draw(int from, int to, long index, RandomWords words) {
    for (int layer = 0; layer < draws.length; layer++) {
      for (int draw = from; draw < Math.min(to, draws[layer].length); draw++) {
        words.fill(index, layer, draw, draws[layer][draw]);
      }
    }
  }

  /// What depends on draws, for some passes at once.
  private void pass(int from, int to) {
    int rows = run.averaging() == Averaging.LAYER ? 1 : to - from;
    for (int layer = 0; layer < stages.size(); layer++) {
      if (run.draws(network, layer)) {
        neurons(layer, rows, from, to);
      } else if (drawn[layer]) {
        compute(layer, rows);
      }
    }
  }

  /// Runs a layer that draws nothing.
  private void compute(int layer, int rows) {
    double[][] in = values[network.reads(layer).getFirst() + 1];
    double[][] out = values[layer + 1];
    switch (network.layers().get(layer)) {
      case Neurons(Neuron neuron) -> means(neuron, in, out, rows);
      case Join join -> join(join, network.reads(layer), out, rows);
      case Weighted _, Scaling _, Pool _, Rearrangement _ -> stages.get(layer).run(in, out, rows);
    }
  }

  /// Operands that all passes share have one row.
  private void join(Join join, List<Integer> reads, double[][] out, int rows) {
    Shape first = shapes.get(reads.getFirst() + 1);
    for (int i = 0; i < rows; i++) {
      int row = i;
      List<double[]> read =
          reads.stream().map(from -> values[from + 1][drawn(from) ? row : 0]).toList();
      if (join instanceof Attention attention) {
        AttentionRows.attend(attention, first, read, out[row]);
      } else {
        out[row] = ReferenceLayers.joined(join, read);
      }
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
    boolean averaged = run.averaging() == Averaging.LAYER;
    double[][] in = parameters[layer];
    double[][] kept = values[layer + 1];
    double[][] out = averaged ? new double[to - from][kept[0].length] : kept;
    int[] words = new int[kept[0].length];
    for (int row = 0; row < to - from; row++) {
      run.scheme().words(draws[layer], run.samples(), from + row, words);
      fire(neuron(layer), in[late && rows > 1 ? row : 0], words, out[row]);
    }
    if (averaged) {
      kept[0] = Outputs.mean(out, to - from);
    }
  }

  private Neuron neuron(int layer) {
    if (network.layers().get(layer) instanceof Neurons(Neuron neuron)) {
      return neuron;
    }
    throw new IllegalStateException("layer " + layer + " has no neurons");
  }

  private static void fire(Neuron neuron, double[] parameters, int[] words, double[] out) {
    for (int unit = 0; unit < out.length; unit++) {
      out[unit] = neuron.draw(parameters[unit], RandomWords.uniform(words[unit]));
    }
  }

  private static void means(Neuron neuron, double[][] in, double[][] out, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < in[row].length; unit++) {
        out[row][unit] = neuron.mean(neuron.parameter(in[row][unit]));
      }
    }
  }

  /// The parameters of what a layer draws, once for all passes that share them.
  private void prepare(int layer, int rows) {
    double[][] from = values[network.reads(layer).getFirst() + 1];
    double[][] to = parameters[layer];
    Neuron neuron = neuron(layer);
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < to[row].length; unit++) {
        to[row][unit] = neuron.parameter(from[row][unit]);
      }
    }
  }
}
