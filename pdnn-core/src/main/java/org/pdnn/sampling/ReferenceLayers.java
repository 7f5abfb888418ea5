package org.pdnn.sampling;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.pdnn.network.Add;
import org.pdnn.network.Attention;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Concatenate;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Multiply;
import org.pdnn.network.Neurons;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.Softmax;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;

/// What layers that draw nothing compute, written to be read.
///
/// A pre-activation is summed from its bias on, over input channel, kernel row and kernel column in
/// this order, a mean over rows, then columns, a join over its operands.
final class ReferenceLayers {
  private ReferenceLayers() {}

  /// The output of a layer.
  ///
  /// @param read its operands
  /// @param in shape of the first of them
  /// @param out of the output
  static double[] output(Layer layer, List<double[]> read, Shape in, Shape out) {
    double[] x = read.getFirst();
    return switch (layer) {
      case Dense dense -> dense(dense, x);
      case Convolution convolution -> convolution(convolution, x, in, out);
      case TransposedConvolution convolution -> transposed(convolution, x, in, out);
      case Embedding embedding -> ReferencePositions.embedded(embedding, x);
      case BatchNorm norm -> batchNorm(norm, x);
      case LayerNorm norm -> ReferencePositions.layerNorm(norm, x);
      case RmsNorm norm -> ReferencePositions.rmsNorm(norm, x);
      case Softmax _ -> ReferencePositions.softmax(x, in);
      case PositionalEmbedding embedding -> ReferencePositions.shifted(embedding, x);
      case MaxPool pool -> maxPool(pool, x, in, out);
      case AveragePool pool -> averagePool(pool, x, in, out);
      case GlobalAveragePool pool -> averagePool(pool.over(in), x, in, out);
      case Rearrangement _ -> x;
      case Attention attention -> ReferencePositions.attended(attention, read, in);
      case Join join -> joined(join, read);
      case Neurons neurons -> throw new IllegalArgumentException(neurons + " may draw");
    };
  }

  /// Operands from the first to the last.
  static double[] joined(Join join, List<double[]> read) {
    if (join instanceof Concatenate) {
      return read.stream().flatMapToDouble(Arrays::stream).toArray();
    }
    double[] y = read.getFirst().clone();
    for (double[] x : read.subList(1, read.size())) {
      switch (join) {
        case Add _ -> Arrays.setAll(y, i -> y[i] + x[i]);
        case Multiply _ -> Arrays.setAll(y, i -> y[i] * x[i]);
        case Concatenate _, Attention _ -> throw new IllegalStateException(join + " is no fold");
      }
    }
    return y;
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
    double[] scales = layer.scales();
    double[] shifts = layer.shifts();
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] * scales[i / pixels] + shifts[i / pixels];
    }
    return y;
  }

  private static double[] maxPool(MaxPool layer, double[] x, Shape in, Shape out) {
    return pooled(layer.window(), x, in, out, Double.NEGATIVE_INFINITY, Math::max);
  }

  private static double[] averagePool(AveragePool layer, double[] x, Shape in, Shape out) {
    double[] y = pooled(layer.window(), x, in, out, 0, Double::sum);
    int columns = out.dimension(2);
    for (int i = 0; i < y.length; i++) {
      y[i] /= layer.divisor(i / columns % out.dimension(1), i % columns, in);
    }
    return y;
  }

  /// Folds the pixels of the image under each place of a window, row by row.
  private static double[] pooled(
      Window window, double[] x, Shape in, Shape out, double start, DoubleBinaryOperator fold) {
    Window.Axis rows = window.rows();
    Window.Axis columns = window.columns();
    double[] y = new double[out.size()];
    Arrays.fill(y, start);
    int at = 0;
    for (int c = 0; c < out.dimension(0); c++) {
      for (int row = 0; row < out.dimension(1); row++) {
        for (int column = 0; column < out.dimension(2); column++, at++) {
          for (int ky = 0; ky < rows.kernel(); ky++) {
            for (int kx = 0; kx < columns.kernel(); kx++) {
              int iy = rows.read(row, ky);
              int ix = columns.read(column, kx);
              if (holds(in, iy, ix)) {
                y[at] = fold.applyAsDouble(y[at], x[pixel(in, c, iy, ix)]);
              }
            }
          }
        }
      }
    }
    return y;
  }
}
