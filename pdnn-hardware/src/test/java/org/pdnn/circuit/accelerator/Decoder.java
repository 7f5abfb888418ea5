package org.pdnn.circuit.accelerator;

import java.util.stream.IntStream;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.FanIn;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.VaePreset;

/// The decoder of the paper's FPGA (figure 8), 10-64-128-256-784 of tanh p-bits with at most 32
/// inputs each, before it is trained.
final class Decoder {
  private Decoder() {}

  static Accelerator accelerator(int elements) {
    Network decoder =
        VaePreset.mnist(Neuron.parse("pbit:tanh")).withInitial(InitialWeights.GLOROT, 1).decoder();
    return Accelerator.of(
        new FanIn(32, 1).start(decoder),
        WeightFormat.parse("8"),
        InputGrid.covering(-1, 1),
        new Lfsr(32, 1),
        elements);
  }

  /// Latent variables of either sign.
  static float[][] inputs(int count) {
    return IntStream.range(0, count)
        .mapToObj(input -> {
          float[] latents = new float[10];
          for (int i = 0; i < latents.length; i++) {
            latents[i] = ((input * 37) >> i & 1) - 0.5f;
          }
          return latents;
        })
        .toArray(float[][]::new);
  }
}
