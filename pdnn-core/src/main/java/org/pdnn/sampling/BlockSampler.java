package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.random.RandomWords;

/// The fast twin of [ReferenceSampler], equal to it bit for bit: all T passes of an input go
/// through a layer together, so each weight is read once for all of them, and what lies before the
/// first random neuron is computed once.
///
/// Its memory is 8 bytes for each value of each layer and pass, at most 2 GiB, as much for random
/// words, and the weights in 64 bits, which samplers made by [#fork] share.
public final class BlockSampler implements Sampler {
  /// 2 GiB.
  private static final long MOST_VALUES = 1L << 28;

  private final Network network;
  private final Run run;
  private final List<Shape> shapes;

  /// One a layer; those of neurons, flatten and reshape do nothing.
  private final List<Stage> stages;

  /// The outputs of each layer by pass. Layers that only rename share those of the layer before.
  private final double[][][] values;

  /// The words drawn for each random layer, by draw and neuron; empty for the others.
  private final int[][][] draws;

  /// How many layers come before the first that draws; all passes share what they compute.
  private final int shared;

  public BlockSampler(Network network, Run run) {
    this(network, run, stages(network));
  }

  private BlockSampler(Network network, Run run, List<Stage> stages) {
    this.network = network;
    this.run = run;
    this.stages = stages;
    this.shapes = network.shapes();
    int layers = network.layers().size();
    this.values = new double[layers + 1][][];
    values[0] = new double[1][network.input().size()];
    requireMemory();
    this.draws = new int[layers][][];
    int first = 0;
    while (first < layers && !run.draws(network, first)) {
      first++;
    }
    this.shared = first;
    int rows = 1;
    for (int layer = 0; layer < layers; layer++) {
      int size = shapes.get(layer + 1).size();
      boolean random =
          network.layers().get(layer) instanceof Neurons(Neuron neuron) && neuron.random();
      if (random) {
        rows = run.samples();
      }
      values[layer + 1] = renames(layer) ? values[layer] : new double[rows][size];
      draws[layer] = new int[random ? run.scheme().draws(run.samples()) : 0][size];
    }
  }

  private void requireMemory() {
    long values = shapes.stream().mapToLong(Shape::size).sum() * run.samples();
    if (values > MOST_VALUES) {
      throw new IllegalArgumentException(
          "%s samples of a network of %s values are more than fit in 2 GiB; use at most %s samples"
              .formatted(
                  run.samples(), values / run.samples(), MOST_VALUES * run.samples() / values));
    }
  }

  /// Another sampler of the same network and run for another thread, sharing the weights.
  @Override
  public BlockSampler fork() {
    return new BlockSampler(network, run, stages);
  }

  private boolean renames(int layer) {
    return switch (network.layers().get(layer)) {
      case Flatten flatten -> true;
      case Reshape reshape -> true;
      case Dense dense -> false;
      case Convolution convolution -> false;
      case TransposedConvolution convolution -> false;
      case BatchNorm norm -> false;
      case MaxPool pool -> false;
      case AveragePool pool -> false;
      case Neurons neurons -> false;
    };
  }

  private static List<Stage> stages(Network network) {
    List<Shape> shapes = network.shapes();
    List<Stage> stages = new ArrayList<>();
    for (Layer layer : network.layers()) {
      Shape from = shapes.get(stages.size());
      Shape to = shapes.get(stages.size() + 1);
      stages.add(
          switch (layer) {
            case Dense dense -> Stage.dense(dense);
            case Convolution convolution -> Stage.convolution(convolution, from, to);
            case TransposedConvolution convolution -> Stage.transposed(convolution, from, to);
            case BatchNorm norm -> Stage.batchNorm(norm, from);
            case MaxPool pool -> Stage.maxPool(pool, from, to);
            case AveragePool pool -> Stage.averagePool(pool, from, to);
            case Flatten flatten -> (in, out, rows) -> {};
            case Reshape reshape -> (in, out, rows) -> {};
            case Neurons neurons -> (in, out, rows) -> {};
          });
    }
    return stages;
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
  public Passes begin(float[] input, long index, RandomWords words) {
    if (!run.anytime()) {
      throw new IllegalArgumentException(
          "passes come piece by piece only if a run's first passes are those of a shorter one;"
              + " average at the end, by a scheme other than stratified");
    }
    if (!network.random()) {
      throw new IllegalArgumentException("the network draws nothing; every pass of it is the same");
    }
    enter(input);
    int[] done = {0};
    return (from, to) -> {
      if (from != done[0] || to <= from || to > run.samples()) {
        throw new IllegalArgumentException(
            "passes come in order, each once: from must be %s and to at most %s, got %s to %s"
                .formatted(done[0], run.samples(), from, to));
      }
      done[0] = to;
      int drawn = from == 0 ? 0 : run.scheme().draws(from);
      return rows(from, to, drawn, index, words);
    };
  }

  /// Computes what all passes share, up to the first layer that draws.
  private void enter(float[] input) {
    for (int i = 0; i < input.length; i++) {
      values[0][0][i] = input[i];
    }
    for (int layer = 0; layer < shared; layer++) {
      if (network.layers().get(layer) instanceof Neurons(Neuron neuron)) {
        means(neuron, values[layer], values[layer + 1], 1);
      } else {
        stages.get(layer).run(values[layer], values[layer + 1], 1);
      }
    }
    if (shared < stages.size() && network.layers().get(shared) instanceof Neurons(Neuron neuron)) {
      prepare(neuron, values[shared][0]);
    }
  }

  /// Passes `from` to `to` - 1, the words of the first `drawn` draws being there already.
  private double[][] rows(int from, int to, int drawn, long index, RandomWords words) {
    int rows = 1;
    for (int layer = shared; layer < stages.size(); layer++) {
      if (!(network.layers().get(layer) instanceof Neurons(Neuron neuron))) {
        stages.get(layer).run(values[layer], values[layer + 1], rows);
      } else if (run.draws(network, layer)) {
        int needed = run.anytime() ? run.scheme().draws(to) : draws[layer].length;
        for (int draw = drawn; draw < needed; draw++) {
          words.fill(index, layer, draw, draws[layer][draw]);
        }
        rows = neurons(neuron, layer, rows, from, to);
      } else {
        means(neuron, values[layer], values[layer + 1], rows);
      }
    }
    double[][] outputs = new double[run.passes(network) == 1 ? 1 : to - from][];
    for (int row = 0; row < outputs.length; row++) {
      outputs[row] = values[stages.size()][rows == 1 ? 0 : row].clone();
    }
    return outputs;
  }

  private static void means(Neuron neuron, double[][] in, double[][] out, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < in[row].length; unit++) {
        out[row][unit] = ReferenceSampler.mean(neuron, in[row][unit]);
      }
    }
  }

  /// Draws a layer of neurons; says how many rows its output has.
  private int neurons(Neuron neuron, int layer, int rows, int from, int to) {
    double[][] in = values[layer];
    double[][] out = values[layer + 1];
    // What the first such layer reads is shared by all passes and prepared when they begin.
    if (layer != shared) {
      for (int row = 0; row < rows; row++) {
        prepare(neuron, in[row]);
      }
    }
    int[] drawn = new int[out[0].length];
    for (int row = 0; row < to - from; row++) {
      run.scheme().words(draws[layer], run.samples(), from + row, drawn);
      fire(neuron, in[rows == 1 ? 0 : row], drawn, out[row]);
    }
    if (run.averaging() == Averaging.LAYER) {
      out[0] = Outputs.mean(out, to - from);
      return 1;
    }
    return to - from;
  }

  /// Replaces pre-activations by what the draws need of them, once for all passes that share them.
  private static void prepare(Neuron neuron, double[] values) {
    switch (neuron) {
      case Neuron.PBit pbit -> {
        for (int unit = 0; unit < values.length; unit++) {
          values[unit] = pbit.probability(values[unit]);
        }
      }
      case Neuron.Noisy noisy -> {
        for (int unit = 0; unit < values.length; unit++) {
          values[unit] = noisy.activation().apply(values[unit]);
        }
      }
      case Neuron.Deterministic deterministic -> throw undrawn(deterministic);
    }
  }

  private static void fire(Neuron neuron, double[] prepared, int[] drawn, double[] out) {
    switch (neuron) {
      case Neuron.PBit pbit -> {
        for (int unit = 0; unit < out.length; unit++) {
          out[unit] = pbit.draw(prepared[unit], RandomWords.uniform(drawn[unit]));
        }
      }
      case Neuron.Noisy noisy -> {
        for (int unit = 0; unit < out.length; unit++) {
          out[unit] = noisy.draw(prepared[unit], RandomWords.uniform(drawn[unit]));
        }
      }
      case Neuron.Deterministic deterministic -> throw undrawn(deterministic);
    }
  }

  private static IllegalStateException undrawn(Neuron neuron) {
    return new IllegalStateException(neuron + " draws nothing");
  }
}
