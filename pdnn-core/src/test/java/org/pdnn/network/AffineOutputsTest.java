package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.random.Philox;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

class AffineOutputsTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(3);

  private static Tensor random(int... dimensions) {
    Shape shape = Shape.of(dimensions);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) RANDOM.nextDouble(0.1, 1);
    }
    return new Tensor(shape, values);
  }

  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of(Shape.of(4), new Dense(random(3, 4), random(3))),
        Arguments.of(Shape.of(2, 5, 5), new Convolution(random(3, 2, 3, 3), random(3), 1, 1)),
        Arguments.of(
            Shape.of(6, 5, 5),
            Convolution.of(6, 3, Window.of(2, 3).padding(1, 0, 0, 0), 3)
                .by(random(3, 2, 2, 3), random(3))),
        Arguments.of(
            Shape.of(2, 3, 3), new TransposedConvolution(random(2, 3, 4, 4), random(3), 2, 1)),
        Arguments.of(
            Shape.of(3, 2, 2), new BatchNorm(random(3), random(3), random(3), random(3), 1e-5)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void everyChannelIsScaledAndShifted(Shape input, Layer layer) {
    double[] scale = {2, -0.5, 3};
    double[] shift = {0, 1, -1};
    Network plain = new Network(input, List.of(layer));
    Network changed = new Network(input, List.of(AffineOutputs.of(layer, scale, shift)));
    float[] values = random(input.size()).toArray();
    double[] before = outputs(plain, values);
    double[] after = outputs(changed, values);
    int each = before.length / scale.length;
    for (int i = 0; i < before.length; i++) {
      assertEquals(scale[i / each] * before[i] + shift[i / each], after[i], 1e-5, "output " + i);
    }
  }

  private static double[] outputs(Network network, float[] input) {
    return new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0];
  }

  @Test
  void layersWithoutWeightsHaveNoOutputsToScale() {
    assertFalse(AffineOutputs.possible(new MaxPool(2)));
    assertThrows(
        IllegalArgumentException.class,
        () -> AffineOutputs.of(new Flatten(), new double[1], new double[1]));
    Dense two = new Dense(random(2, 2), random(2));
    assertThrows(
        IllegalArgumentException.class, () -> AffineOutputs.of(two, new double[3], new double[3]));
  }
}
