package org.pdnn.energy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.Activation;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.network.VaePreset;

/// What the paper prices, under names such as `paper:vgg5`, with the technology and the widths that
/// it prices them with.
public enum PaperPreset {
  /// CIFAR-10 classifier (figures 6 and 9).
  VGG5("paper:vgg5", "sram65"),

  /// MNIST auto-encoder on the FPGA (figure 8): p-bits in words of 32 bits.
  FPGA_VAE("paper:fpga-vae", "fpga-bram"),

  /// One p-bit of the quantum-Monte-Carlo chip (figure 5).
  QMC("paper:qmc", "qmc65"),

  /// CelebA auto-encoder (figures 4b and 9): a deterministic encoder with two heads, then p-bits in
  /// the decoder ([VaePreset]).
  CELEBA_VAE("paper:celeba-vae", "sram65");

  private final String key;
  private final String technology;

  PaperPreset(String key, String technology) {
    this.key = key;
    this.technology = technology;
  }

  /// The names of all presets.
  public static List<String> keys() {
    return Arrays.stream(values()).map(PaperPreset::key).toList();
  }

  /// The preset of a name, if there is one.
  public static Optional<PaperPreset> named(String name) {
    return Arrays.stream(values()).filter(preset -> preset.key.equals(name)).findFirst();
  }

  public String key() {
    return key;
  }

  /// The name of the technology that the paper prices it in.
  public String technology() {
    return technology;
  }

  /// The convention of the paper, with the widths that it prices this with.
  public Convention convention() {
    return Convention.PAPER.withWidths(
        switch (this) {
          case VGG5, CELEBA_VAE -> BitWidths.FULL;
          case FPGA_VAE -> BitWidths.FULL.withWord(32);
          case QMC -> BitWidths.FULL.withWeight(8);
        });
  }

  /// What is priced.
  public Workload workload() {
    Neuron pbit = Neuron.parse("pbit:tanh");
    return switch (this) {
      case VGG5 -> Workload.of(key, List.of(vgg5()));
      case FPGA_VAE -> new UniformNeurons(key, 1242, 32, pbit);
      case QMC -> new UniformNeurons(key, 1, 5, pbit);
      case CELEBA_VAE ->
          Workload.of(
              key,
              List.copyOf(
                  VaePreset.celeba(pbit, Neuron.deterministic(Activation.SIGMOID))
                      .networks()
                      .values()));
    };
  }

  private static Network vgg5() {
    return Preset.network("vgg5", Shape.of(3, 32, 32), 10, Neuron.parse("pbit:sigmoid"));
  }
}
