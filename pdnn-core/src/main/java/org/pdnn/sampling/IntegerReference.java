package org.pdnn.sampling;

import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Probability;
import org.pdnn.integer.ProbabilityCurve;
import org.pdnn.integer.ReceptiveField;
import org.pdnn.network.LastHidden;
import org.pdnn.random.RandomWords;

/// What sampling a network in integers means, written to be read: one pass after the other, one
/// neuron after the other. [IntegerSampler] equals it bit for bit.
public final class IntegerReference implements Sampler {
  private final IntegerNetwork network;
  private final Run run;

  public IntegerReference(IntegerNetwork network, Run run) {
    this.network = network;
    this.run = IntegerSampler.supported(run);
  }

  /// Always, as networks in integers have p-bits.
  @Override
  public boolean random() {
    return true;
  }

  /// Itself: it keeps no scratch memory.
  @Override
  public Sampler fork() {
    return this;
  }

  @Override
  public double[][] passes(float[] input, long index, RandomWords words) {
    RandomWords passWords = run.scheme().over(words, run.samples());
    double[][] outputs = new double[run.samples()][];
    for (int sample = 0; sample < outputs.length; sample++) {
      outputs[sample] = pass(input, index, passWords, sample);
    }
    return outputs;
  }

  private double[] pass(float[] input, long index, RandomWords words, int sample) {
    int[] values = new int[input.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) network.grid().quantise(input[i]);
    }
    for (IntegerLayer layer : network.hidden()) {
      float[] down = down(layer, values);
      if (layer == network.hidden().getLast() && run.last() == LastHidden.EXPECTATION) {
        return logits(expectations(down));
      }
      int address = layer.firing().layer();
      values = new int[down.length];
      for (int unit = 0; unit < values.length; unit++) {
        float draw = Probability.draw(words.word(index, address, unit, sample));
        values[unit] = draw < Probability.threshold(down[unit]) ? 1 : 0;
      }
    }
    float[] bits = new float[values.length];
    for (int unit = 0; unit < bits.length; unit++) {
      bits[unit] = values[unit];
    }
    return logits(bits);
  }

  /// P(unit stays down) of a layer's units, by channel, row and column after the pool.
  private static float[] down(IntegerLayer layer, int[] values) {
    ReceptiveField field = layer.field();
    int pool = layer.firing().pool();
    ProbabilityCurve curve = layer.firing().curve();
    float[] down = new float[layer.units()];
    int unit = 0;
    for (int o = 0; o < field.outputs(); o++) {
      for (int row = 0; row < layer.pooledRows(); row++) {
        for (int column = 0; column < layer.pooledColumns(); column++) {
          float product = 1;
          float greatest = Float.NEGATIVE_INFINITY;
          for (int y = row * pool; y < (row + 1) * pool; y++) {
            for (int x = column * pool; x < (column + 1) * pool; x++) {
              int pixel = y * field.columns() + x;
              float preActivation = layer.preActivation(o, pixel, sum(layer, values, o, y, x));
              product *= curve.down(preActivation);
              greatest = Math.max(greatest, preActivation);
            }
          }
          down[unit++] = layer.firing().poolsBits() ? product : curve.down(greatest);
        }
      }
    }
    return down;
  }

  private static int sum(IntegerLayer layer, int[] values, int output, int row, int column) {
    ReceptiveField field = layer.field();
    int sum = 0;
    for (int c = 0; c < field.channels(); c++) {
      for (int ky = 0; ky < field.kernelHeight(); ky++) {
        for (int kx = 0; kx < field.kernelWidth(); kx++) {
          int y = field.readRow(row, ky);
          int x = field.readColumn(column, kx);
          if (field.holds(y, x)) {
            int value = values[(c * field.height() + y) * field.width() + x];
            sum += value * layer.code(output, field.weight(c, ky, kx));
          }
        }
      }
    }
    return sum;
  }

  private static float[] expectations(float[] down) {
    float[] up = new float[down.length];
    for (int unit = 0; unit < up.length; unit++) {
      up[unit] = 1 - down[unit];
    }
    return up;
  }

  /// The outputs for bits or expectations, summed in 32 bits in the order of the inputs.
  private double[] logits(float[] values) {
    IntegerLayer layer = network.output();
    double[] logits = new double[network.outputs()];
    for (int o = 0; o < logits.length; o++) {
      float sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum = Math.fma(values[i], (float) layer.code(o, i), sum);
      }
      logits[o] = Readout.logit(layer, o, sum);
    }
    return logits;
  }
}
