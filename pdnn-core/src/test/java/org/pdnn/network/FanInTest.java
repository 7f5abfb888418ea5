package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FanInTest {
  private static final FanIn LIMIT = new FanIn(32, 1);
  private static final Network DECODER = VaePreset.mnist(Neuron.parse("pbit:tanh")).decoder();

  private static Network started(Network network) {
    return InitialWeights.GLOROT.of(network, 1);
  }

  @Test
  void everyNeuronKeepsThatManyInputs() {
    Network thin = LIMIT.apply(started(DECODER));
    assertEquals(List.of(10, 32, 32, 32), FanIn.used(thin));
    for (Tensor mask : LIMIT.masks(DECODER).values()) {
      int inputs = mask.shape().dimension(1);
      for (int neuron = 0; neuron < mask.shape().dimension(0); neuron++) {
        float kept = 0;
        for (int i = 0; i < inputs; i++) {
          kept += mask.get(neuron * inputs + i);
        }
        assertEquals(32, kept);
      }
    }
  }

  /// 784 neurons keep 32 of 256 inputs each, so each input serves 98 of them, give or take 9.3; 5
  /// standard deviations among 256 inputs fail for one seed in 7,000.
  @Test
  void everyInputIsAsLikelyKept() {
    Tensor mask = Objects.requireNonNull(LIMIT.masks(DECODER).get("7.weight"));
    for (int input = 0; input < 256; input++) {
      int served = 0;
      for (int neuron = 0; neuron < 784; neuron++) {
        served += (int) mask.get(neuron * 256 + input);
      }
      assertEquals(98, served, 5 * Math.sqrt(784 * 0.125 * 0.875), "input " + input);
    }
  }

  /// Glorot of 32 inputs and 32 * 784 / 256 outputs: 2 / (32 + 98). The relative error of the
  /// variance of 25,088 numbers is 0.9 %; 5 % never fails.
  @Test
  void whatIsKeptStartsAsGlorotOfTheThinnedLayer() {
    Tensor weight = Objects.requireNonNull(LIMIT.start(started(DECODER)).tensors().get("7.weight"));
    double squares = 0;
    for (float value : weight.toArray()) {
      squares += value * value;
    }
    assertEquals(2.0 / (32 + 98), squares / (32 * 784), 0.05 * 2.0 / (32 + 98));
  }

  @Test
  void thinningTwiceIsThinningOnce() {
    Network thin = LIMIT.start(started(DECODER));
    assertEquals(thin, LIMIT.apply(thin));
  }

  @Test
  void theChoiceIsAFunctionOfTheSeed() {
    assertEquals(LIMIT.masks(DECODER), new FanIn(32, 1).masks(DECODER));
    assertNotEquals(LIMIT.masks(DECODER), new FanIn(32, 2).masks(DECODER));
    assertThrows(IllegalArgumentException.class, () -> new FanIn(0, 1));
  }
}
