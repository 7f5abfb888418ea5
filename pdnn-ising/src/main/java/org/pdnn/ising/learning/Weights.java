package org.pdnn.ising.learning;

import java.util.Arrays;
import org.pdnn.network.Exponential;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// The weights of a machine by rows of either side, and the inputs of all p-bits of a side at once.
/// Bits are 0 or 1, so a sum of products is a sum of chosen rows.
///
/// Each sum has the order of [Rbm]'s, and so its bits. Rows are arrays of their own and begin at 0:
/// so the compiler makes vectors of the loops.
final class Weights {
  /// Whether Java was started with its vector module.
  private static final boolean VECTORS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private static final double LARGE = 0x1p1000;

  final float[][] byVisible;
  final float[][] byHidden;
  final float[] visibleBias;
  final float[] hiddenBias;
  private final int labels;

  Weights(Rbm rbm) {
    this.visibleBias = rbm.visibleBias().toArray();
    this.hiddenBias = rbm.hiddenBias().toArray();
    this.labels = rbm.labels();
    float[] all = rbm.weight().toArray();
    int visible = visibleBias.length;
    this.byHidden = new float[hiddenBias.length][];
    this.byVisible = new float[visible][hiddenBias.length];
    for (int j = 0; j < byHidden.length; j++) {
      byHidden[j] = Arrays.copyOfRange(all, j * visible, (j + 1) * visible);
      for (int i = 0; i < visible; i++) {
        byVisible[i][j] = byHidden[j][i];
      }
    }
  }

  /// Brings the rows of some visible bits to those of the hidden.
  void transpose(int from, int to) {
    for (int j = 0; j < byHidden.length; j++) {
      float[] row = byHidden[j];
      for (int i = from; i < to; i++) {
        row[i] = byVisible[i][j];
      }
    }
  }

  /// The machine.
  Rbm rbm() {
    int visible = visibleBias.length;
    float[] all = new float[byHidden.length * visible];
    for (int j = 0; j < byHidden.length; j++) {
      System.arraycopy(byHidden[j], 0, all, j * visible, visible);
    }
    return new Rbm(
        new Tensor(Shape.of(byHidden.length, visible), all),
        new Tensor(Shape.of(byHidden.length), hiddenBias),
        new Tensor(Shape.of(visible), visibleBias),
        labels);
  }

  /// The probabilities of the hidden bits.
  void hidden(Ones visible, float[] probabilities) {
    hiddenInputs(visible, probabilities);
    toProbabilities(probabilities);
  }

  /// The probabilities of the visible bits.
  void visible(Ones hidden, float[] probabilities) {
    sum(visibleBias, byHidden, hidden, probabilities);
    toProbabilities(probabilities);
  }

  /// The inputs of the hidden p-bits for means of visible bits.
  void hiddenInputs(float[] visible, float[] inputs) {
    System.arraycopy(hiddenBias, 0, inputs, 0, inputs.length);
    for (int i = 0; i < visible.length; i++) {
      float factor = visible[i];
      if (factor != 0) {
        float[] row = byVisible[i];
        for (int j = 0; j < inputs.length; j++) {
          inputs[j] += factor * row[j];
        }
      }
    }
  }

  private static void toProbabilities(float[] values) {
    if (VECTORS) {
      SigmoidLanes.apply(values);
      return;
    }
    for (int unit = 0; unit < values.length; unit++) {
      values[unit] = Rbm.probability(values[unit]);
    }
  }

  /// The inputs of the hidden p-bits.
  void hiddenInputs(Ones visible, float[] inputs) {
    sum(hiddenBias, byVisible, visible, inputs);
  }

  /// The sum of log(1 + exp(x)) for inputs with a multiple of a row added: of max(x, 0), and of the
  /// logarithms of factors from 1 to 2, of which a double holds the product of a thousand.
  static double softplus(float[] inputs, float[] row, float multiple) {
    double sum = 0;
    double product = 1;
    for (int j = 0; j < inputs.length; j++) {
      double x = inputs[j] + multiple * row[j];
      sum += Math.max(x, 0);
      product *= 1 + Exponential.exp(-Math.abs(x));
      if (product > LARGE) {
        sum += StrictMath.log(product);
        product = 1;
      }
    }
    return sum + StrictMath.log(product);
  }

  /// Adds rows to a first one, in their order.
  static void sum(float[] first, float[][] rows, Ones chosen, float[] sums) {
    System.arraycopy(first, 0, sums, 0, sums.length);
    int k = 0;
    // Four rows at a time: the sums are loaded and stored once for them.
    for (; k + 4 <= chosen.count(); k += 4) {
      add(
          rows[chosen.get(k)],
          rows[chosen.get(k + 1)],
          rows[chosen.get(k + 2)],
          rows[chosen.get(k + 3)],
          sums);
    }
    for (; k < chosen.count(); k++) {
      float[] row = rows[chosen.get(k)];
      for (int unit = 0; unit < sums.length; unit++) {
        sums[unit] += row[unit];
      }
    }
  }

  private static void add(float[] a, float[] b, float[] c, float[] d, float[] sums) {
    for (int unit = 0; unit < sums.length; unit++) {
      sums[unit] = sums[unit] + a[unit] + b[unit] + c[unit] + d[unit];
    }
  }
}
