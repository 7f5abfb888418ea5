package org.pdnn.sampling;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pdnn.network.Attention;
import org.pdnn.network.Embedding;
import org.pdnn.network.Exponential;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;

/// What layers compute that treat a position's channels as one vector, written to be read.
///
/// Sums begin at 0 and go over channels, those of attended values over positions, in their order.
final class ReferencePositions {
  private ReferencePositions() {}

  static double[] embedded(Embedding layer, double[] tokens) {
    double[] y = new double[layer.channels() * tokens.length];
    for (int i = 0; i < y.length; i++) {
      int row = layer.row(tokens[i % tokens.length]);
      y[i] = layer.weight().get(row * layer.channels() + i / tokens.length);
    }
    return y;
  }

  static double[] layerNorm(LayerNorm layer, double[] x) {
    return eachPosition(
        x,
        layer.channels(),
        vector -> {
          double mean = Arrays.stream(vector).reduce(0, Double::sum) / vector.length;
          double[] centred = Arrays.stream(vector).map(value -> value - mean).toArray();
          double deviation = Math.sqrt(meanSquare(centred) + layer.epsilon());
          double[] y = new double[vector.length];
          for (int c = 0; c < y.length; c++) {
            y[c] = centred[c] / deviation * layer.weight().get(c) + layer.bias().get(c);
          }
          return y;
        });
  }

  static double[] rmsNorm(RmsNorm layer, double[] x) {
    return eachPosition(
        x,
        layer.channels(),
        vector -> {
          double root = Math.sqrt(meanSquare(vector) + layer.epsilon());
          double[] y = new double[vector.length];
          for (int c = 0; c < y.length; c++) {
            y[c] = vector[c] / root * layer.weight().get(c);
          }
          return y;
        });
  }

  static double[] softmax(double[] x, Shape in) {
    return eachPosition(x, in.dimension(0), ReferencePositions::softmax);
  }

  static double[] shifted(PositionalEmbedding layer, double[] x) {
    float[] terms = layer.terms();
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] + terms[i];
    }
    return y;
  }

  /// @param read queries, keys and values
  /// @param in shape of the queries
  static double[] attended(Attention layer, List<double[]> read, Shape in) {
    double[] queries = read.getFirst();
    double[] keys = read.get(1);
    double[] values = read.getLast();
    int positions = Attention.positions(in);
    int size = in.dimension(0) / layer.heads();
    int all = keys.length / in.dimension(0);
    int channels = values.length / all;
    double[] y = new double[channels * positions];
    for (int head = 0; head < layer.heads(); head++) {
      for (int i = 0; i < positions; i++) {
        double[] scores = new double[layer.causal() ? i + 1 : all];
        for (int j = 0; j < scores.length; j++) {
          double sum = 0;
          for (int c = head * size; c < (head + 1) * size; c++) {
            sum += queries[c * positions + i] * keys[c * all + j];
          }
          scores[j] = sum * layer.scale(in.dimension(0));
        }
        double[] shares = softmax(scores);
        int own = channels / layer.heads();
        for (int c = head * own; c < (head + 1) * own; c++) {
          for (int j = 0; j < shares.length; j++) {
            y[c * positions + i] += shares[j] * values[c * all + j];
          }
        }
      }
    }
    return y;
  }

  private static double[] softmax(double[] x) {
    double most = Arrays.stream(x).max().orElseThrow();
    double[] y = Arrays.stream(x).map(value -> Exponential.exp(value - most)).toArray();
    double sum = Arrays.stream(y).reduce(0, Double::sum);
    return Arrays.stream(y).map(value -> value / sum).toArray();
  }

  private static double meanSquare(double[] x) {
    return Arrays.stream(x).map(value -> value * value).reduce(0, Double::sum) / x.length;
  }

  /// Makes a vector of the channels of each position of another.
  private static double[] eachPosition(double[] x, int channels, UnaryOperator<double[]> of) {
    int positions = x.length / channels;
    double[] y = new double[x.length];
    for (int p = 0; p < positions; p++) {
      double[] vector = new double[channels];
      for (int c = 0; c < channels; c++) {
        vector[c] = x[c * positions + p];
      }
      double[] made = of.apply(vector);
      for (int c = 0; c < channels; c++) {
        y[c * positions + p] = made[c];
      }
    }
    return y;
  }
}
