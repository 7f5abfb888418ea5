package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.network.Network;

class PaperPresetTest {
  private static EnergyModel model(PaperPreset preset) {
    return new EnergyModel(Technology.named(preset.technology()), preset.convention());
  }

  /// Figure 5: memory 0.03, synapse 0.12, neuron 0.25, overhead 0.13 pJ.
  @Test
  void figure5() {
    EnergyTerms energy = model(PaperPreset.QMC).energy(PaperPreset.QMC.workload(), 1);
    assertEquals(0.03, energy.weights().plus(energy.activations()).picojoules(), 1e-12);
    assertEquals(0.12, energy.synapse().picojoules(), 1e-12);
    assertEquals(0.25, energy.neuron().picojoules(), 1e-12);
    assertEquals(0.13, energy.overhead().picojoules(), 1e-12);
    assertEquals(0.53, energy.total().picojoules(), 1e-12);
  }

  /// Figure 8 by the formula: 1242 x 3982.4 pJ, gain 2.2245.
  @Test
  void figure8() {
    Workload vae = PaperPreset.FPGA_VAE.workload();
    EnergyModel model = model(PaperPreset.FPGA_VAE);
    assertEquals(1242 * 3.9824, model.energy(vae, 1).total().nanojoules(), 1e-6);
    assertEquals(2.2245, model.gain(vae, 1), 1e-4);
    assertEquals(1, model.gain(vae.twin(), 7));
  }

  @Test
  void figure6() {
    assertEquals(
        1981.76,
        model(PaperPreset.VGG5)
            .breakdown(PaperPreset.VGG5.workload())
            .perSample()
            .total()
            .nanojoules(),
        0.005);
  }

  /// Parameters of the encoder's convolutions: 4 x 4 x (3 x 32 + 32 x 64 + 64 x 128 + 128 x 256 +
  /// 256 x 512) weights and 32 + 64 + 128 + 256 + 512 biases. Heads: 2048 x 1024 + 1024 + 1024 x
  /// 512 + 512 each. Decoder: 512 x 2048 + 2048, and the convolutions mirrored.
  ///
  /// MACs of a convolution are its 16 weights a pair of channels on each pixel it makes, of a
  /// transposed one on each pixel it reads: both 3 x 32 x 16 x 1024 for the outermost.
  @Test
  void celeba() {
    List<Counts> counts =
        PaperPreset.CELEBA_VAE.workload().networks().stream().map(Counts::of).toList();
    long pairs = 3 * 32 + 32 * 64 + 64 * 128 + 128 * 256 + 256 * 512;
    long head = 2048 * 1024 + 1024 + 1024 * 512 + 512;
    assertEquals(
        List.of(
            16 * pairs + 32 + 64 + 128 + 256 + 512,
            head,
            head,
            512 * 2048 + 2048 + 16 * pairs + 256 + 128 + 64 + 32 + 3),
        counts.stream().map(Counts::weights).toList());
    long convolutions =
        16 * (3 * 32 * 1024 + 32 * 64 * 256 + 64 * 128 * 64 + 128 * 256 * 16 + 256 * 512 * 4);
    assertEquals(convolutions, counts.getFirst().macs());
    assertEquals(convolutions + 512 * 2048, counts.getLast().macs());
    assertEquals(
        List.of("3x64x64", "2048", "2048", "512"),
        PaperPreset.CELEBA_VAE.workload().networks().stream()
            .map(network -> network.input().toString())
            .toList());
    Network decoder = PaperPreset.CELEBA_VAE.workload().networks().getLast();
    assertEquals("3x64x64", decoder.output().toString());
  }

  /// Only the decoder is repeated; layers are numbered through all networks.
  @Test
  void celebaRepeatsItsDecoder() {
    List<LayerWork> work = PaperPreset.CELEBA_VAE.workload().work(Convention.STRICT);
    for (int i = 0; i < work.size(); i++) {
      assertEquals(i, work.get(i).index());
    }
    assertEquals(Work.NONE, work.getFirst().perSample());
    assertTrue(work.getLast().perSample().count(Operation.ACTIVATE) > 0);
  }

  @Test
  void names() {
    for (String key : PaperPreset.keys()) {
      PaperPreset preset = PaperPreset.named(key).orElseThrow();
      assertEquals(key, preset.workload().name());
    }
    assertTrue(PaperPreset.named("paper:vgg6").isEmpty());
  }
}
