package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaeTest {
  private static final Neuron PBIT = Neuron.parse("pbit:tanh");
  private static final Neuron SIGMOID = Neuron.parse("sigmoid");

  /// Weights and biases of figure 9, by hand: encoder, two heads, decoder.
  @Test
  void celebaHasThePapersLayers() {
    Vae vae = VaePreset.celeba(PBIT, SIGMOID);
    assertEquals(512, vae.latents());
    long convolutions = 16L * (3 * 32 + 32 * 64 + 64 * 128 + 128 * 256 + 256 * 512);
    assertEquals(convolutions + 32 + 64 + 128 + 256 + 512, vae.encoder().parameters());
    assertEquals(2048 * 1024 + 1024 + 1024 * 512 + 512, vae.mean().parameters());
    assertEquals(
        512 * 2048 + 2048 + convolutions + 256 + 128 + 64 + 32 + 3, vae.decoder().parameters());
    assertEquals(
        "[512, 2048, 512x2x2, 256x4x4, 128x8x8, 64x16x16, 32x32x32, 3x64x64]",
        vae.decoder().shapes().stream().distinct().toList().toString());
    assertEquals(1, vae.decoder().firstRandomLayer());
    assertEquals(false, vae.encoder().random());
  }

  @Test
  void mnistHasThePapersLayers() {
    Vae vae = VaePreset.mnist(PBIT);
    assertEquals(
        "[1x28x28, 784, 256, 128, 64]",
        vae.encoder().shapes().stream().distinct().toList().toString());
    assertEquals(
        "[10, 64, 128, 256, 784, 1x28x28]",
        vae.decoder().shapes().stream().distinct().toList().toString());
    // The signs of the latent variables, whatever their size.
    Neurons first = (Neurons) vae.decoder().layers().getFirst();
    Neuron.Deterministic sign = (Neuron.Deterministic) first.neuron();
    assertEquals(-1, sign.apply(-1e-3));
    assertEquals(1, sign.apply(1e-3));
    assertEquals(1, sign.apply(40));
  }

  @Test
  void tensorsComeBackUnderTheNamesOfTheirNetworks() {
    Vae vae = VaePreset.mnist(PBIT).withInitial(InitialWeights.GLOROT, 1);
    assertEquals(vae, VaePreset.mnist(PBIT).withTensors(vae.tensors()));
    assertEquals(vae.mean().layers(), vae.mean().withTensors(vae.mean().tensors()).layers());
    Map<String, Tensor> tensors = vae.tensors();
    assertEquals(vae.decoder().tensors().get("1.weight"), tensors.get("decoder.1.weight"));
    assertEquals(vae.logVariance().tensors().get("0.bias"), tensors.get("logVariance.0.bias"));
    assertNotEquals(
        vae.mean().tensors().get("0.weight"),
        vae.logVariance().tensors().get("0.weight"),
        "each network draws weights of its own");
  }

  @Test
  void networksThatDoNotFitAreRefused() {
    Vae vae = VaePreset.mnist(PBIT);
    Network other = new Network(Shape.of(64), List.of(Dense.of(64, 9)));
    assertMessage(
        "the log-variance gives 9, but the mean gives 10",
        () -> new Vae(vae.encoder(), vae.mean(), other, vae.decoder()));
    assertMessage(
        "the mean reads 2048, but the encoder gives 64",
        () ->
            new Vae(
                vae.encoder(),
                VaePreset.celeba(PBIT, SIGMOID).mean(),
                vae.logVariance(),
                vae.decoder()));
    assertMessage(
        "the decoder must end in sigmoid or clip, whose values are brightnesses, got tanh",
        () -> VaePreset.celeba(PBIT, Neuron.parse("tanh")));
  }

  private static void assertMessage(
      String message, org.junit.jupiter.api.function.Executable executable) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
  }
}
