package org.pdnn.tradeoff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.energy.BitWidths;
import org.pdnn.energy.ChargedLayers;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.Lowering;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Precision;

/// Prices measured points as they were run: by their T, scheme, weight bits and last layer.
///
/// A network in integers has weights of 8 bits in its first and last layer, and reads inputs of 8
/// bits; its scales are free (ours). One in real numbers has 32 bits throughout.
///
/// @param convention all that a result does not say
public record Pricing(Technology technology, Convention convention) {

  /// The configuration that a line of results measured.
  ///
  /// @param network that of the line
  /// @throws IllegalArgumentException if it was averaged layer by layer, which has no price
  public Configuration of(ResultFile.Line line, Network network) {
    ResultFile.Origin run = line.provenance();
    if (run.averaging() == Averaging.LAYER) {
      throw new IllegalArgumentException(
          "%s was averaged layer by layer, which no equation prices; leave that result out"
              .formatted(line.model()));
    }
    Precision weights = Precision.ofSampler(run.sampler());
    Workload workload = Workload.of(network);
    Optional<Scheme> scheme = network.random() ? line.scheme() : Optional.empty();
    if (network.random() && scheme.isEmpty()) {
      throw new IllegalArgumentException(
          "%s draws random words, but its result is that of a deterministic network; measure it again"
              .formatted(line.model()));
    }
    Setting setting =
        new Setting(
            line.model(),
            workload.hidden().orElseThrow(),
            line.samples(),
            scheme,
            weights,
            run.last(),
            run.outputs());
    Convention charged =
        scheme
            .map(convention::withScheme)
            .orElse(convention)
            .withLast(run.last())
            .withWidths(widths(weights));
    return new Configuration(
        setting,
        line.accuracy(),
        new EnergyModel(technology, charged).energy(workload, line.samples()).total());
  }

  /// What is taken for granted, one sentence each: the convention's, but for what results say.
  public List<String> assumptions() {
    List<String> all = new ArrayList<>();
    all.add(
        "each point has the T, scheme, weight bits and last layer that it was measured with,"
            + " whatever the convention says");
    all.add(
        "networks in integers have weights of %s bits in their first and last layer; scales are free (ours)"
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
    BitWidths integers =
        widths.withWeight(weights.weights().get().bits()).withEdge(Lowering.EDGE.bits());
    boolean told = widths.input().isPresent() || convention.layers() == ChargedLayers.LIKE_HIDDEN;
    return told ? integers : integers.withInput(Math.min(InputGrid.BITS, widths.activation()));
  }
}
