package org.pdnn.energy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.network.Network;

/// Prices workloads: work by a convention, times the constants of a technology.
///
/// ```java
/// EnergyModel model = EnergyModel.of(Technology.named("sram65"));
/// model.breakdown(network).at(10).total(); // joules an input takes at T = 10
/// model.points(Workload.of(network), 1, 32); // the same for a curve, with the gain
/// ```
public record EnergyModel(Technology technology, Convention convention) {
  /// A sweep of more points is taken for a mistake.
  private static final int MOST_POINTS = 100_000;

  /// The paper's convention.
  public static EnergyModel of(Technology technology) {
    return new EnergyModel(technology, Convention.PAPER);
  }

  /// The energy of one input of a network, equation 4, layer by layer.
  public EnergyBreakdown breakdown(Network network) {
    return breakdown(Workload.of(network));
  }

  /// The energy of one input, equation 4, layer by layer.
  public EnergyBreakdown breakdown(Workload workload) {
    Technology placed = convention.memory().in(technology);
    return new EnergyBreakdown(
        workload.work(convention).stream().map(layer -> new LayerEnergy(layer, placed)).toList());
  }

  /// The energy of work that was counted by this model's convention. A sweep over technologies
  /// counts once and prices often.
  public EnergyTerms price(Work work) {
    return EnergyTerms.of(work, convention.memory().in(technology));
  }

  /// E(32-bit deterministic twin) / E(workload at T samples), both by this convention.
  public double gain(Workload workload, int samples) {
    return points(workload, samples, samples).getFirst().gain();
  }

  /// The energy of one input for each T from `from` to `to`.
  public List<EnergyPoint> points(Workload workload, int from, int to) {
    Check.requireAtLeastOne("samples", from);
    if (to < from || to - from >= MOST_POINTS) {
      throw new IllegalArgumentException(
          "samples must run upwards over at most %s points, got %s to %s"
              .formatted(MOST_POINTS, from, to));
    }
    EnergyBreakdown energy = breakdown(workload);
    Joules twin = breakdown(workload.twin()).at(1).total();
    return IntStream.rangeClosed(from, to).mapToObj(t -> point(energy.at(t), twin, t)).toList();
  }

  /// The energy of one input at T samples for a row of weight memories, from `from` to at most `to`
  /// in steps, all three for one bit. Only e_wM changes; set both memories by [Technology#with].
  public List<MemoryPoint> sweepWeightMemory(
      Workload workload, int samples, Joules from, Joules to, Joules step) {
    Check.requireAtLeastOne("samples", samples);
    double steps = step.compareTo(Joules.ZERO) > 0 ? to.plus(from.times(-1)).dividedBy(step) : -1;
    if (!(steps >= 0 && steps < MOST_POINTS)) {
      throw new IllegalArgumentException(
          "memory energies must run upwards over at most %s points, got %s to %s by %s"
              .formatted(MOST_POINTS, from, to, step));
    }
    Work work = workload.work(convention, samples);
    Work twinWork = workload.twin().work(convention, 1);
    List<MemoryPoint> points = new ArrayList<>();
    // 0 to 5 by 0.1 is 49.999... steps in binary and shall include 5.
    for (int i = 0; i <= steps + 1e-9; i++) {
      Joules perBit = from.plus(step.times(i));
      EnergyModel changed = new EnergyModel(technology.withWeightMemory(perBit), convention);
      Joules twin = changed.price(twinWork).total();
      points.add(new MemoryPoint(perBit, point(changed.price(work), twin, samples)));
    }
    return points;
  }

  /// The energy of one input at T samples for each b_w from `from` to `to`. The twin's weights have
  /// as many bits.
  public List<BitsPoint> sweepWeightBits(Workload workload, int samples, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(bits -> {
          BitWidths widths = convention.widths().withWeight(bits);
          EnergyModel changed = new EnergyModel(technology, convention.withWidths(widths));
          return new BitsPoint(bits, changed.points(workload, samples, samples).getFirst());
        })
        .toList();
  }

  private static EnergyPoint point(EnergyTerms energy, Joules twin, int samples) {
    return new EnergyPoint(samples, energy, twin.dividedBy(energy.total()));
  }
}
