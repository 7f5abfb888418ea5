package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;
import org.pdnn.random.Scheme;

class VarianceBoundTest {
  private static final Run BITS = Run.of(32);
  private static final Run EXPECTATION =
      new Run(32, Scheme.SCRAMBLED, Averaging.END, LastHidden.EXPECTATION);

  /// Two units that move the difference of the logits by 1 - 4 = -3 and 2 - (-2) = 4: v0 is (9 +
  /// 16) / 4. A bit of -1 and 1 moves it twice as far, noise in [-a, a] 2 a times.
  @ParameterizedTest
  @CsvSource({"pbit:sigmoid, 6.25", "pbit:clip, 6.25", "pbit:tanh, 25", "noisy:tanh:1.5, 56.25"})
  void addedUpByHand(String neuron, double variance) {
    Dense readout =
        new Dense(new Tensor(Shape.of(2, 2), 1, 2, 4, -2), new Tensor(Shape.of(2), 7, 9));
    Network network =
        new Network(
            Shape.of(3), List.of(Dense.of(3, 2), new Neurons(Neuron.parse(neuron)), readout));
    assertEquals(variance, VarianceBound.of(network, BITS).of(0, 1), 1e-6);
    assertEquals(variance, VarianceBound.of(network, BITS).of(1, 0), 1e-6);
    assertEquals(0, VarianceBound.of(network, BITS).of(1, 1));
    assertEquals(0, VarianceBound.of(network, EXPECTATION).of(0, 1), "nothing is drawn");
  }

  /// With expectation, what is left of the noise comes from the layers before, and is bounded by
  /// the same number; without random neurons there is none.
  @Test
  void expectationsHaveTheBoundOfTheirBits() {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 4, 5, 6, 3);
    assertEquals(
        VarianceBound.of(network, BITS).of(0, 2), VarianceBound.of(network, EXPECTATION).of(0, 2));
    assertTrue(VarianceBound.of(network, BITS).of(0, 2) > 0);
    assertEquals(0, VarianceBound.of(network.deterministicTwin(), BITS).of(0, 2));
  }

  /// Every probability of the bits of a pooled layer, enumerated exactly: none has a wider
  /// variance, and of an average pool fair coins have just that.
  @Test
  void noProbabilitiesScatterMore() {
    for (Layer pool : List.of(new MaxPool(2), new AveragePool(2))) {
      Network network =
          SmallNetworks.randomised(
              new Network(
                  Shape.of(1, 2, 4),
                  List.of(
                      new Neurons(Neuron.parse("pbit:tanh")), pool, new Flatten(), Dense.of(2, 3))),
              5);
      double bound = VarianceBound.of(network, BITS).of(0, 1);
      double[] differences = differences(network);
      for (double p : new double[] {0.01, 0.1, 0.3, 0.5, 0.8, 0.95}) {
        assertTrue(variance(differences, p) <= bound * (1 + 1e-6), pool + " at " + p);
      }
      if (pool instanceof AveragePool) {
        assertEquals(bound, variance(differences, 0.5), 1e-6 * bound);
      }
    }
  }

  /// The difference of the logits 0 and 1 for each of the patterns of eight bits.
  private static double[] differences(Network network) {
    Network fixed = network.with(0, new Neurons(Neuron.parse("identity")));
    double[] differences = new double[1 << 8];
    for (int pattern = 0; pattern < differences.length; pattern++) {
      float[] bits = new float[8];
      for (int unit = 0; unit < 8; unit++) {
        bits[unit] = 2 * (pattern >> unit & 1) - 1;
      }
      double[] logits =
          new ReferenceSampler(fixed, Run.of(1)).passes(bits, 0, (i, l, u, s) -> 0)[0];
      differences[pattern] = logits[0] - logits[1];
    }
    return differences;
  }

  private static double variance(double[] differences, double p) {
    double mean = 0;
    double squares = 0;
    for (int pattern = 0; pattern < differences.length; pattern++) {
      int ones = Integer.bitCount(pattern);
      double weight = Math.pow(p, ones) * Math.pow(1 - p, 8 - ones);
      mean += weight * differences[pattern];
      squares += weight * differences[pattern] * differences[pattern];
    }
    return squares - mean * mean;
  }
}
