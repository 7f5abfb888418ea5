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
  private final boolean[] joined;

  OpenOutputs(Network network) {
    int layers = network.layers().size();
    boolean[] joins = new boolean[layers];
    boolean[] leaves = new boolean[layers];
    Readers readers = Readers.of(network);
    for (int i = layers - 1; i >= 0; i--) {
      leaves[i] = readers.of(i).isEmpty();
      for (int reader : readers.of(i)) {
        switch (network.layers().get(reader)) {
          case Neurons _ -> {}
          case BatchNorm _, Pool _, Rearrangement _ -> {
            joins[i] |= joins[reader];
            leaves[i] |= leaves[reader];
          }
          case Weighted _, Scaling _ -> leaves[i] = true;
          case Join _ -> joins[i] = true;
        }
      }
    }
    // Pre-activations, be they pooled or normalised: counted where they were made.
    boolean[] made = new boolean[layers];
    counted = new boolean[layers];
    joined = new boolean[layers];
    for (int i = 0; i < layers; i++) {
      int read = network.reads(i).getFirst();
      boolean before = read != Place.INPUT && made[read];
      switch (network.layers().get(i)) {
        case Weighted _ -> {
          made[i] = true;
          counted[i] = leaves[i];
          joined[i] = joins[i] && !leaves[i];
        }
        case BatchNorm _ -> {
          made[i] = true;
          counted[i] = !before && leaves[i];
          joined[i] = !before && joins[i] && !leaves[i];
        }
        case Pool _, Rearrangement _ -> made[i] = before;
        case Scaling _, Neurons _, Join _ -> {}
      }
    }
  }

  /// Whether a layer makes pre-activations that go on to weights or norms, or out: one of weights,
  /// or a batch norm that reads none. They count as neurons.
  boolean counted(int layer) {
    return counted[layer];
  }

  /// Whether a layer makes pre-activations that go on to joins alone: they are written, no more.
  boolean joined(int layer) {
    return joined[layer];
  }
}
