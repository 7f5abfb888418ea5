package org.pdnn.reproduction;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.element.ActivationTable;
import org.pdnn.circuit.element.Lfsr;
import org.pdnn.circuit.element.MultiplyAccumulator;
import org.pdnn.circuit.element.PBitElement;
import org.pdnn.circuit.element.Probability;
import org.pdnn.circuit.element.SelectiveAccumulator;
import org.pdnn.circuit.element.StandardElement;
import org.pdnn.circuit.synthesis.Family;
import org.pdnn.circuit.synthesis.Netlist;
import org.pdnn.circuit.synthesis.Resources;
import org.pdnn.circuit.synthesis.Synthesis;
import org.pdnn.circuit.synthesis.Synthesis.Option;
import org.pdnn.circuit.synthesis.Tool;
import org.pdnn.network.Activation;

/// The processing elements of figure 7 at the widths of table 2, weights in Q6.25, 32 of them and a
/// bias, and what Yosys makes of them for Xilinx 7.
///
/// @param synthesiser Yosys and its version
/// @param wholeProduct multiplies and accumulates, the product not cut to the weights' fraction
/// @param withoutDsps the same made of LUTs
record Table2Circuits(
    String synthesiser,
    Netlist pbit,
    Netlist standard,
    Resources wholeProduct,
    Resources withoutDsps) {
  static final int TERMS = 33;
  static final int BITS = 32;
  static final int FRACTION = 25;

  static final PBitElement P_BIT =
      new PBitElement(
          new SelectiveAccumulator(TERMS, BITS),
          new Lfsr(BITS, 1),
          new Probability.Comparator(FRACTION));

  /// Products are cut to 25 fraction bits before they are added.
  static final StandardElement STANDARD =
      new StandardElement(
          new MultiplyAccumulator(TERMS, BITS, BITS, true, FRACTION, 45),
          ActivationTable.of(Activation.TANH, FRACTION, 10, 7, BITS, FRACTION));

  /// Products keep 58 of their 64 bits, as many as a sum of 64 bits has room for.
  private static final Circuit WHOLE_PRODUCT =
      new MultiplyAccumulator(TERMS, BITS, BITS, true, 6, 64).circuit();

  /// @throws IOException in one sentence if Yosys is missing or fails
  static Table2Circuits synthesised() throws IOException {
    String version = Tool.YOSYS.run(Path.of("."), Duration.ofMinutes(1), List.of("-V"));
    Synthesis synthesis = new Synthesis(Family.XILINX_7);
    return new Table2Circuits(
        version.strip().replaceFirst(" \\(.*", ""),
        synthesis.of(P_BIT.circuit()),
        synthesis.of(STANDARD.circuit()),
        synthesis.of(WHOLE_PRODUCT).total(),
        new Synthesis(Family.XILINX_7, Option.WITHOUT_DSPS).of(WHOLE_PRODUCT).total());
  }

  Resources generator() {
    return pbit.module("lfsr32");
  }

  Resources accumulator() {
    return pbit.module("selective_accumulator");
  }

  /// What the element has beside its synapse and its generator.
  Resources comparator() {
    return pbit.module("pbit_element");
  }

  Resources multiplier() {
    return standard.module("multiply_accumulator");
  }

  /// LUTs of a multiply-accumulate over those of a selective accumulate.
  double times(Resources multiplyAccumulate) {
    return (double) multiplyAccumulate.luts() / accumulator().luts();
  }
}
