package org.pdnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.random.Philox;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

class FoldForwardTest {
  private static final BatchNorm STANDARDISED =
      new BatchNorm(
          new Tensor(Shape.of(2), 1.5f, -2),
          new Tensor(Shape.of(2), 0.25f, 1),
          new Tensor(Shape.of(2), 0.5f, -0.5f),
          new Tensor(Shape.of(2), 0.3f, 4),
          1e-5);

  private static final BatchNorm SCALED =
      new BatchNorm(
          new Tensor(Shape.of(2), 3, 0.5f),
          new Tensor(Shape.of(2), 0, 0),
          new Tensor(Shape.of(2), 0, 0),
          new Tensor(Shape.of(2), 1, 1),
          1e-5);

  private static Network network(Layer... layers) {
    return InitialWeights.PYTORCH.of(new Network(Shape.of(2, 4, 4), List.of(layers)), 1);
  }

  static Stream<Network> foldable() {
    return Stream.of(
        network(STANDARDISED, new Flatten(), Dense.of(32, 3)),
        network(STANDARDISED, Convolution.of(2, 3, 3, 1, 0)),
        network(SCALED, Convolution.of(2, 3, 3, 1, 1)),
        network(SCALED, STANDARDISED, new Flatten(), Dense.of(32, 3)));
  }

  @ParameterizedTest
  @MethodSource("foldable")
  void whatIsBehindTakesTheBatchNorm(Network network) {
    Network folded = FoldForward.apply(network);
    assertEquals(0, folded.layers().stream().filter(BatchNorm.class::isInstance).count());
    float[] input = new float[32];
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) random.nextDouble();
    }
    double[] expected = outputs(network, input);
    double[] found = outputs(folded, input);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-4, "output " + i);
    }
  }

  private static double[] outputs(Network network, float[] input) {
    return new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0];
  }

  /// The zeros around the image would have to be shifted with it.
  @Test
  void aShiftBeforePaddingStays() {
    Network network = network(STANDARDISED, Convolution.of(2, 3, 3, 1, 1));
    assertEquals(network, FoldForward.apply(network));
  }
}
