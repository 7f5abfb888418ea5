package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeuronTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sigmoid",
        "tanh",
        "relu",
        "identity",
        "clip",
        "leaky-relu",
        "leaky-relu:0.2",
        "leaky-relu:0.0",
        "hard-swish",
        "gelu-tanh",
        "clip:3bit",
        "sigmoid:1bit",
        "tanh:16bit",
        "pbit:sigmoid",
        "pbit:tanh",
        "pbit:clip",
        "noisy:tanh:0.5",
        "noisy:clip:0.25",
        "noisy:relu:0.0"
      })
  void notationIsReadAndWritten(String notation) {
    Neuron neuron = Neuron.parse(notation);
    assertEquals(notation, neuron.toString());
    assertEquals(neuron, Neuron.parse(" " + notation.toUpperCase(java.util.Locale.ROOT) + " "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          pbit:relu        | a p-bit needs sigmoid, tanh or clip, whose value is a mean of bits, got relu
          relu:3bit        | relu has no bounded range for 3-bit levels; use sigmoid, tanh or clip
          sigmoid:0bit     | bits must be 1 to 16, or 32, got 0
          sigmoid:17bit    | bits must be 1 to 16, or 32, got 17
          noisy:tanh:-1    | amplitude must be 0 to 1000, got -1.0
          noisy:tanh:1e4   | amplitude must be 0 to 1000, got 10000.0
          softmax          | no activation is called 'softmax'
          pbit             | no activation is called 'pbit'
          a:b:c:d          | too many parts
          relu:0.2         | relu has no slope; leaky-relu has
          leaky-relu:2     | slope must be 0 to 1, got 2.0
          leaky-relu:x     | no number
          """)
  void whatIsNotUnderstoodIsNamed(String notation, String fault) {
    var e = assertThrows(IllegalArgumentException.class, () -> Neuron.parse(notation));
    assertEquals(
        "'%s' is not a neuron (%s); use sigmoid, tanh, clip, relu, identity, sigmoid:3bit, "
                .formatted(notation, fault)
            + "pbit:sigmoid, pbit:tanh, pbit:clip or noisy:tanh:0.5",
        e.getMessage());
  }

  @Test
  void bitsAndRandomness() {
    assertEquals(1, Neuron.parse("pbit:tanh").bits());
    assertEquals(3, Neuron.parse("sigmoid:3bit").bits());
    assertEquals(32, Neuron.parse("relu").bits());
    assertEquals(32, Neuron.parse("noisy:relu:1").bits());
    assertTrue(Neuron.parse("pbit:tanh").random());
    assertTrue(Neuron.parse("noisy:relu:1").random());
    assertFalse(Neuron.parse("sigmoid:1bit").random());
  }

  @ParameterizedTest
  @CsvSource({"SIGMOID,1", "SIGMOID,3", "TANH,2", "TANH,4", "CLIP,1", "CLIP,3"})
  void levelsAreUniformAndTheNearestIsTaken(Activation activation, int bits) {
    var neuron = new Neuron.Deterministic(activation, bits);
    double low = activation.lowest();
    int steps = (1 << bits) - 1;
    double[] sweep = IntStream.rangeClosed(-4000, 4000).mapToDouble(i -> i / 200.0).toArray();
    for (double x : sweep) {
      assertEquals(activation.apply(x), neuron.apply(x), (1 - low) / steps / 2 + 1e-12);
    }
    assertArrayEquals(
        IntStream.rangeClosed(0, steps).mapToDouble(k -> low + (1 - low) * k / steps).toArray(),
        java.util.Arrays.stream(sweep).map(neuron::apply).distinct().sorted().toArray(),
        1e-15);
  }

  @Test
  void halvesAreRoundedUp() {
    // At 0 the sigmoid is 1/2, between the levels 0 and 1; tanh is 0, between -1/3 and 1/3.
    var sigmoid = new Neuron.Deterministic(Activation.SIGMOID, 1);
    assertEquals(1, sigmoid.apply(0));
    assertEquals(0, sigmoid.apply(-1e-9));
    var tanh = new Neuron.Deterministic(Activation.TANH, 2);
    assertEquals(1 / 3.0, tanh.apply(0), 1e-15);
    assertEquals(-1 / 3.0, tanh.apply(-1e-9), 1e-15);
  }

  @Test
  void aPBitHasTheMeanOfItsActivation() {
    for (Activation activation :
        new Activation[] {Activation.SIGMOID, Activation.TANH, Activation.CLIP}) {
      var pbit = new Neuron.PBit(activation);
      for (double x = -20; x <= 20; x += 0.01) {
        double p = pbit.parameter(x);
        double mean = p * pbit.draw(p, 0) + (1 - p) * pbit.draw(p, Math.nextDown(1.0));
        assertEquals(activation.apply(x), pbit.mean(p), 1e-15);
        if (p < 1 - 0x1p-50) {
          assertEquals(activation.apply(x), mean, 1e-15);
        }
      }
    }
  }

  /// Values of PyTorch's functions at -2, -0.5, 0.5 and 4; those of gelu within 4e-7.
  @ParameterizedTest
  @CsvSource({
    "leaky-relu, -0.02,      -0.005,      0.5,       4",
    "leaky-relu:0.2, -0.4,   -0.1,        0.5,       4",
    "elu,        -0.86466472, -0.39346934, 0.5,       4",
    "selu,       -1.52016647, -0.69175819, 0.52535049, 4.20280395",
    "gelu,       -0.04550026, -0.15426877, 0.34573123, 3.99987331",
    "gelu-tanh,  -0.04540231, -0.15428599, 0.34571401, 3.99992975",
    "silu,       -0.23840584, -0.18877033, 0.31122967, 3.92805516",
    "hard-swish, -0.33333333, -0.20833333, 0.29166667, 4",
  })
  void unboundedActivationsAreThoseOfPyTorch(
      String notation, double a, double b, double c, double d) {
    Neuron.Deterministic neuron = (Neuron.Deterministic) Neuron.parse(notation);
    double[] expected = {a, b, c, d};
    double[] at = {-2, -0.5, 0.5, 4};
    for (int i = 0; i < at.length; i++) {
      assertEquals(expected[i], neuron.apply(at[i]), 4e-7);
    }
  }

  /// The usual slope is not written, so that files stay as they were.
  @Test
  void aSlopeBelongsToItsNeuron() {
    Neuron leaky = Neuron.parse("leaky-relu:0.2");
    assertEquals(leaky, leaky.twin());
    assertEquals("leaky-relu", Neuron.parse("leaky-relu:0.01").toString());
  }

  /// A maximum may be taken before an activation only if that never falls.
  @Test
  void whatFallsSaysSo() {
    for (Activation activation : Activation.values()) {
      boolean falls = false;
      for (double x = -8; x < 8; x += 1e-3) {
        falls |= activation.apply(x + 1e-3) < activation.apply(x) - 1e-12;
      }
      assertEquals(falls, !activation.rising(), activation.toString());
    }
  }

  @Test
  void bitsAreSignedWhereTheActivationIs() {
    for (Activation activation : Activation.values()) {
      assertEquals(activation == Activation.TANH, activation.signed());
      if (activation.bounded()) {
        assertEquals(activation.lowest(), new Neuron.PBit(activation).draw(0.25, 0.25));
        assertEquals(1, new Neuron.PBit(activation).draw(0.25, 0.2));
      }
    }
  }

  @Test
  void aClippedPBitHasItsPreActivationAsProbability() {
    var pbit = new Neuron.PBit(Activation.CLIP);
    assertEquals(0.3, pbit.parameter(0.3));
    assertEquals(0, pbit.draw(pbit.parameter(-7), 0));
    assertEquals(1, pbit.draw(pbit.parameter(7), Math.nextDown(1.0)));
  }

  @Test
  void noiseIsUniformAboutTheActivation() {
    var neuron = new Neuron.Noisy(Activation.RELU, 0.5);
    assertEquals(1.5, neuron.draw(2, 0));
    assertEquals(2, neuron.draw(2, 0.5));
    assertEquals(2.25, neuron.draw(2, 0.75));
  }

  @Test
  void activationsAreAccurate() {
    for (double x = -40; x <= 40; x += 0.001) {
      assertEquals(1 / (1 + StrictMath.exp(-x)), Activation.SIGMOID.apply(x), 5e-16);
      assertEquals(StrictMath.tanh(x), Activation.TANH.apply(x), 1e-15);
    }
    assertEquals(0.5, Activation.SIGMOID.apply(0));
    assertEquals(0.3, Activation.CLIP.apply(0.3));
    assertEquals(0.0, Activation.CLIP.apply(-0.0));
    assertEquals(0.0, Activation.CLIP.apply(-3));
    assertEquals(1, Activation.CLIP.apply(1 + 1e-9));
    assertEquals(0, Activation.TANH.apply(0));
    assertEquals(1, Activation.SIGMOID.apply(1e9));
    assertEquals(-1, Activation.TANH.apply(-1e9));
    assertEquals(0, Activation.RELU.apply(-3));
    assertEquals(-3, Activation.IDENTITY.apply(-3));
    var e = assertThrows(IllegalStateException.class, Activation.RELU::lowest);
    assertEquals("relu has no bounded range", e.getMessage());
  }
}
