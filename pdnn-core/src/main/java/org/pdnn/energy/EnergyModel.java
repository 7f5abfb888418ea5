package org.pdnn.energy;

import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.names.Limits;
import org.pdnn.network.Network;

/// Prices workloads: work by a convention, times the constants of a technology.
///
/// ```java
/// EnergyModel model = EnergyModel.paper(Technology.named("sram65"));
/// model.energy(network, 10).total(); // joules an input takes at T = 10
/// model.points(Workload.of(network), 1, 32); // the same for a curve, with the gain
/// ```
public record EnergyModel(Technology technology, Convention convention) {
  /// A sweep of more points is taken for a mistake.
  private static final int MOST_POINTS = 100_000;

  /// By the paper's convention, to compute its figures again; `tradeoff.Pricing` is for the rest.
  public static EnergyModel paper(Technology technology) {
    return new EnergyModel(technology, Convention.PAPER);
  }

  /// The energy of one input of a network, equation 4, layer by layer.
  public EnergyBreakdown breakdown(Network network) {
    return breakdown(Workload.of(network));
  }

  /// The energy of one input, equation 4, layer by layer.
  public EnergyBreakdown breakdown(Workload workload) {
    return new EnergyBreakdown(
        workload.work(convention).stream().map(layer -> new LayerEnergy(layer, placed())).toList());
  }

  /// The energy of one input of a network at T samples.
  public EnergyTerms energy(Network network, int samples) {
    return energy(Workload.of(network), samples);
  }

  /// The energy of one input at T samples.
  public EnergyTerms energy(Workload workload, int samples) {
    return breakdown(workload).at(samples);
  }

  /// The energy of work that was counted by this model's convention. A sweep over technologies
  /// counts once and prices often.
  public EnergyTerms price(Work work) {
    return EnergyTerms.of(work, placed());
  }

  /// The technology with activations where the convention keeps them.
  public Technology placed() {
    return convention.memory().in(technology);
  }

  /// E(32-bit deterministic twin) / E(workload at T samples), both by this convention.
  public double gain(Workload workload, int samples) {
    return points(workload, samples, samples).getFirst().gain();
  }

  /// The energy of one input for each T from `from` to `to`.
  public List<EnergyPoint> points(Workload workload, int from, int to) {
    Limits.atLeast("samples", 1, from);
    if (to < from || to - from >= MOST_POINTS) {
      throw new IllegalArgumentException(
          "samples must run upwards over at most %s points, got %s to %s"
              .formatted(MOST_POINTS, from, to));
    }
    EnergyBreakdown energy = breakdown(workload);
    Joules twin = energy(workload.twin(), 1).total();
    return IntStream.rangeClosed(from, to).mapToObj(t -> point(energy.at(t), twin, t)).toList();
  }

  /// The energy of one input at T samples for each energy of a bit of the weights' memory, in their
  /// order. Only e_wM changes; set both memories by [Technology#with].
  public List<EnergyPoint> sweepWeightMemory(Workload workload, int samples, List<Joules> perBit) {
    Work work = workload.work(convention, samples);
    Work twin = workload.twin().work(convention, 1);
    return perBit.stream()
        .map(bit -> new EnergyModel(technology.withWeightMemory(bit), convention))
        .map(changed -> point(changed.price(work), changed.price(twin).total(), samples))
        .toList();
  }

  /// The energy of one input at T samples for each b_w, in their order. The twin's weights have as
  /// many bits.
  public List<EnergyPoint> sweepWeightBits(
      Workload workload, int samples, List<Integer> weightBits) {
    return weightBits.stream()
        .map(bits -> convention.withWidths(convention.widths().withWeight(bits)))
        .map(changed -> new EnergyModel(technology, changed))
        .map(changed -> changed.points(workload, samples, samples).getFirst())
        .toList();
  }

  private static EnergyPoint point(EnergyTerms energy, Joules twin, int samples) {
    return new EnergyPoint(samples, energy, twin.dividedBy(energy.total()));
  }
}
