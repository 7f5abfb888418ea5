package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.integer.Coding;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.Readout;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Pool;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Scaling;
import org.pdnn.network.TransposedConvolution;

/// The networks that have a circuit: dense layers, one after the other, with p-bits of one kind
/// between them.
///
/// @param network in integers
/// @param layers those of p-bits
/// @param last that of the outputs
/// @param readout what makes outputs of its sums
record Chain(IntegerNetwork network, List<PBitLayer> layers, WeightLayer last, Readout readout) {
  Chain {
    layers = List.copyOf(layers);
  }

  /// @throws IllegalArgumentException naming the layer that has no circuit, and what would
  static Chain of(Network network, WeightFormat format, InputGrid grid) {
    network.requireChain("the accelerator");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      String why = refusal(layer);
      if (!why.isEmpty()) {
        throw new IllegalArgumentException(
            "layer %s has no circuit: %s".formatted(network.name(i), why));
      }
      if (layer instanceof Dense) {
        names.add(network.name(i));
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("the network has no dense layer, and no circuit");
    }
    return read(Lowering.of(network, format, grid).result(), names);
  }

  /// Why a layer has no circuit; empty if it has.
  private static String refusal(Layer layer) {
    return switch (layer) {
      case Dense _, BatchNorm _, Rearrangement _ -> "";
      case Neurons(Neuron.PBit _) -> "";
      case Neurons(Neuron neuron) ->
          "its neurons are %s; use p-bits, as pbit:sigmoid".formatted(neuron);
      case Convolution _, TransposedConvolution _ -> "it is a convolution; use dense layers";
      case Embedding _ -> "it is an embedding; use dense layers";
      case Pool _ -> "it is a pool; use dense layers";
      case Scaling _ -> "it computes in real numbers; use batch norms, which are folded";
      case Join _ -> "it joins two paths; use one layer after the other";
    };
  }

  private static Chain read(IntegerNetwork network, List<String> names) {
    List<PBitLayer> layers = new ArrayList<>();
    List<IntegerNetwork.Node> nodes = network.nodes();
    int most = InputGrid.MOST;
    int at = 0;
    while (at + 1 < nodes.size()
        && nodes.get(at).layer() instanceof IntegerLayer.Linear linear
        && nodes.get(at + 1).layer() instanceof IntegerLayer.PBits pbits
        && pbits.pool().isEmpty()) {
      String name = names.get(layers.size());
      layers.add(
          new PBitLayer(
              new WeightLayer(name, linear.weights(), most),
              linear.affine(),
              pbits.curve(),
              pbits.address()));
      most = nodes.get(at + 1).values().coding().map(Coding::most).orElseThrow();
      at += 2;
    }
    if (layers.isEmpty()
        || at != nodes.size() - 1
        || !(nodes.get(at).layer() instanceof IntegerLayer.Logits logits)) {
      throw new IllegalArgumentException(
          "layer %s has no circuit where it stands; put p-bits after each dense layer but the last, and batch norms between the two"
              .formatted(names.get(Math.min(layers.size(), names.size() - 1))));
    }
    for (PBitLayer layer : layers) {
      if (layer.curve() != layers.getFirst().curve()) {
        throw new IllegalArgumentException(
            "layer %s has no circuit: its p-bits differ from those of layer %s; use one kind"
                .formatted(layer.weights().name(), layers.getFirst().weights().name()));
      }
    }
    return new Chain(
        network,
        layers,
        new WeightLayer(names.getLast(), logits.weights(), most),
        logits.readout());
  }
}
