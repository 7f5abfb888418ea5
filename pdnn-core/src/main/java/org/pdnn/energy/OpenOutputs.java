package org.pdnn.energy;

import org.pdnn.network.BatchNorm;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Pool;
import org.pdnn.network.Readers;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Weighted;

/// Pre-activations that go on without a neuron: to a join, to further weights, or out of the
/// network.
final class OpenOutputs {
  private final Network network;
  private final Readers readers;

  OpenOutputs(Network network) {
    this.network = network;
    this.readers = Readers.of(network);
  }

  /// Whether a layer makes such pre-activations: one of weights, or a batch norm that reads none.
  boolean counted(int layer) {
    return switch (network.layers().get(layer)) {
      case Weighted _ -> goesOn(layer);
      case BatchNorm _ -> !fed(network.reads(layer).getFirst()) && goesOn(layer);
      case Pool _, Rearrangement _, Neurons _, Join _ -> false;
    };
  }

  /// Whether something other than neurons reads what a layer gives, be it pooled or normalised.
  private boolean goesOn(int layer) {
    return readers.of(layer).isEmpty()
        || readers.of(layer).stream()
            .anyMatch(reader ->
                switch (network.layers().get(reader)) {
                  case Neurons _ -> false;
                  case Weighted _, Join _ -> true;
                  case BatchNorm _, Pool _, Rearrangement _ -> goesOn(reader);
                });
  }

  /// Whether a value is a pre-activation that is counted where it was made.
  private boolean fed(int from) {
    if (from == Place.INPUT) {
      return false;
    }
    Layer layer = network.layers().get(from);
    return switch (layer) {
      case Weighted _, BatchNorm _ -> true;
      case Neurons _, Join _ -> false;
      case Pool _, Rearrangement _ -> fed(network.reads(from).getFirst());
    };
  }
}
