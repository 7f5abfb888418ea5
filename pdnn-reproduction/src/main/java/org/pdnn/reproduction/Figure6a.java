package org.pdnn.reproduction;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.pdnn.energy.ElementaryOperation;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.Joules;
import org.pdnn.network.Neuron;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Series;

/// What one neuron saves: equation 1 with n = 213.
final class Figure6a {
  private static final Neuron PBIT = Neuron.parse("pbit:sigmoid");

  private Figure6a() {}

  static List<Claim> claims() {
    EnergyTerms pbit = operation(PBIT, WeightMemory.SRAM);
    EnergyTerms twin = operation(twin(), WeightMemory.SRAM);
    return List.of(
        claim("synapse, deterministic / p-bit", "77.2", twin.synapse(), pbit.synapse())
            .because("Half of the bits are 0 and add nothing: n e_add / 2."),
        claim("neuron, p-bit / deterministic", "3.3", pbit.neuron(), twin.neuron()),
        memory(WeightMemory.SRAM, "1.9"),
        memory(WeightMemory.HBM2, "1.0"));
  }

  private static Claim memory(WeightMemory memory, String printed) {
    return claim(
            "memory, deterministic / p-bit, " + memory,
            printed,
            memory(operation(twin(), memory)),
            memory(operation(PBIT, memory)))
        .because("Weights and activations together; each neuron reads its own weights, T = 1.");
  }

  private static Claim claim(String quantity, String printed, Joules over, Joules under) {
    return Claim.of("fig. 6a", quantity, "", printed, over.dividedBy(under));
  }

  static Figure chart() {
    List<Claim> ratios = claims();
    return new Figure(
        "fig6a-ratios",
        "What one neuron saves (the paper's fig. 6a)",
        "One neuron with its 213 synapses at T = 1. Synapse and memory: deterministic over p-bit;"
            + " neuron: p-bit over deterministic.",
        Axis.of("Component", List.of("synapse", "neuron", "memory, SRAM", "memory, HBM2")),
        Axis.linear("Ratio", ""),
        List.of(
            bars("ours", ratios, claim -> claim.ours().orElseThrow()),
            bars("paper", ratios, claim -> claim.printed().doubleValue())));
  }

  private static Series bars(String name, List<Claim> claims, ToDoubleFunction<Claim> value) {
    return Charts.bars(
        name, "%.1f", claims.stream().map(claim -> value.applyAsDouble(claim)).toList());
  }

  private static Neuron twin() {
    return PBIT.twin();
  }

  private static EnergyTerms operation(Neuron neuron, WeightMemory memory) {
    return new ElementaryOperation(Figure6.FAN_IN, neuron, memory.model().convention())
        .energyOfOneSample(memory.model().technology());
  }

  private static Joules memory(EnergyTerms energy) {
    return energy.weights().plus(energy.activations());
  }
}
