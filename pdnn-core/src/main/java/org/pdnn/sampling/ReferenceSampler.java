package org.pdnn.sampling;

import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.random.RandomWords;

/// What sampling means, written to be read: one pass after the other, one neuron after the other.
///
/// Weights are 32-bit, everything else is 64-bit, and sums have an order ([ReferenceLayers]), so
/// that a fast twin can be equal to the last bit.
public final class ReferenceSampler implements Sampler {
  private final Network network;
  private final List<Shape> shapes;
  private final Run run;

  public ReferenceSampler(Network network, Run run) {
    this.network = network;
    this.shapes = network.shapes();
    this.run = run;
  }

  /// Itself: it keeps no scratch memory.
  @Override
  public Sampler fork() {
    return this;
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
    RandomWords passWords = run.scheme().over(words, run.samples());
    double[][] outputs = new double[run.passes(network)][];
    for (int sample = 0; sample < outputs.length; sample++) {
      outputs[sample] =
          run.averaging() == Averaging.LAYER
              ? layerwise(input, index, passWords)
              : pass(input, index, passWords, sample);
    }
    return outputs;
  }

  private double[] pass(float[] input, long index, RandomWords words, int sample) {
    return run(input, (layer, read) -> forward(layer, read, index, words, sample));
  }

  private double[] layerwise(float[] input, long index, RandomWords words) {
    return run(
        input,
        (layer, read) -> {
          if (!run.draws(network, layer)) {
            return forward(layer, read, index, words, 0);
          }
          double[] mean = new double[read.getFirst().length];
          for (int sample = 0; sample < run.samples(); sample++) {
            double[] drawn = forward(layer, read, index, words, sample);
            for (int unit = 0; unit < mean.length; unit++) {
              mean[unit] += drawn[unit];
            }
          }
          for (int unit = 0; unit < mean.length; unit++) {
            mean[unit] /= run.samples();
          }
          return mean;
        });
  }

  /// What a layer makes of what it reads.
  @FunctionalInterface
  private interface Step {
    double[] of(int layer, List<double[]> read);
  }

  /// The layers in their order.
  private double[] run(float[] input, Step step) {
    int layers = network.layers().size();
    LiveValues<double[]> values =
        new LiveValues<>(
            IntStream.range(0, layers).mapToObj(network::reads).toList(), Stage.widen(input));
    for (int layer = 0; layer < layers; layer++) {
      values.write(layer, step.of(layer, values.read(layer)));
    }
    return values.output();
  }

  private double[] forward(
      int layer, List<double[]> read, long index, RandomWords words, int sample) {
    Shape in = shapes.get(network.reads(layer).getFirst() + 1);
    Shape out = shapes.get(layer + 1);
    return network.layers().get(layer) instanceof Neurons(Neuron neuron)
        ? neurons(neuron, layer, read.getFirst(), index, words, sample)
        : ReferenceLayers.output(network.layers().get(layer), read, in, out);
  }

  private double[] neurons(
      Neuron neuron, int layer, double[] x, long index, RandomWords words, int sample) {
    double[] y = new double[x.length];
    for (int unit = 0; unit < x.length; unit++) {
      double parameter = neuron.parameter(x[unit]);
      y[unit] =
          run.draws(network, layer)
              ? neuron.draw(parameter, RandomWords.uniform(words.word(index, layer, unit, sample)))
              : neuron.mean(parameter);
    }
    return y;
  }
}
