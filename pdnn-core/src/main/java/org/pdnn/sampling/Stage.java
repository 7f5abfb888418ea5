package org.pdnn.sampling;

import java.util.Arrays;
import java.util.List;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Layer;
import org.pdnn.network.Shape;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;

/// One layer, prepared to run on the rows of a block of passes. Immutable: threads share it.
///
/// Weights lie as one array an input with its weights to all outputs, so that the innermost loop
/// runs over two whole arrays, which the compiler vectorises; an input of 0 is skipped. Each output
/// is summed in the order of [ReferenceSampler], hence equal to it bit for bit.
@FunctionalInterface
interface Stage {
  /// Fills as many rows of `out` as `rows` says.
  void run(double[][] in, double[][] out, int rows);

  static Stage dense(Dense layer) {
    int inputs = layer.inputs();
    int outputs = layer.outputs();
    double[] bias = widen(layer.bias().toArray());
    double[][] weights = byInput(layer.weight().toArray(), outputs, inputs);
    return (in, out, rows) -> {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(bias, 0, out[row], 0, outputs);
      }
      // Weights outside, passes inside: each weight is read once for all passes.
      for (int i = 0; i < inputs; i++) {
        for (int row = 0; row < rows; row++) {
          addScaled(in[row][i], weights[i], out[row]);
        }
      }
    };
  }

  static Stage convolution(Convolution layer, Shape from, Shape to) {
    return layer.groups() == 1 ? ungrouped(layer, from, to) : grouped(layer, from, to);
  }

  private static Stage ungrouped(Convolution layer, Shape from, Shape to) {
    int outputs = layer.outputs();
    int taps = layer.inputs() * layer.kernelHeight() * layer.kernelWidth();
    double[] bias = widen(layer.bias().toArray());
    double[][] weights = byInput(layer.weight().toArray(), outputs, taps);
    int height = from.dimension(1);
    int width = from.dimension(2);
    int lines = to.dimension(1);
    int columns = to.dimension(2);
    Window.Axis down = layer.window().rows();
    Window.Axis across = layer.window().columns();
    int stride = across.stride();
    return (in, out, rows) -> {
      double[][] sums = new double[columns][outputs];
      for (int row = 0; row < rows; row++) {
        double[] x = in[row];
        double[] y = out[row];
        for (int line = 0; line < lines; line++) {
          for (double[] pixel : sums) {
            System.arraycopy(bias, 0, pixel, 0, outputs);
          }
          // Taps outside, the pixels of a line inside: weights stay in the first cache.
          for (int tap = 0; tap < taps; tap++) {
            int channel = tap / across.kernel() / down.kernel();
            int kernelRow = tap / across.kernel() % down.kernel();
            int iy = down.read(line, kernelRow);
            if (iy < 0 || iy >= height) {
              continue;
            }
            int at = (channel * height + iy) * width;
            int first = across.read(0, tap % across.kernel());
            for (int column = 0; column < columns; column++) {
              int ix = first + column * stride;
              if (ix >= 0 && ix < width) {
                addScaled(x[at + ix], weights[tap], sums[column]);
              }
            }
          }
          for (int o = 0; o < outputs; o++) {
            for (int column = 0; column < columns; column++) {
              y[(o * lines + line) * columns + column] = sums[column][o];
            }
          }
        }
      }
    };
  }

  /// Groups have few outputs, depthwise one: the innermost loop runs over the pixels of a line.
  private static Stage grouped(Convolution layer, Shape from, Shape to) {
    Window.Axis down = layer.window().rows();
    Window.Axis across = layer.window().columns();
    int taps = layer.weight().size() / layer.outputs();
    int inputs = layer.inputs() / layer.groups();
    int outputs = layer.outputs() / layer.groups();
    double[] bias = widen(layer.bias().toArray());
    double[] weights = widen(layer.weight().toArray());
    int height = from.dimension(1);
    int width = from.dimension(2);
    int lines = to.dimension(1);
    int columns = to.dimension(2);
    return (in, out, rows) -> {
      for (int row = 0; row < rows; row++) {
        for (int line = 0; line < layer.outputs() * lines; line++) {
          int output = line / lines;
          int y = line * columns;
          Arrays.fill(out[row], y, y + columns, bias[output]);
          for (int tap = 0; tap < taps; tap++) {
            int channel = output / outputs * inputs + tap / down.kernel() / across.kernel();
            int iy = down.read(line % lines, tap / across.kernel() % down.kernel());
            int first = across.read(0, tap % across.kernel());
            if (iy >= 0 && iy < height) {
              double weight = weights[output * taps + tap];
              int at = (channel * height + iy) * width + first;
              int begin = first >= 0 ? 0 : Math.ceilDiv(-first, across.stride());
              int end = Math.min(columns, Math.ceilDiv(width - first, across.stride()));
              for (int column = begin; column < end; column++) {
                out[row][y + column] += in[row][at + column * across.stride()] * weight;
              }
            }
          }
        }
      }
    };
  }

  static Stage transposed(TransposedConvolution layer, Shape from, Shape to) {
    int outputs = layer.outputs();
    int kernel = layer.kernelHeight() * layer.kernelWidth();
    double[] bias = widen(layer.bias().toArray());
    double[][] weights = new double[layer.inputs() * kernel][outputs];
    for (int i = 0; i < layer.weight().size(); i++) {
      int tap = i / (outputs * kernel) * kernel + i % kernel;
      weights[tap][i / kernel % outputs] = layer.weight().get(i);
    }
    int height = from.dimension(1);
    int width = from.dimension(2);
    int columns = to.dimension(2);
    int pixels = to.dimension(1) * columns;
    int stride = layer.stride();
    return (in, out, rows) -> {
      double[] sums = new double[outputs];
      for (int row = 0; row < rows; row++) {
        double[] x = in[row];
        double[] y = out[row];
        for (int pixel = 0; pixel < pixels; pixel++) {
          int bottom = pixel / columns + layer.padding();
          int right = pixel % columns + layer.padding();
          System.arraycopy(bias, 0, sums, 0, outputs);
          int weight = 0;
          for (int c = 0; c < layer.inputs(); c++) {
            for (int ky = 0; ky < layer.kernelHeight(); ky++) {
              for (int kx = 0; kx < layer.kernelWidth(); kx++, weight++) {
                int fromY = bottom - ky;
                int fromX = right - kx;
                if (fromY >= 0
                    && fromX >= 0
                    && fromY % stride == 0
                    && fromX % stride == 0
                    && fromY / stride < height
                    && fromX / stride < width) {
                  double value = x[(c * height + fromY / stride) * width + fromX / stride];
                  addScaled(value, weights[weight], sums);
                }
              }
            }
          }
          for (int o = 0; o < outputs; o++) {
            y[o * pixels + pixel] = sums[o];
          }
        }
      }
    };
  }

  /// A layer without many products, as it is defined: the others take most of the time.
  static Stage defined(Layer layer, Shape from, Shape to) {
    return (in, out, rows) -> {
      for (int row = 0; row < rows; row++) {
        out[row] = ReferenceLayers.output(layer, List.of(in[row]), from, to);
      }
    };
  }

  /// Adds a multiple of one input's weights to the sums.
  private static void addScaled(double x, double[] weights, double[] sums) {
    if (x == 0) {
      return;
    }
    for (int o = 0; o < weights.length; o++) {
      sums[o] += x * weights[o];
    }
  }

  /// Turns (outputs, inputs) into one array an input.
  private static double[][] byInput(float[] weights, int outputs, int inputs) {
    double[][] rows = new double[inputs][outputs];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        rows[i][o] = weights[o * inputs + i];
      }
    }
    return rows;
  }

  static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
