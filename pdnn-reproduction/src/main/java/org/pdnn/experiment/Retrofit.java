package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.pdnn.integer.QuantiseWeights;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;

/// A trained network made into another without training it again. Batch norms are folded.
///
/// @param weights what weights are rounded to; empty for 32 bits
/// @param edges whether the first and the last layer are rounded as the others are; if not, they
///   keep 8 bits
/// @param afterPools whether deterministic neurons first move after the max pools, which changes
///   nothing; what stands in their place is then random there
/// @param neuron what stands in place of every neuron; empty for what was trained
public record Retrofit(
    Optional<WeightFormat> weights, boolean edges, boolean afterPools, Optional<Neuron> neuron) {
  /// The network as it was trained.
  public static final Retrofit NONE =
      new Retrofit(Optional.empty(), false, false, Optional.empty());

  /// Other neurons in place of those that were trained.
  public static Retrofit neurons(Neuron neuron, boolean afterPools) {
    return new Retrofit(Optional.empty(), false, afterPools, Optional.of(neuron));
  }

  /// Rounded weights, neurons after the pools.
  public static Retrofit weights(WeightFormat format, boolean edges) {
    return new Retrofit(Optional.of(format), edges, true, Optional.empty());
  }

  public Retrofit withNeuron(Neuron other) {
    return new Retrofit(weights, edges, afterPools, Optional.of(other));
  }

  /// The other network.
  Network of(Network trained) {
    Network folded = FoldBatchNorm.apply(trained);
    Network rounded =
        weights
            .map(format ->
                edges
                    ? QuantiseWeights.everywhere(folded, format)
                    : QuantiseWeights.apply(folded, format))
            .orElse(folded);
    Network moved = afterPools ? MoveNeuronsAfterPool.apply(rounded) : rounded;
    return neuron.map(other -> moved.withNeurons(own -> other)).orElse(moved);
  }

  ObjectNode recipe() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    weights.ifPresent(format -> json.put("weights", format.toString()).put("edges", edges));
    neuron.ifPresent(other -> json.put("neuron", other.toString()).put("behindPools", afterPools));
    return json;
  }

  @Override
  public String toString() {
    return "%s-bit weights, %s"
        .formatted(
            weights.map(WeightFormat::toString).orElse("32"),
            neuron
                .map(other -> other + (afterPools ? " after pools" : " before pools"))
                .orElse("neurons as trained"));
  }
}
