package org.pdnn.reproduction;

import java.util.List;
import java.util.Locale;
import org.pdnn.energy.ElementaryOperation;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.Joules;
import org.pdnn.energy.PaperPreset;
import org.pdnn.energy.Technology;
import org.pdnn.network.Neuron;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Series;

/// Where an elementary operation of the quantum-Monte-Carlo chip spends its energy, beside one of a
/// deep network, and a network of its p-bits that is run.
final class Figure5 {
  private static final Neuron PBIT = Neuron.parse("pbit:tanh");
  private static final Technology SRAM = Technology.named("sram65");

  static Reproduction computed() {
    Reproduction page =
        new Reproduction("fig5", "figure 5", "Energy of an elementary operation of the chip")
            .claim(claims())
            .add(components());
    Figure5Network.addTo(page);
    return page;
  }

  private static List<Claim> claims() {
    EnergyTerms chip = chip();
    return List.of(
        claim("memory", "0.03", memory(chip)),
        claim("synapse", "0.12", chip.synapse()),
        claim("neuron", "0.25", chip.neuron()),
        claim("overhead", "0.13", chip.overhead()),
        claim("elementary operation", "0.5", chip.total()));
  }

  private static Claim claim(String part, String printed, Joules ours) {
    return Claim.of("fig. 5", part, "pJ", printed, ours.picojoules()).because(origin());
  }

  /// The agreement alone would be an empty boast.
  private static String origin() {
    EnergyTerms scaled =
        new ElementaryOperation(5, PBIT, PaperPreset.QMC.convention()).energyOfOneSample(SRAM);
    return String.format(
        Locale.ROOT,
        """
        The constants of qmc65 are these components divided by their counts: that they add up \
        shows no more than that the operations are counted alike. From the constants of figure 6 \
        at 8 bits the synapse would take %.3f pJ and the neuron %.3f pJ.\
        """,
        scaled.synapse().picojoules(),
        scaled.neuron().picojoules());
  }

  private static Figure components() {
    EnergyTerms network = ElementaryOperation.of(Figure6.FAN_IN, PBIT).energyOfOneSample(SRAM);
    return new Figure(
        "fig5-components",
        "What an elementary operation spends its energy on (the paper's fig. 5)",
        String.format(
            Locale.ROOT,
            """
            Shares of one neuron with its synapses, at T = 1: the chip (n = 5, weights of 8 bits, \
            %.2f pJ) and VGG5 as figure 6 has it (n = %d, weights of 32 bits in SRAM, read by each \
            neuron anew, %.1f pJ). Arithmetic dominates the one, memory the other.\
            """,
            chip().total().picojoules(),
            Figure6.FAN_IN,
            network.total().picojoules()),
        Axis.of("Component", List.of("memory", "synapse", "neuron", "overhead")),
        Axis.linear("Share of the energy", "%"),
        List.of(shares("chip", chip()), shares("VGG5", network)));
  }

  private static EnergyTerms chip() {
    PaperPreset qmc = PaperPreset.QMC;
    return new EnergyModel(Technology.named(qmc.technology()), qmc.convention())
        .breakdown(qmc.workload())
        .at(1);
  }

  private static Joules memory(EnergyTerms energy) {
    return energy.weights().plus(energy.activations());
  }

  private static Series shares(String name, EnergyTerms energy) {
    List<Joules> parts =
        List.of(memory(energy), energy.synapse(), energy.neuron(), energy.overhead());
    return Charts.bars(
        name, "%.1f %%", parts.stream().map(part -> 100 * part.dividedBy(energy.total())).toList());
  }
}
