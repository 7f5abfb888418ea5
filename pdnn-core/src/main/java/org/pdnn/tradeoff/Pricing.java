package org.pdnn.tradeoff;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.energy.BitWidths;
import org.pdnn.energy.ChargedLayers;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyBreakdown;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Joules;
import org.pdnn.energy.LayerEnergy;
import org.pdnn.energy.Technology;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.Lowering;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Precision;

/// The one place where a run of a network gets its price: by its T, scheme, last hidden layer and
/// weights.
///
/// A network whose weights have few bits has 8 of them in its first and last layer, and reads
/// inputs of 8 bits, be it random or deterministic; its scales are free (ours). One in real numbers
/// has 32 bits throughout.
///
/// @param convention all that a run does not say
public record Pricing(Technology technology, Convention convention) {
  /// What the algorithm does, layer by layer.
  public static Pricing strict(Technology technology) {
    return new Pricing(technology, Convention.STRICT);
  }

  /// The same prices in another technology.
  public Pricing in(Technology other) {
    return new Pricing(other, convention);
  }

  /// The price of a trial.
  public Configuration of(Trial trial) {
    Setting setting = trial.setting();
    EnergyModel model =
        model(setting.scheme().orElse(Scheme.INDEPENDENT), setting.last(), setting.weights());
    EnergyBreakdown energy = model.breakdown(trial.workload());
    Joules first =
        energy.layers().stream()
            .filter(layer -> layer.work().size().macs() > 0)
            .findFirst()
            .map(layer -> at(layer, setting.samples()))
            .orElse(Joules.ZERO);
    return new Configuration(trial, energy.at(setting.samples()).total(), first);
  }

  private static Joules at(LayerEnergy layer, int samples) {
    return layer.at(samples).total();
  }

  /// The energy model of runs of a kind.
  public EnergyModel model(Scheme scheme, LastHidden last, Precision weights) {
    return new EnergyModel(technology, charged(scheme, last, weights));
  }

  /// The convention with what such runs say.
  public Convention charged(Scheme scheme, LastHidden last, Precision weights) {
    return convention.withScheme(scheme).withLast(last).withWidths(widths(weights));
  }

  /// The energies of a bit of the weights' memory, e_wM, at which one trial costs at most so many
  /// times another; a range without an end on one side, both being affine in e_wM.
  public MemoryRange memory(Trial one, Trial other, double times) {
    double atZero = without(one) - times * without(other);
    double own = slope(one);
    double perPicojoule = own - times * slope(other);
    // What rounding leaves of two equal slopes is none.
    return MemoryRange.where(atZero, Math.abs(perPicojoule) < 1e-9 * own ? 0 : perPicojoule);
  }

  private double without(Trial trial) {
    return in(technology.withWeightMemory(Joules.ZERO)).of(trial).energy().picojoules();
  }

  private double slope(Trial trial) {
    Technology one = technology.withWeightMemory(Joules.ofPicojoules(1));
    return in(one).of(trial).energy().picojoules() - without(trial);
  }

  /// What is taken for granted, one sentence each: the convention's, but for what a run says.
  public List<String> assumptions() {
    List<String> all = new ArrayList<>();
    all.add(
        "each point has the T, scheme, weight bits and last layer that it was measured with,"
            + " whatever the convention says");
    all.add(
        "networks of few-bit weights have weights of %s bits in their first and last layer; scales are free (ours)"
            .formatted(Lowering.EDGE.bits()));
    if (convention.layers() == ChargedLayers.AS_THEY_ARE) {
      all.add(
          "they read inputs of %s bits, unless told otherwise (ours)".formatted(InputGrid.BITS));
    }
    all.addAll(convention.assumptions());
    return List.copyOf(all);
  }

  private BitWidths widths(Precision weights) {
    BitWidths widths = convention.widths();
    if (weights.weights().isEmpty()) {
      return widths;
    }
    BitWidths fewBits =
        widths.withWeight(weights.weights().get().bits()).withEdge(Lowering.EDGE.bits());
    boolean told = widths.input().isPresent() || convention.layers() == ChargedLayers.LIKE_HIDDEN;
    return told ? fewBits : fewBits.withInput(Math.min(InputGrid.BITS, widths.activation()));
  }
}
