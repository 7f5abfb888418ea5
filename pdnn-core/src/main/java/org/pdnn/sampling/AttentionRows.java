package org.pdnn.sampling;

import java.util.Arrays;
import java.util.List;
import org.pdnn.network.Attention;
import org.pdnn.network.Exponential;
import org.pdnn.network.Shape;

/// Attention with innermost loops over positions, or channels, side by side; each sum keeps the
/// order of [ReferencePositions].
final class AttentionRows {
  private AttentionRows() {}

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
