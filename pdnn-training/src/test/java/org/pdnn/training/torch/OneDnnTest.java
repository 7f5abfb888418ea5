package org.pdnn.training.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.network.Convolution;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;
import org.pdnn.training.Arithmetic;

/// Products are right whatever oneDNN computes, and which are left to it is a property of the
/// network alone.
class OneDnnTest {
  /// Channels that fill no vector.
  private static final Network ODD =
      SmallNetworks.randomised(
          new Network(
              Shape.of(3, 7, 5),
              List.of(
                  Convolution.of(3, 4, 3, 1, 1),
                  TransposedConvolution.of(4, 3, 3, 2, 1),
                  Convolution.of(3, 5, 1, 1, 0))),
          1);

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  @ParameterizedTest
  @EnumSource
  void aTrialHasOneOutcome(Arithmetic arithmetic) {
    Network vgg5 = Preset.network("vgg5", Neuron.parse("sigmoid"));
    for (Network network : List.of(vgg5, ODD)) {
      Set<Integer> unsound = OneDnn.unsound(network, arithmetic);
      assertEquals(unsound, OneDnn.unsound(network, arithmetic));
    }
  }

  @Test
  void oddChannelsAreComputedRight() {
    Random random = new Random(1);
    float[] input = new float[ODD.input().size()];
    for (int i = 0; i < input.length; i++) {
      input[i] = random.nextFloat();
    }
    double[] expected = new ReferenceSampler(ODD, Run.of(1)).passes(input, 0, new Philox(1))[0];
    try (var _ = new PointerScope();
        var _ = new AutoGradMode(false);
        FixedWeights weights = new FixedWeights(ODD)) {
      Noise noise = new Noise(Scheme.INDEPENDENT, 1);
      Forward forward = new Forward(ODD, weights, noise, Forward.Mode.TEST);
      float[] found =
          Parameters.array(forward.run(Inputs.of(ODD.input(), input)).flatten().contiguous());
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], 1e-4);
      }
    }
  }
}
