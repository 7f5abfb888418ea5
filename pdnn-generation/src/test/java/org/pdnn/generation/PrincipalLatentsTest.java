package org.pdnn.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.Vae;
import org.pdnn.network.VaePreset;
import org.pdnn.random.Philox;
import org.pdnn.sampling.BlockSampler;
import org.pdnn.sampling.Run;

class PrincipalLatentsTest {
  private static final Images DIGITS = Digits.generate(1, 200, 1).training();
  private static final Shape DIGIT = Shape.of(1, 28, 28);

  /// Six latent variables, strongly correlated: all are read off the same image.
  private static final Vae VAE =
      new Vae(
              new Network(
                  DIGIT,
                  List.of(new Flatten(), Dense.of(784, 12), new Neurons(Neuron.parse("relu")))),
              new Network(Shape.of(12), List.of(Dense.of(12, 6))),
              new Network(Shape.of(12), List.of(Dense.of(12, 6))),
              new Network(
                  Shape.of(6),
                  List.of(
                      Dense.of(6, 784), new Reshape(DIGIT), new Neurons(Neuron.parse("sigmoid")))))
          .withInitial(InitialWeights.PYTORCH, 1);

  private static double[] run(Network first, Network second, float[] input) {
    List<Layer> layers = new ArrayList<>(first.layers());
    layers.addAll(second.layers());
    Network joined = new Network(first.input(), layers);
    return new BlockSampler(joined, Run.of(1)).passes(input, 0, new Philox(1))[0];
  }

  private static float[] image(int index) {
    float[] image = new float[784];
    DIGITS.read(index, image, 0);
    return image;
  }

  private static Network join(Network first, Network second) {
    List<Layer> layers = new ArrayList<>(first.layers());
    layers.addAll(second.layers());
    return new Network(first.input(), layers);
  }

  @Test
  void theMeansMakeTheSameImages() {
    Vae turned = PrincipalLatents.of(VAE, DIGITS);
    for (int i = 0; i < 5; i++) {
      double[] expected = run(join(VAE.encoder(), VAE.mean()), VAE.decoder(), image(i));
      double[] found = run(join(turned.encoder(), turned.mean()), turned.decoder(), image(i));
      for (int pixel = 0; pixel < expected.length; pixel++) {
        assertEquals(expected[pixel], found[pixel], 1e-4);
      }
    }
  }

  /// Covariance of the means plus the mean variances: 1 on the diagonal, for the part off it the
  /// means alone count, which the turned posterior's own correlations balance; so their sum is
  /// checked on the diagonal, and the means' centre.
  @Test
  void allImagesTogetherHaveMeanZeroAndVarianceOne() {
    Vae turned = PrincipalLatents.of(VAE, DIGITS);
    double[] sum = new double[6];
    double[] squares = new double[6];
    for (int i = 0; i < DIGITS.count(); i++) {
      double[] m = run(turned.encoder(), turned.mean(), image(i));
      double[] logV = run(turned.encoder(), turned.logVariance(), image(i));
      for (int k = 0; k < 6; k++) {
        sum[k] += m[k] / DIGITS.count();
        squares[k] += (m[k] * m[k] + Math.exp(logV[k])) / DIGITS.count();
      }
    }
    for (int k = 0; k < 6; k++) {
      assertEquals(0, sum[k], 1e-4);
      assertEquals(1, squares[k], 1e-4);
    }
  }

  @Test
  void whatCannotBeTurnedIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> PrincipalLatents.of(VAE, DIGITS.first(1)));
    // Its decoder reads signs, which cannot be turned.
    Vae signs = VaePreset.mnist(Neuron.parse("tanh")).withInitial(InitialWeights.GLOROT, 1);
    assertThrows(IllegalArgumentException.class, () -> PrincipalLatents.of(signs, DIGITS));
  }
}
