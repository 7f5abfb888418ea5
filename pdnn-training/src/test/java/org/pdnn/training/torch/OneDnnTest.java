package org.pdnn.training.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.network.Convolution;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.training.Arithmetic;

/// Whatever computes a network's products once libtorch has seen it computes them right.
class OneDnnTest {
  /// Channels that fill no vector.
  private static final Network ODD =
      new Network(
          Shape.of(3, 7, 5),
          List.of(
              Convolution.of(3, 4, 3, 1, 1),
              TransposedConvolution.of(4, 3, 3, 2, 1),
              Convolution.of(3, 5, 1, 1, 0)));

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  @ParameterizedTest
  @EnumSource
  void productsOfWholeNumbersAreRight(Arithmetic arithmetic) {
    Network vgg5 = Preset.network("vgg5", Neuron.parse("sigmoid"));
    for (Network network : List.of(vgg5, ODD)) {
      OneDnn.useIfSound(network, arithmetic);
      assertTrue(OneDnn.sound(network, arithmetic));
    }
  }
}
