package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenNeuronsTest {
  private static final Neurons RELU = new Neurons(Neuron.parse("relu"));
  private static final Neurons PBIT = new Neurons(Neuron.parse("pbit:tanh"));

  @Test
  void neuronsAtInputAndOutputAreNotHidden() {
    Network network =
        new Network(
            Shape.of(2, 4, 4),
            List.of(
                BatchNorm.of(2),
                RELU,
                Convolution.of(2, 3, 3, 1, 1),
                BatchNorm.of(3),
                RELU,
                new MaxPool(2),
                new Flatten(),
                RELU,
                Dense.of(12, 4),
                RELU,
                BatchNorm.of(4),
                RELU));
    assertEquals(List.of(4, 7), network.hiddenNeurons());
    Network swapped = network.withHiddenNeurons(relu -> PBIT.neuron());
    for (int i = 0; i < network.layers().size(); i++) {
      boolean hidden = i == 4 || i == 7;
      assertEquals(hidden ? PBIT : network.layers().get(i), swapped.layers().get(i), "layer " + i);
    }
  }

  @Test
  void oneLayerOfWeightsHidesNothing() {
    assertEquals(
        List.of(), new Network(Shape.of(3), List.of(RELU, Dense.of(3, 2), RELU)).hiddenNeurons());
    assertEquals(List.of(), new Network(Shape.of(3), List.of(RELU)).hiddenNeurons());
  }
}
