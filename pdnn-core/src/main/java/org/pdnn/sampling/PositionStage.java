package org.pdnn.sampling;

import java.util.Arrays;
import java.util.List;
import org.pdnn.network.Attention;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Embedding;
import org.pdnn.network.Exponential;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Scaling;
import org.pdnn.network.Shape;
import org.pdnn.network.Softmax;
import org.pdnn.network.Tensor;

/// Layers that treat a position's channels as one vector, prepared to run on rows. Innermost loops
/// run over positions, or channels, side by side; each sum keeps the order of [ReferencePositions].
final class PositionStage {
  private PositionStage() {}

  static Stage embedding(Embedding layer) {
    return (in, out, rows) -> {
      for (int row = 0; row < rows; row++) {
        int tokens = in[row].length;
        for (int p = 0; p < tokens; p++) {
          int from = layer.row(in[row][p]) * layer.channels();
          for (int c = 0; c < layer.channels(); c++) {
            out[row][c * tokens + p] = layer.weight().get(from + c);
          }
        }
      }
    };
  }

  static Stage of(Scaling layer, Shape shape) {
    int channels = shape.dimension(0);
    return switch (layer) {
      case BatchNorm norm -> batchNorm(norm, shape);
      case LayerNorm norm -> rows((x, y) -> layerNorm(norm, x, y));
      case RmsNorm norm -> rows((x, y) -> rmsNorm(norm, x, y));
      case Softmax _ -> rows((x, y) -> softmax(channels, x, y));
      case PositionalEmbedding embedding -> {
        float[] terms = embedding.terms();
        yield rows((x, y) -> Arrays.setAll(y, i -> x[i] + terms[i]));
      }
    };
  }

  @FunctionalInterface
  private interface Row {
    void run(double[] x, double[] y);
  }

  private static Stage rows(Row one) {
    return (in, out, rows) -> {
      for (int row = 0; row < rows; row++) {
        one.run(in[row], out[row]);
      }
    };
  }

  private static Stage batchNorm(BatchNorm layer, Shape shape) {
    int pixels = Attention.positions(shape);
    double[] scales = layer.scales();
    double[] shifts = layer.shifts();
    return rows((x, y) -> {
      for (int c = 0; c < scales.length; c++) {
        for (int i = c * pixels; i < (c + 1) * pixels; i++) {
          y[i] = x[i] * scales[c] + shifts[c];
        }
      }
    });
  }

  private static void layerNorm(LayerNorm layer, double[] x, double[] y) {
    int positions = x.length / layer.channels();
    double[] means = new double[positions];
    for (int i = 0; i < x.length; i += positions) {
      for (int p = 0; p < positions; p++) {
        means[p] += x[i + p];
      }
    }
    for (int p = 0; p < positions; p++) {
      means[p] /= layer.channels();
    }
    for (int i = 0; i < x.length; i += positions) {
      for (int p = 0; p < positions; p++) {
        y[i + p] = x[i + p] - means[p];
      }
    }
    divideByRoot(y, y, positions, layer.weight(), layer.epsilon());
    for (int i = 0; i < y.length; i++) {
      y[i] += layer.bias().get(i / positions);
    }
  }

  private static void rmsNorm(RmsNorm layer, double[] x, double[] y) {
    divideByRoot(x, y, x.length / layer.channels(), layer.weight(), layer.epsilon());
  }

  /// Divides by the root mean square of each position and multiplies by the weight of each channel.
  private static void divideByRoot(
      double[] x, double[] y, int positions, Tensor weight, double epsilon) {
    double[] roots = new double[positions];
    for (int i = 0; i < x.length; i += positions) {
      for (int p = 0; p < positions; p++) {
        roots[p] += x[i + p] * x[i + p];
      }
    }
    for (int p = 0; p < positions; p++) {
      roots[p] = Math.sqrt(roots[p] / weight.size() + epsilon);
    }
    for (int c = 0; c < weight.size(); c++) {
      double factor = weight.get(c);
      for (int p = 0; p < positions; p++) {
        y[c * positions + p] = x[c * positions + p] / roots[p] * factor;
      }
    }
  }

  private static void softmax(int channels, double[] x, double[] y) {
    int positions = x.length / channels;
    double[] most = new double[positions];
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    double[] sums = new double[positions];
    for (int i = 0; i < x.length; i++) {
      most[i % positions] = Math.max(most[i % positions], x[i]);
    }
    for (int i = 0; i < x.length; i++) {
      y[i] = Exponential.exp(x[i] - most[i % positions]);
      sums[i % positions] += y[i];
    }
    for (int i = 0; i < y.length; i++) {
      y[i] /= sums[i % positions];
    }
  }

  /// @param in shape of the queries
  /// @param read queries, keys and values
  static void attend(Attention layer, Shape in, List<double[]> read, double[] y) {
    double[] queries = read.getFirst();
    double[] keys = read.get(1);
    int positions = Attention.positions(in);
    int all = keys.length / in.dimension(0);
    double[][] values = byPosition(read.getLast(), all);
    int own = values[0].length / layer.heads();
    int size = in.dimension(0) / layer.heads();
    double scale = layer.scale(in.dimension(0));
    double[] scores = new double[all];
    double[] sums = new double[own];
    for (int head = 0; head < layer.heads(); head++) {
      for (int i = 0; i < positions; i++) {
        int seen = layer.causal() ? i + 1 : all;
        Arrays.fill(scores, 0);
        for (int c = head * size; c < (head + 1) * size; c++) {
          addScaled(queries[c * positions + i], keys, c * all, scores, seen);
        }
        shares(scores, seen, scale);
        Arrays.fill(sums, 0);
        for (int j = 0; j < seen; j++) {
          addScaled(scores[j], values[j], head * own, sums, own);
        }
        for (int c = 0; c < own; c++) {
          y[(head * own + c) * positions + i] = sums[c];
        }
      }
    }
  }

  private static void addScaled(double factor, double[] x, int from, double[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += factor * x[from + i];
    }
  }

  /// The softmax of the first scores, scaled.
  private static void shares(double[] scores, int count, double scale) {
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < count; j++) {
      scores[j] *= scale;
      most = Math.max(most, scores[j]);
    }
    double sum = 0;
    for (int j = 0; j < count; j++) {
      scores[j] = Exponential.exp(scores[j] - most);
      sum += scores[j];
    }
    for (int j = 0; j < count; j++) {
      scores[j] /= sum;
    }
  }

  private static double[][] byPosition(double[] x, int positions) {
    double[][] vectors = new double[positions][x.length / positions];
    for (int i = 0; i < x.length; i++) {
      vectors[i % positions][i / positions] = x[i];
    }
    return vectors;
  }
}
