package org.pdnn.training.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Scheme;
import org.pdnn.training.WeightForm;

/// One-bit weights while they learn are the ones that are saved.
class BinaryWeightsTest {
  /// Outputs and gradients.
  private static float[][] run(Network network, WeightForm form) {
    Device cpu = new Device("cpu");
    float[] pixels = new float[3 * network.input().size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 37 % 101) / 101f;
    }
    try (var _ = new PointerScope();
        Parameters parameters = new Parameters(network, cpu, form)) {
      Noise noise = new Noise(Scheme.INDEPENDENT, 1);
      noise.begin(1);
      Tensor x = Inputs.of(network.input(), pixels);
      Tensor y = new Forward(network, parameters.inAStep(), noise, Forward.Mode.LEARN).run(x);
      Tensor loss = y.mul(y).sum();
      loss.backward();
      return new float[][] {
        Parameters.array(y.contiguous()), Parameters.array(parameters.gradients)
      };
    }
  }

  /// Outputs and gradients are those of the network with one-bit weights: straight through.
  @ParameterizedTest
  @ValueSource(strings = {"sigmoid", "tanh:1bit", "pbit:sigmoid"})
  void learningSeesTheSignsAndTheirGradients(String neuron) {
    Network network = SmallNetworks.everyLayer(Neuron.parse(neuron), Neuron.parse("tanh"));
    float[][] learning = run(network, WeightForm.BINARY);
    float[][] saved = run(WeightForm.BINARY.of(network), WeightForm.REAL);
    assertArrayEquals(saved[0], learning[0], 1e-5f);
    assertArrayEquals(saved[1], learning[1], 1e-3f);
  }
}
