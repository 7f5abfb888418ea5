package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.pdnn.network.Neuron;

/// Equations 1 to 3. By hand, the constants are e_wM = 1, e_aM = 2, e_mul = 3, e_add = 5, e_act =
/// 7, e_rng = 11, e_compare = 13 pJ.
class ElementaryOperationTest {
  private static final Technology PRIMES = Examples.primes();

  /// n = 4: weights 4 x 32 x 1 = 128; activations 5 x 1 x 2 = 10; synapses 4 x 5 / 2 = 10; neuron 7
  /// + 11 + 13 = 31. Together 179 pJ.
  @Test
  void equation1ForAPBit() {
    EnergyTerms energy = ElementaryOperation.of(4, Examples.PBIT).energyOfOneSample(PRIMES);
    assertTerms(128, 10, 10, 31, energy);
    assertEquals(179, energy.total().picojoules());
  }

  /// n = 4: weights 128; activations 5 x 32 x 2 = 320; synapses 4 x (3 + 5) = 32; neuron 7.
  @Test
  void equation1ForADeterministicNeuron() {
    assertTerms(
        128, 320, 32, 7, ElementaryOperation.of(4, Examples.SIGMOID).energyOfOneSample(PRIMES));
  }

  /// 8 bits: activations 5 x 8 x 2 = 80; synapses 4 x (3 x 8 / 32 + 5) = 23. One bit: 10 and 10, as
  /// a p-bit without randomness.
  @Test
  void equation1ForFewBits() {
    Neuron eight = Neuron.parse("sigmoid:8bit");
    Neuron one = Neuron.parse("sigmoid:1bit");
    assertTerms(128, 80, 23, 7, ElementaryOperation.of(4, eight).energyOfOneSample(PRIMES));
    assertTerms(128, 10, 10, 7, ElementaryOperation.of(4, one).energyOfOneSample(PRIMES));
  }

  /// The noise is drawn and added: synapses 32 + 5, neuron 7 + 11.
  @Test
  void equation1ForANoisyNeuron() {
    Neuron noisy = Neuron.parse("noisy:tanh:0.5");
    assertTerms(128, 320, 37, 18, ElementaryOperation.of(4, noisy).energyOfOneSample(PRIMES));
  }

  /// T = 3: weights still 128, all else three times.
  @Test
  void equation2() {
    assertTerms(
        128, 30, 30, 93, ElementaryOperation.of(4, Examples.PBIT).energyOfSamples(PRIMES, 3));
  }

  /// N = 10 of them.
  @Test
  void equation3() {
    assertTerms(
        1280,
        300,
        300,
        930,
        ElementaryOperation.of(4, Examples.PBIT).energyOfNetwork(PRIMES, 3, 10));
  }

  @Test
  void refusesLessThanOne() {
    ElementaryOperation operation = ElementaryOperation.of(4, Examples.PBIT);
    assertEquals(
        "samples must be at least 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> operation.energyOfSamples(PRIMES, 0))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> ElementaryOperation.of(0, Examples.PBIT));
  }

  private static void assertTerms(
      double weights, double activations, double synapse, double neuron, EnergyTerms energy) {
    assertEquals(weights, energy.weights().picojoules());
    assertEquals(activations, energy.activations().picojoules());
    assertEquals(synapse, energy.synapse().picojoules());
    assertEquals(neuron, energy.neuron().picojoules());
  }
}
