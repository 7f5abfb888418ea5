package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.QuantiseWeights;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Philox;

/// Deterministic networks have the same few-bit weights and inputs that p-bit networks have.
class PrecisionTest {
  private static final float[] PIXELS = {0f, 17 / 255f, 128 / 255f, 1f};

  private static double[] output(Precision precision, Network network, float... input) {
    return precision.sampler(network, Run.of(4)).passes(input, 0, new Philox(1))[0];
  }

  private static Network network(String neuron) {
    return SmallNetworks.mlp(Neuron.parse(neuron), 4, 6, 5, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "4", "4g", "2", "1"})
  void deterministicNetworksHaveWeightsOfAsManyBits(String notation) {
    Network network = network("sigmoid:3bit");
    Network rounded =
        QuantiseWeights.apply(FoldBatchNorm.apply(network), WeightFormat.parse(notation));
    assertArrayEquals(
        output(Precision.REAL, rounded, PIXELS),
        output(Precision.parse(notation), network, PIXELS),
        1e-6);
    assertFalse(
        Arrays.equals(
            output(Precision.REAL, network, PIXELS),
            output(Precision.parse(notation), network, PIXELS)));
  }

  /// 0.3 lies between 76 / 255 and 77 / 255.
  @Test
  void deterministicNetworksReadInputsOnTheGrid() {
    Network network = network("tanh");
    float[] between = {0.3f, 0.3f, 0.3f, 0.3f};
    float[] nearest = new float[4];
    Arrays.fill(nearest, InputGrid.PIXELS.quantise(0.3f) * InputGrid.PIXELS.step());
    Precision eight = Precision.parse("8");
    assertArrayEquals(output(eight, network, nearest), output(eight, network, between));
    assertFalse(
        Arrays.equals(output(eight, network, 1f, 0, 0, 0), output(eight, network, between)));
  }

  @Test
  void weightsInWords() {
    assertEquals("32-bit weights", Precision.REAL.words());
    assertEquals("8-bit weights", Precision.parse("8").words());
    assertEquals("grouped 4-bit weights", Precision.parse("4g").words());
  }

  @Test
  void aNameSaysWhatWasRun() {
    Network random = network("pbit:sigmoid");
    Network fine = network("sigmoid");
    assertEquals("block", Precision.REAL.name(random));
    assertEquals("block, weights 4g", Precision.parse("4g").name(fine));
    assertEquals("integer, weights 4g, edition 2", Precision.parse("4g").name(random));
    assertEquals("integer, weights 8, edition 2", Precision.DEFAULT.name(network("sigmoid:8bit")));
    for (String notation : new String[] {"32", "8", "4g", "1"}) {
      Precision precision = Precision.parse(notation);
      assertEquals(precision, Precision.named(precision.name(random) + ", philox"));
      assertEquals(precision, Precision.named(precision.name(fine) + ", philox"));
      assertEquals(precision, Precision.named(precision.name(fine)));
    }
    assertThrows(IllegalArgumentException.class, () -> Precision.named("oracle"));
  }
}
