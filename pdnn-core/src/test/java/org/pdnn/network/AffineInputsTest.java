package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.random.Philox;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

class AffineInputsTest {
  /// Each group reads its own channels, and each of these has its own number.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void everyChannelOfAConvolutionInGroupsIsScaledAndShifted(int groups) {
    Convolution layer = Convolution.of(6, 12, Window.of(2, 3).stride(1, 1), groups);
    Network plain =
        SmallNetworks.randomised(new Network(Shape.of(6, 3, 4), List.of(layer)), groups);
    double[] scale = {2, -0.5, 3, 1, 0.25, -4};
    double[] shift = {0, 1, -1, 2, 0.5, 3};
    Random random = new Random(1);
    float[] x = new float[72];
    float[] changed = new float[72];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
      changed[i] = (float) (scale[i / 12] * x[i] + shift[i / 12]);
    }
    Layer folded = AffineInputs.of(plain.layers().getFirst(), scale, shift).orElseThrow();
    double[] expected = outputs(plain, changed);
    double[] found = outputs(new Network(plain.input(), List.of(folded)), x);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-5, "output " + i);
    }
    Convolution padded = Convolution.of(6, 6, Window.of(2, 3).padding(0, 0, 1, 0), groups);
    assertEquals(Optional.empty(), AffineInputs.of(padded, scale, shift));
  }

  private static double[] outputs(Network network, float[] input) {
    return new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0];
  }
}
