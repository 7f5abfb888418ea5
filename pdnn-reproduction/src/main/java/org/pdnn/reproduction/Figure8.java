package org.pdnn.reproduction;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Operation;
import org.pdnn.energy.PaperPreset;
import org.pdnn.energy.Technology;
import org.pdnn.energy.UniformNeurons;
import org.pdnn.energy.Workload;
import org.pdnn.network.Neuron;
import org.pdnn.report.Axis;
import org.pdnn.report.Column;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Rows;
import org.pdnn.report.Series;
import org.pdnn.report.Table;

/// The gain on the FPGA against the energy of its memory: equation 3, activations in words of 32
/// bits in both designs.
final class Figure8 {
  private static final PaperPreset VAE = PaperPreset.FPGA_VAE;
  private static final Technology FPGA = Technology.named(VAE.technology());
  private static final Joules BLOCK_RAM = FPGA.cost(Operation.WEIGHT_BIT);
  private static final double STEP = 0.125;

  static Reproduction computed() {
    return new Reproduction("fig8", "figure 8", "Gain on the FPGA")
        .claim(claims())
        .add(chart())
        .add(components());
  }

  private static List<Claim> claims() {
    double gain = gain(VAE.workload(), BLOCK_RAM);
    return List.of(
        Claim.of("fig. 8", "gain without memories", "", "60.18", gain(VAE.workload(), Joules.ZERO)),
        Claim.of("fig. 8", "gain with block RAM, predicted", "", "2.28", gain)
            .because(noFanInSuffices(gain)),
        Claim.notComputed(
            "fig. 8",
            "gain with block RAM, measured",
            "",
            "2.55",
            "The paper measured it on its board; table 2 has the powers that it comes from."));
  }

  /// The gain grows with the fan-in, towards the ratio of what one synapse takes in either design.
  private static String noFanInSuffices(double gain) {
    Workload wide = new UniformNeurons("wide", 1, 1_000_000, Neuron.parse("pbit:tanh"));
    return String.format(
            Locale.ROOT,
            "Equation 3 with the printed constants gives %.4f for n = 32, and no fan-in brings it",
            gain)
        + String.format(
            Locale.ROOT,
            " above %.3f; the paper does not say what else it counts.",
            gain(wide, BLOCK_RAM));
  }

  private static Figure chart() {
    List<Point> curve =
        IntStream.rangeClosed(0, 24)
            .mapToDouble(i -> i * STEP)
            .mapToObj(e -> Point.of(e, gain(VAE.workload(), Joules.ofPicojoules(e))))
            .toList();
    double blockRam = BLOCK_RAM.picojoules();
    return new Figure(
        "fig8-gain",
        "Gain against the energy of memory (the paper's fig. 8)",
        "Energy of the 32-bit deterministic twin over that of the p-bits at T = 1, weights and"
            + " activations in the same memory; block RAM takes %s pJ/bit. Hollow: the paper's"
                .formatted(blockRam)
            + " prediction.",
        Axis.linear("Energy of memory", "pJ/bit"),
        Axis.log10("Gain", ""),
        List.of(
            Series.line("ours", curve),
            Series.markers(
                    "paper, predicted", List.of(Point.of(0, 60.18), Point.of(blockRam, 2.28)))
                .of("ours")
                .in(Series.Stroke.DASHED),
            Series.markers("paper, measured", List.of(Point.of(blockRam, 2.55)))));
  }

  /// What energy is spent on.
  private record Component(String name, Function<EnergyTerms, Joules> of) {}

  private static Table components() {
    EnergyTerms pbit = energy(VAE.workload(), BLOCK_RAM);
    EnergyTerms twin = energy(VAE.workload().twin(), BLOCK_RAM);
    return new Rows<>(
            List.of(
                new Component("weights", EnergyTerms::weights),
                new Component("activations", EnergyTerms::activations),
                new Component("synapses", EnergyTerms::synapse),
                new Component("neurons", EnergyTerms::neuron),
                new Component("total", EnergyTerms::total)))
        .add("component", "Component", Component::name)
        .add(
            Column.of("pbitNanojoules", "p-bits").in("nJ").as("%,.2f"),
            one -> one.of().apply(pbit).nanojoules())
        .add(
            Column.of("deterministicNanojoules", "deterministic").in("nJ").as("%,.2f"),
            one -> one.of().apply(twin).nanojoules())
        .table(
            "fig8-components",
            "One inference with block RAM",
            "1,242 neurons of fan-in 32, by what the energy is spent on.");
  }

  private static double gain(Workload workload, Joules perBit) {
    return energy(workload.twin(), perBit).total().dividedBy(energy(workload, perBit).total());
  }

  private static EnergyTerms energy(Workload workload, Joules perBit) {
    Technology fpga = FPGA.withWeightMemory(perBit).withActivationMemory(perBit);
    return new EnergyModel(fpga, VAE.convention()).energy(workload, 1);
  }
}
