package org.pdnn.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.VaePreset;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.LastHidden;
import org.pdnn.sampling.Run;
import org.pdnn.training.Processor;

class DecodingTest {
  private static final Network DECODER =
      InitialWeights.GLOROT.of(VaePreset.mnist(Neuron.parse("pbit:tanh")).decoder(), 1);
  private static final Latents LATENTS = new Latents(10, 1);

  private static SortedSet<Integer> counts(Integer... counts) {
    return new TreeSet<>(List.of(counts));
  }

  private static Decoding sampled(Scheme scheme, Averaging averaging) {
    return new SampledDecoding(
        DECODER, new Run(1, scheme, averaging, LastHidden.BITS), new Philox(1));
  }

  private static Decoding libtorch(Averaging averaging) {
    return new LibtorchDecoding(DECODER, Scheme.INDEPENDENT, averaging, 1, Processor.ONE_THREAD);
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
      try (Decoding decoding = sampled(scheme, averaging)) {
        Map<Integer, float[][]> together = decoding.images(LATENTS.of(3, 6), 3, counts(1, 2, 8));
        Map<Integer, float[][]> alone = decoding.images(LATENTS.of(5, 6), 5, counts(2));
        assertArrayEquals(at(alone, 2)[0], at(together, 2)[2]);
      }
    }
  }

  @Test
  void aBlockOfLibtorchIsAFunctionOfItsNumber() {
    try (Decoding decoding = libtorch(Averaging.END)) {
      Map<Integer, float[][]> together = decoding.images(LATENTS.of(0, 130), 0, counts(1, 2, 8));
      Map<Integer, float[][]> alone = decoding.images(LATENTS.of(128, 130), 128, counts(2));
      assertEquals(130, at(together, 8).length);
      assertArrayEquals(at(alone, 2), Arrays.copyOfRange(at(together, 2), 128, 130));
      assertThrows(
          IllegalArgumentException.class, () -> decoding.images(LATENTS.of(1, 2), 1, counts(1)));
    }
  }

  /// The mean over 4 images of 784 pixels and T = 400 passes of two generators: pixels of one image
  /// share its noise, so the bound is wide; both lie far from the layer-wise mean.
  @ParameterizedTest
  @EnumSource(Averaging.class)
  void bothMakeTheSameImages(Averaging averaging) {
    try (Decoding one = sampled(Scheme.INDEPENDENT, averaging);
        Decoding other = libtorch(averaging)) {
      float[][] found = at(one.images(LATENTS.of(0, 4), 0, counts(400)), 400);
      float[][] again = at(other.images(LATENTS.of(0, 4), 0, counts(400)), 400);
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
