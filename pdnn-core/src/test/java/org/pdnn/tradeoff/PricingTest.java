package org.pdnn.tradeoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.network.Dense;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;

/// 4 inputs - 3 - 3 - 2 outputs: 15, 12 and 8 weights.
class PricingTest {
  private static final Technology SRAM = Technology.named("sram65");
  private static final Network PBITS = network("pbit:tanh");

  private static Network network(String neuron) {
    Neurons neurons = new Neurons(Neuron.parse(neuron));
    return new Network(
        Shape.of(4), List.of(Dense.of(4, 3), neurons, Dense.of(3, 3), neurons, Dense.of(3, 2)));
  }

  private static ResultFile.Line line(
      String sampler, Scheme scheme, Averaging averaging, LastHidden last) {
    return new ResultFile.Line(
        "m",
        "digits",
        false,
        4,
        Optional.of(scheme),
        Estimate.exact(0.5),
        new ResultFile.Origin(
            averaging, last, Outputs.LOGITS, 5, sampler, Optional.empty(), Optional.empty()),
        Optional.empty());
  }

  private static ResultFile.Line line(String sampler) {
    return line(sampler, Scheme.SCRAMBLED, Averaging.END, LastHidden.BITS);
  }

  /// Nothing costs anything but a bit of a weight, 1 pJ.
  private static Technology weightsOnly() {
    Technology technology = SRAM;
    for (Operation operation : SRAM.constants().keySet()) {
      technology = technology.with(operation, Joules.ZERO);
    }
    return technology.withWeightMemory(Joules.ofPicojoules(1));
  }

  /// 12 inner weights of the bits measured; 23 of 8 bits at the edges, or 35 of 32.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "integer, weights 8, vector512, philox; 280",
        "integer, weights 4g, scalar, philox; 232",
        "integer, weights 1, vector128, philox; 196",
        "block, philox; 1120"
      })
  void weightsHaveTheBitsThatWereMeasured(String sampler, double picojoules) {
    Pricing pricing = new Pricing(weightsOnly(), Convention.STRICT);
    assertEquals(picojoules, pricing.of(Trial.of(line(sampler), PBITS)).energy().picojoules());
  }

  @Test
  void schemeAndExpectationAreCharged() {
    Convention convention =
        Convention.STRICT.withScheme(Scheme.XOR).withLast(LastHidden.EXPECTATION);
    Configuration priced =
        new Pricing(SRAM, Convention.STRICT)
            .of(Trial.of(line("block", Scheme.XOR, Averaging.END, LastHidden.EXPECTATION), PBITS));
    assertEquals(new EnergyModel(SRAM, convention).energy(PBITS, 4).total(), priced.energy());
    assertEquals(
        "T = 4, pbit:tanh xor, 32-bit weights, last expectation, m", priced.setting().toString());
  }

  /// Integers read inputs of 8 bits; the convention may say otherwise.
  @Test
  void inputsOfIntegersHaveEightBits() {
    Convention eight = Convention.STRICT.withWidths(Convention.STRICT.widths().withInput(8));
    Convention full = Convention.STRICT.withWidths(Convention.STRICT.widths().withInput(32));
    ResultFile.Line integers = line("integer, weights 8, scalar, philox");
    Joules usual = new Pricing(SRAM, Convention.STRICT).of(Trial.of(integers, PBITS)).energy();
    assertEquals(new Pricing(SRAM, eight).of(Trial.of(integers, PBITS)).energy(), usual);
    assertEquals(
        1, new Pricing(SRAM, full).of(Trial.of(integers, PBITS)).energy().compareTo(usual));
  }

  /// One pass, and no scheme, whatever the line says.
  @Test
  void nothingIsDrawnForADeterministicNetwork() {
    Network three = network("sigmoid:3bit");
    Configuration priced =
        new Pricing(SRAM, Convention.STRICT).of(Trial.of(line("block, philox"), three));
    assertEquals(
        new EnergyModel(SRAM, Convention.STRICT).energy(three, 1).total(), priced.energy());
    assertEquals(Optional.empty(), priced.setting().scheme());
    assertEquals(3, priced.setting().neuron().bits());
  }

  @Test
  void whatNoEquationPricesIsRefused() {
    Pricing paper = new Pricing(SRAM, Convention.PAPER);
    ResultFile.Line layered = line("block, philox", Scheme.XOR, Averaging.LAYER, LastHidden.BITS);
    ResultFile.Line expectation =
        line("block, philox", Scheme.XOR, Averaging.END, LastHidden.EXPECTATION);
    assertThrows(IllegalArgumentException.class, () -> Trial.of(layered, PBITS));
    assertThrows(IllegalArgumentException.class, () -> paper.of(Trial.of(expectation, PBITS)));
    assertThrows(IllegalArgumentException.class, () -> Trial.of(line("oracle"), PBITS));
    ResultFile.Line drawn = line("block, philox");
    ResultFile.Line none =
        new ResultFile.Line(
            "m",
            "digits",
            false,
            4,
            Optional.empty(),
            drawn.accuracy(),
            drawn.provenance(),
            Optional.empty());
    assertEquals(
        "m draws random words, but its result is that of a deterministic network; measure it again",
        assertThrows(IllegalArgumentException.class, () -> Trial.of(none, PBITS)).getMessage());
  }
}
