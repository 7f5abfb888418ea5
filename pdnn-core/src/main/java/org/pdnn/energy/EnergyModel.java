package org.pdnn.energy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;

/// Prices networks: work by a convention, times the constants of a technology.
///
/// ```java
/// EnergyModel model = EnergyModel.of(Technology.named("sram65"));
/// model.breakdown(network).at(10).total(); // joules an input takes at T = 10
/// model.points(network, 1, 32); // the same for a curve, with the gain
/// ```
///
/// @param last what the last random neurons hand on; the paper's convention knows bits only
public record EnergyModel(Technology technology, Convention convention, LastLayer last) {
  /// A sweep of more points is taken for a mistake.
  private static final int MOST_POINTS = 100_000;

  public EnergyModel {
    if (convention == Convention.PAPER && last == LastLayer.EXPECTATION) {
      throw new IllegalArgumentException(
          "the paper's convention charges every layer as bits and has no expectations; use"
              + " convention strict");
    }
  }

  /// The paper's convention.
  public static EnergyModel of(Technology technology) {
    return of(technology, Convention.PAPER);
  }

  /// With bits handed on throughout.
  public static EnergyModel of(Technology technology, Convention convention) {
    return new EnergyModel(technology, convention, LastLayer.BITS);
  }

  /// How often each layer does what.
  public List<LayerWork> work(Network network) {
    return switch (convention) {
      case PAPER -> PaperWork.of(network);
      case STRICT -> StrictWork.of(network, last);
    };
  }

  /// The energy of one input, equation 4, layer by layer.
  public EnergyBreakdown breakdown(Network network) {
    return new EnergyBreakdown(
        work(network).stream()
            .map(layer ->
                new LayerEnergy(
                    layer.index(),
                    layer.name(),
                    EnergyTerms.of(layer.once(), technology),
                    EnergyTerms.of(layer.perSample(), technology)))
            .toList());
  }

  /// E(32-bit deterministic twin) / E(network at T samples), both by this convention.
  public double gain(Network network, int samples) {
    return points(network, samples, samples).getFirst().gain();
  }

  /// The energy of one input for each T from `from` to `to`.
  public List<EnergyPoint> points(Network network, int from, int to) {
    Check.requireAtLeastOne("samples", from);
    if (to < from || to - from >= MOST_POINTS) {
      throw new IllegalArgumentException(
          "samples must run upwards over at most %d points, got %d to %d"
              .formatted(MOST_POINTS, from, to));
    }
    EnergyBreakdown energy = breakdown(network);
    Joules twin = breakdown(twin(network)).at(1).total();
    return IntStream.rangeClosed(from, to).mapToObj(t -> point(energy.at(t), twin, t)).toList();
  }

  /// The energy of one input at T samples for a row of weight memories, from `from` to at most `to`
  /// in steps, all three for one bit. Only e_wM changes; set both memories by [Technology#with].
  public List<MemoryPoint> sweepWeightMemory(
      Network network, int samples, Joules from, Joules to, Joules step) {
    Check.requireAtLeastOne("samples", samples);
    double steps = step.compareTo(Joules.ZERO) > 0 ? to.plus(from.times(-1)).dividedBy(step) : -1;
    if (!(steps >= 0 && steps < MOST_POINTS)) {
      throw new IllegalArgumentException(
          "memory energies must run upwards over at most %d points, got %s to %s by %s"
              .formatted(MOST_POINTS, from, to, step));
    }
    Work work = total(network, samples);
    Work twinWork = total(twin(network), 1);
    List<MemoryPoint> points = new ArrayList<>();
    // 0 to 5 by 0.1 is 49.999... steps in binary and shall include 5.
    for (int i = 0; i <= steps + 1e-9; i++) {
      Joules perBit = from.plus(step.times(i));
      Technology changed = technology.withWeightMemory(perBit);
      Joules twin = EnergyTerms.of(twinWork, changed).total();
      points.add(new MemoryPoint(perBit, point(EnergyTerms.of(work, changed), twin, samples)));
    }
    return points;
  }

  /// The work of all layers for T samples.
  private Work total(Network network, int samples) {
    return work(network).stream()
        .map(layer -> layer.once().plus(layer.perSample().times(samples)))
        .reduce(Work.NONE, Work::plus);
  }

  private static EnergyPoint point(EnergyTerms energy, Joules twin, int samples) {
    return new EnergyPoint(samples, energy, twin.dividedBy(energy.total()));
  }

  private static Network twin(Network network) {
    return network.withNeurons(neuron -> Neuron.deterministic(neuron.activation()));
  }
}
