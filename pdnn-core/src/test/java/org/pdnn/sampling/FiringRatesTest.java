package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.random.Philox;

class FiringRatesTest {
  private static final List<float[]> INPUTS = List.of(new float[3], new float[3]);

  /// Weights of 0 leave the bias: sigmoid(ln 3) = 3/4, and tanh p-bits of I are +1 with probability
  /// sigmoid(2 I). 2 inputs x 400 passes x 5 bits: a standard deviation of at most 0.008; fails for
  /// one seed in 15,000 (|z| < 4), and the seed is fixed.
  @Test
  void areThoseOfTheBiases() {
    float bias = (float) Math.log(3);
    Network network =
        new Network(
            Shape.of(3),
            List.of(
                dense(3, 5, bias),
                new Neurons(Neuron.parse("pbit:sigmoid")),
                dense(5, 5, -bias / 2),
                new Neurons(Neuron.parse("pbit:tanh")),
                dense(5, 2, 0),
                new Neurons(Neuron.parse("sigmoid")),
                dense(2, 1, 0)));
    List<Double> rates = FiringRates.of(network, INPUTS, 400, new Philox(3));
    assertEquals(4, rates.size());
    assertEquals(1, rates.get(0));
    assertEquals(0.75, rates.get(1), 0.032);
    assertEquals(0.25, rates.get(2), 0.032);
    assertEquals(1, rates.get(3));
  }

  /// The mean of four bits is a real number to the dense layer after it.
  @Test
  void behindAnAveragePoolEverySynapseCounts() {
    Network network =
        new Network(
            Shape.of(1, 4, 4),
            List.of(
                new Neurons(Neuron.parse("pbit:sigmoid")),
                new AveragePool(2),
                new Flatten(),
                dense(4, 2, 0)));
    assertEquals(List.of(1.0), FiringRates.of(network, List.of(new float[16]), 20, new Philox(3)));
  }

  @Test
  void needAnInput() {
    Network network = new Network(Shape.of(3), List.of(dense(3, 5, 0)));
    assertThrows(
        IllegalArgumentException.class, () -> FiringRates.of(network, List.of(), 1, new Philox(1)));
  }

  private static Dense dense(int inputs, int outputs, float bias) {
    return new Dense(
        Tensor.filled(Shape.of(outputs, inputs), 0), Tensor.filled(Shape.of(outputs), bias));
  }
}
