package org.pdnn.sampling;

import java.util.Arrays;
import java.util.List;
import org.pdnn.network.Add;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Concatenate;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Multiply;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Readers;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Shape;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;
import org.pdnn.random.RandomWords;

/// What sampling means, written to be read: one pass after the other, one neuron after the other.
///
/// Weights are 32-bit, everything else is 64-bit. A pre-activation is summed from its bias on, over
/// input channel, kernel row and kernel column in this order, a mean over rows, then columns, so
/// that a fast twin can be equal to the last bit.
public final class ReferenceSampler implements Sampler {
  private static final double[] DROPPED = {};

  private final Network network;
  private final Readers readers;
  private final List<Shape> shapes;
  private final Run run;

  public ReferenceSampler(Network network, Run run) {
    this.network = network;
    this.readers = Readers.of(network);
    this.shapes = network.shapes();
    this.run = run;
  }

  /// Itself: it keeps no scratch memory.
  @Override
  public Sampler fork() {
    return this;
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

  /// The layers in their order; a value is dropped after its last reader.
  private double[] run(float[] input, Step step) {
    double[][] values = new double[network.layers().size() + 1][];
    values[0] = widen(input);
    for (int layer = 0; layer < network.layers().size(); layer++) {
      List<Integer> reads = network.reads(layer);
      values[layer + 1] = step.of(layer, reads.stream().map(from -> values[from + 1]).toList());
      for (int from : reads) {
        if (readers.last(from) == layer) {
          values[from + 1] = DROPPED;
        }
      }
    }
    return values[values.length - 1];
  }

  private double[] forward(
      int layer, List<double[]> read, long index, RandomWords words, int sample) {
    double[] x = read.getFirst();
    Shape in = shapes.get(network.reads(layer).getFirst() + 1);
    Shape out = shapes.get(layer + 1);
    Layer kind = network.layers().get(layer);
    return switch (kind) {
      case Dense dense -> dense(dense, x);
      case Convolution convolution -> convolution(convolution, x, in, out);
      case TransposedConvolution convolution -> transposed(convolution, x, in, out);
      case BatchNorm norm -> batchNorm(norm, x);
      case MaxPool pool -> maxPool(pool, x, in, out);
      case AveragePool pool -> averagePool(pool, x, in, out);
      case GlobalAveragePool pool -> averagePool(pool.over(in), x, in, out);
      case Rearrangement _ -> x;
      case Neurons(Neuron neuron) -> neurons(neuron, layer, x, index, words, sample);
      case Join join -> joined(join, read);
    };
  }

  /// Operands from the first to the last.
  private static double[] joined(Join join, List<double[]> read) {
    if (join instanceof Concatenate) {
      return read.stream().flatMapToDouble(Arrays::stream).toArray();
    }
    double[] y = read.getFirst().clone();
    for (double[] x : read.subList(1, read.size())) {
      for (int i = 0; i < y.length; i++) {
        y[i] =
            switch (join) {
              case Add _ -> y[i] + x[i];
              case Multiply _ -> y[i] * x[i];
              case Concatenate _ -> throw new IllegalStateException("concatenated above");
            };
      }
    }
    return y;
  }

  private double[] neurons(
      Neuron neuron, int layer, double[] x, long index, RandomWords words, int sample) {
    double[] y = new double[x.length];
    for (int unit = 0; unit < x.length; unit++) {
      y[unit] =
          run.draws(network, layer)
              ? draw(neuron, x[unit], RandomWords.uniform(words.word(index, layer, unit, sample)))
              : mean(neuron, x[unit]);
    }
    return y;
  }

  /// The expectation of a neuron's output.
  static double mean(Neuron neuron, double preActivation) {
    return switch (neuron) {
      case Neuron.Deterministic deterministic -> deterministic.apply(preActivation);
      case Neuron.PBit pbit -> pbit.expectation(pbit.probability(preActivation));
      case Neuron.Noisy noisy -> noisy.activation().apply(preActivation);
    };
  }

  private static double draw(Neuron neuron, double preActivation, double u) {
    return switch (neuron) {
      case Neuron.Deterministic deterministic -> deterministic.apply(preActivation);
      case Neuron.PBit pbit -> pbit.draw(pbit.probability(preActivation), u);
      case Neuron.Noisy noisy -> noisy.draw(noisy.activation().apply(preActivation), u);
    };
  }

  private static double[] dense(Dense layer, double[] x) {
    double[] y = new double[layer.outputs()];
    for (int o = 0; o < y.length; o++) {
      double sum = layer.bias().get(o);
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * layer.weight().get(o * x.length + i);
      }
      y[o] = sum;
    }
    return y;
  }

  private static double[] convolution(Convolution layer, double[] x, Shape in, Shape out) {
    Window.Axis rows = layer.window().rows();
    Window.Axis columns = layer.window().columns();
    int inputs = layer.inputs() / layer.groups();
    int outputs = layer.outputs() / layer.groups();
    double[] y = new double[out.size()];
    int at = 0;
    for (int o = 0; o < layer.outputs(); o++) {
      for (int row = 0; row < out.dimension(1); row++) {
        for (int column = 0; column < out.dimension(2); column++) {
          double sum = layer.bias().get(o);
          int w = o * inputs * rows.kernel() * columns.kernel();
          for (int c = o / outputs * inputs; c < (o / outputs + 1) * inputs; c++) {
            for (int ky = 0; ky < rows.kernel(); ky++) {
              for (int kx = 0; kx < columns.kernel(); kx++, w++) {
                int iy = rows.read(row, ky);
                int ix = columns.read(column, kx);
                if (holds(in, iy, ix)) {
                  sum += x[pixel(in, c, iy, ix)] * layer.weight().get(w);
                }
              }
            }
          }
          y[at++] = sum;
        }
      }
    }
    return y;
  }

  private static boolean holds(Shape image, int row, int column) {
    return row >= 0 && row < image.dimension(1) && column >= 0 && column < image.dimension(2);
  }

  private static int pixel(Shape image, int channel, int row, int column) {
    return (channel * image.dimension(1) + row) * image.dimension(2) + column;
  }

  private static double[] transposed(TransposedConvolution layer, double[] x, Shape in, Shape out) {
    int height = in.dimension(1);
    int width = in.dimension(2);
    double[] y = new double[out.size()];
    int at = 0;
    for (int o = 0; o < out.dimension(0); o++) {
      for (int row = 0; row < out.dimension(1); row++) {
        for (int column = 0; column < out.dimension(2); column++) {
          double sum = layer.bias().get(o);
          for (int c = 0; c < layer.inputs(); c++) {
            for (int ky = 0; ky < layer.kernelHeight(); ky++) {
              for (int kx = 0; kx < layer.kernelWidth(); kx++) {
                int fromY = row + layer.padding() - ky;
                int fromX = column + layer.padding() - kx;
                int iy = fromY / layer.stride();
                int ix = fromX / layer.stride();
                if (fromY >= 0
                    && fromX >= 0
                    && fromY % layer.stride() == 0
                    && fromX % layer.stride() == 0
                    && iy < height
                    && ix < width) {
                  int w =
                      ((c * layer.outputs() + o) * layer.kernelHeight() + ky) * layer.kernelWidth()
                          + kx;
                  sum += x[(c * height + iy) * width + ix] * layer.weight().get(w);
                }
              }
            }
          }
          y[at++] = sum;
        }
      }
    }
    return y;
  }

  private static double[] batchNorm(BatchNorm layer, double[] x) {
    int pixels = x.length / layer.channels();
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int channel = i / pixels;
      y[i] = x[i] * layer.scale(channel) + layer.shift(channel);
    }
    return y;
  }

  private static double[] maxPool(MaxPool layer, double[] x, Shape in, Shape out) {
    Window.Axis rows = layer.window().rows();
    Window.Axis columns = layer.window().columns();
    double[] y = new double[out.size()];
    int at = 0;
    for (int c = 0; c < out.dimension(0); c++) {
      for (int row = 0; row < out.dimension(1); row++) {
        for (int column = 0; column < out.dimension(2); column++) {
          double most = Double.NEGATIVE_INFINITY;
          for (int ky = 0; ky < rows.kernel(); ky++) {
            for (int kx = 0; kx < columns.kernel(); kx++) {
              int iy = rows.read(row, ky);
              int ix = columns.read(column, kx);
              if (holds(in, iy, ix)) {
                most = Math.max(most, x[pixel(in, c, iy, ix)]);
              }
            }
          }
          y[at++] = most;
        }
      }
    }
    return y;
  }

  private static double[] averagePool(AveragePool layer, double[] x, Shape in, Shape out) {
    Window.Axis rows = layer.window().rows();
    Window.Axis columns = layer.window().columns();
    double[] y = new double[out.size()];
    int at = 0;
    for (int c = 0; c < out.dimension(0); c++) {
      for (int row = 0; row < out.dimension(1); row++) {
        for (int column = 0; column < out.dimension(2); column++) {
          double sum = 0;
          for (int ky = 0; ky < rows.kernel(); ky++) {
            for (int kx = 0; kx < columns.kernel(); kx++) {
              int iy = rows.read(row, ky);
              int ix = columns.read(column, kx);
              if (holds(in, iy, ix)) {
                sum += x[pixel(in, c, iy, ix)];
              }
            }
          }
          y[at++] = sum / layer.divisor(row, column, in);
        }
      }
    }
    return y;
  }

  private static double[] widen(float[] input) {
    double[] values = new double[input.length];
    for (int i = 0; i < input.length; i++) {
      values[i] = input[i];
    }
    return values;
  }
}
