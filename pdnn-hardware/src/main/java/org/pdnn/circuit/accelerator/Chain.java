package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.circuit.accelerator.PBitLayer.Pooling;
import org.pdnn.circuit.accelerator.PBitLayer.Rule;
import org.pdnn.integer.Coding;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.Readout;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Scaling;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Weighted;
import org.pdnn.network.Window;

/// The networks that have a circuit: convolutions and dense layers, one after the other, with
/// p-bits of one kind between them, and max pools beside those.
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
      if (layer instanceof Weighted) {
        names.add(network.name(i));
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("the network has no layer of weights, and no circuit");
    }
    return read(Lowering.of(network, format, grid).result(), names);
  }

  /// Why a layer has no circuit; empty if it has.
  private static String refusal(Layer layer) {
    return switch (layer) {
      case Dense _, BatchNorm _, Rearrangement _ -> "";
      case Convolution convolution ->
          convolution.groups() == 1 ? "" : "it is a convolution in groups; use one group";
      case Neurons(Neuron.PBit _) -> "";
      case Neurons(Neuron neuron) ->
          "its neurons are %s; use p-bits, as pbit:sigmoid".formatted(neuron);
      case MaxPool(Window window) ->
          window.padded() || window.ceil()
              ? "it is a pool over the border; use one without padding"
              : "";
      case TransposedConvolution _ ->
          "it is a transposed convolution; use convolutions and dense layers";
      case Embedding _ -> "it is an embedding; use convolutions and dense layers";
      case AveragePool _, GlobalAveragePool _ -> "it is a mean; use max pools";
      case Scaling _ -> "it computes in real numbers; use batch norms, which are folded";
      case Join _ -> "it joins two paths; use one layer after the other";
    };
  }

  private static Chain read(IntegerNetwork network, List<String> names) {
    List<PBitLayer> layers = new ArrayList<>();
    List<IntegerNetwork.Node> nodes = network.nodes();
    int most = InputGrid.MOST;
    int at = 0;
    while (at + 1 < nodes.size() && nodes.get(at).layer() instanceof IntegerLayer.Linear linear) {
      Optional<Pooling> first = Optional.empty();
      if (nodes.get(at + 1).layer() instanceof IntegerLayer.Greatest(Window window)) {
        first = Optional.of(new Pooling(window, Rule.GREATEST));
        at++;
      }
      if (at + 1 == nodes.size()
          || !(nodes.get(at + 1).layer() instanceof IntegerLayer.PBits pbits)
          || (first.isPresent() && pbits.pool().isPresent())) {
        break;
      }
      layers.add(
          new PBitLayer(
              new WeightLayer(names.get(layers.size()), linear.weights(), most),
              linear.affine(),
              first.or(() -> pbits.pool().map(window -> new Pooling(window, Rule.EITHER))),
              pbits.curve(),
              pbits.address()));
      most = nodes.get(at + 1).values().coding().map(Coding::most).orElseThrow();
      at += 2;
    }
    if (layers.isEmpty()
        || at != nodes.size() - 1
        || !(nodes.get(at).layer() instanceof IntegerLayer.Logits logits)
        || logits.weights().geometry().sums() != logits.weights().geometry().outputs()) {
      throw new IllegalArgumentException(
          "layer %s has no circuit where it stands; put p-bits, and max pools beside them, after each layer of weights but a dense one at the end, and batch norms between the two"
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
