package org.pdnn.energy;

import org.pdnn.network.BatchNorm;
import org.pdnn.network.Join;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Pool;
import org.pdnn.network.Readers;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Scaling;
import org.pdnn.network.Weighted;

/// Pre-activations that go on without a neuron: to a join, to further weights or norms, or out of
/// the network.
final class OpenOutputs {
  private final boolean[] counted;

  OpenOutputs(Network network) {
    int layers = network.layers().size();
    boolean[] goesOn = new boolean[layers];
    Readers readers = Readers.of(network);
    for (int i = layers - 1; i >= 0; i--) {
      goesOn[i] =
          readers.of(i).isEmpty()
              || readers.of(i).stream()
                  .anyMatch(reader ->
                      switch (network.layers().get(reader)) {
                        case Neurons _ -> false;
                        case BatchNorm _, Pool _, Rearrangement _ -> goesOn[reader];
                        case Weighted _, Scaling _, Join _ -> true;
                      });
    }
    // Pre-activations, be they pooled or normalised: counted where they were made.
    boolean[] made = new boolean[layers];
    counted = new boolean[layers];
    for (int i = 0; i < layers; i++) {
      int read = network.reads(i).getFirst();
      boolean before = read != Place.INPUT && made[read];
      switch (network.layers().get(i)) {
        case Weighted _ -> {
          made[i] = true;
          counted[i] = goesOn[i];
        }
        case BatchNorm _ -> {
          made[i] = true;
          counted[i] = !before && goesOn[i];
        }
        case Pool _, Rearrangement _ -> made[i] = before;
        case Scaling _, Neurons _, Join _ -> {}
      }
    }
  }

  /// Whether a layer makes such pre-activations: one of weights, or a batch norm that reads none.
  boolean counted(int layer) {
    return counted[layer];
  }
}
