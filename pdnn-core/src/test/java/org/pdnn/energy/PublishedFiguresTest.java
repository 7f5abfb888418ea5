package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.network.Activation;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;

/// The energies that the paper prints, beside ours.
///
/// Its figure 6 has 2,038.02 nJ a sample; its own counts and constants give 1,981.76 nJ, 2.8 %
/// less: its operation counter evidently includes batch norms and biases. The slope enters the
/// gains below twice, in part cancelling, which leaves them within 1 %.
class PublishedFiguresTest {
  private static final Network VGG5 = Examples.vgg5(Examples.PBIT);
  private static final double PRINTED_SLOPE = 2038.02;
  private static final Convention FIGURE_8 =
      Convention.PAPER.withWidths(BitWidths.FULL.withWord(32));

  /// First sample less the further one, 4,743.98 - 2,038.02 and 281,795.60 - 2,038.02.
  @ParameterizedTest
  @CsvSource({"sram65, 2705.97", "hbm2-sram65, 279757.58"})
  void figure6bWeights(String technology, double nanojoules) {
    EnergyTerms once = EnergyModel.paper(Technology.named(technology)).breakdown(VGG5).once();
    assertEquals(nanojoules, once.weights().nanojoules(), 0.005);
    assertEquals(once.weights(), once.total());
  }

  @ParameterizedTest
  @CsvSource({"sram65", "hbm2-sram65"})
  void figure6bSlope(String technology) {
    double slope =
        EnergyModel.paper(Technology.named(technology))
            .breakdown(VGG5)
            .perSample()
            .total()
            .nanojoules();
    assertEquals(1981.8, slope, 0.05);
    assertEquals(-0.028, slope / PRINTED_SLOPE - 1, 0.0005);
  }

  @Test
  void figure6aRatios() {
    Technology sram = Technology.named("sram65");
    EnergyTerms pbit = ElementaryOperation.of(213, Examples.PBIT).energyOfOneSample(sram);
    EnergyTerms deterministic =
        ElementaryOperation.of(213, Examples.SIGMOID).energyOfOneSample(sram);
    assertEquals(77.2, deterministic.synapse().dividedBy(pbit.synapse()), 0.05);
    assertEquals(3.3, pbit.neuron().dividedBy(deterministic.neuron()), 0.05);
  }

  @ParameterizedTest
  @CsvSource({
    "sram65, 1, 28.51, 28.32", "sram65, 10, 5.86, 5.89",
    "sram65, 30, 2.12, 2.14", "hbm2-sram65, 1, 1.46, 1.45"
  })
  void figure6cGains(String technology, int samples, double printed, double ours) {
    double gain = EnergyModel.paper(Technology.named(technology)).gain(Workload.of(VGG5), samples);
    assertEquals(ours, gain, 0.005);
    assertEquals(0, gain / printed - 1, 0.01);
  }

  /// 60.18 = (32 (150 + 4.9) + 2) / (32 x 4.9 / 2 + 2 + 1 + 1) = 4958.8 / 82.4. Equation 3 with N =
  /// 1242 and, for both designs, b_a = 32. At 1.875 pJ/bit the memories add 1920 + 1980 pJ to
  /// either, and the formula gives 8858.8 / 3982.4 = 2.22 where the paper prints 2.28.
  @ParameterizedTest
  @CsvSource({"0, 60.18", "1.875, 2.2245"})
  void figure8(double memory, double gain) {
    Joules perBit = Joules.ofPicojoules(memory);
    Technology fpga =
        Technology.named("fpga-bram").withWeightMemory(perBit).withActivationMemory(perBit);
    assertEquals(
        gain,
        fpgaEnergy(Neuron.deterministic(Activation.TANH), fpga)
            .dividedBy(fpgaEnergy(new Neuron.PBit(Activation.TANH), fpga)),
        gain * 1e-4);
  }

  private static Joules fpgaEnergy(Neuron neuron, Technology fpga) {
    return new ElementaryOperation(32, neuron, FIGURE_8).energyOfNetwork(fpga, 1, 1242).total();
  }
}
