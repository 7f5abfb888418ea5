package org.pdnn.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.VaePreset;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Run;

class DecodingTest {
  private static final Network DECODER =
      InitialWeights.GLOROT.of(VaePreset.mnist(Neuron.parse("pbit:tanh")).decoder(), 1);
  private static final Latents LATENTS = new Latents(10, 1);

  private static Decoding sampled(Scheme scheme, Averaging averaging, Integer... samples) {
    return new SampledDecoding(
        DECODER, new Run(1, scheme, averaging, LastHidden.BITS), List.of(samples), new Philox(1));
  }

  private static Decoding libtorch(Averaging averaging, Integer... samples) {
    return new LibtorchDecoding(DECODER, Scheme.INDEPENDENT, averaging, List.of(samples), 1);
  }

  private static float[][] at(Map<Integer, float[][]> images, int count) {
    return Objects.requireNonNull(images.get(count));
  }

  /// Mean 0 and variance 1 of 10,000 numbers: |z| < 4 fails for one seed in 8,000.
  @Test
  void latentVariablesAreStandardGaussian() {
    double sum = 0;
    double squares = 0;
    for (float[] latents : LATENTS.of(0, 1000)) {
      for (float z : latents) {
        sum += z;
        squares += z * z;
      }
    }
    assertEquals(0, sum / 10_000, 4 / Math.sqrt(10_000));
    assertEquals(1, squares / 10_000, 4 * Math.sqrt(2.0 / 10_000));
    assertArrayEquals(LATENTS.of(7), LATENTS.of(5, 9)[2]);
    assertTrue(!Arrays.equals(LATENTS.of(7), new Latents(10, 2).of(7)));
  }

  /// What is asked for at once does not matter: not the numbers of passes, not the images.
  @ParameterizedTest
  @EnumSource(Scheme.class)
  void aSampledImageIsAFunctionOfItsAddress(Scheme scheme) {
    for (Averaging averaging : Averaging.values()) {
      try (Decoding three = sampled(scheme, averaging, 1, 2, 8);
          Decoding one = sampled(scheme, averaging, 2)) {
        float[][] together = at(three.images(LATENTS.of(3, 6), 3), 2);
        float[][] alone = at(one.images(LATENTS.of(5, 6), 5), 2);
        assertArrayEquals(alone[0], together[2]);
      }
    }
  }

  @Test
  void aBlockOfLibtorchIsAFunctionOfItsNumber() {
    try (Decoding three = libtorch(Averaging.END, 1, 2, 8);
        Decoding one = libtorch(Averaging.END, 2)) {
      Map<Integer, float[][]> together = three.images(LATENTS.of(0, 130), 0);
      float[][] alone = at(one.images(LATENTS.of(128, 130), 128), 2);
      assertEquals(130, at(together, 8).length);
      assertArrayEquals(alone, Arrays.copyOfRange(at(together, 2), 128, 130));
      assertThrows(IllegalArgumentException.class, () -> one.images(LATENTS.of(1, 2), 1));
    }
  }

  /// The mean over 4 images of 784 pixels and T = 400 passes of two generators: pixels of one image
  /// share its noise, so the bound is wide; both lie far from the layer-wise mean.
  @ParameterizedTest
  @EnumSource(Averaging.class)
  void bothMakeTheSameImages(Averaging averaging) {
    try (Decoding one = sampled(Scheme.INDEPENDENT, averaging, 400);
        Decoding other = libtorch(averaging, 400)) {
      float[][] found = at(one.images(LATENTS.of(0, 4), 0), 400);
      float[][] again = at(other.images(LATENTS.of(0, 4), 0), 400);
      double squares = 0;
      for (int i = 0; i < found.length; i++) {
        for (int pixel = 0; pixel < 784; pixel++) {
          squares += Math.pow(found[i][pixel] - again[i][pixel], 2) / (4 * 784);
        }
      }
      assertTrue(Math.sqrt(squares) < 0.02, "root mean square " + Math.sqrt(squares));
    }
  }
}
