package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.circuit.accelerator.PBitLayer.Pooling;
import org.pdnn.circuit.accelerator.PBitLayer.Rule;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Coding;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.LevelTable;
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
/// p-bits of one kind between them, and max pools beside those. A host computes deterministic
/// neurons before the first layer of weights, of few levels, and after the last.
///
/// @param network in integers, up to the last layer of weights
/// @param levels of the inputs that have some
/// @param layers those of p-bits
/// @param last that of the outputs
/// @param readout what makes logits of its sums
/// @param after the neurons after it
record Chain(
    IntegerNetwork network,
    Optional<InputLevels> levels,
    List<PBitLayer> layers,
    WeightLayer last,
    Readout readout,
    Optional<Neuron> after) {
  Chain {
    layers = List.copyOf(layers);
  }

  /// Neurons of few levels that an input goes through before anything is computed.
  record InputLevels(Affine affine, LevelTable table) {
    /// The level of a value of the input.
    int level(int unit, int code) {
      return table.code(affine.apply(0, unit % affine.outputs(), code));
    }
  }

  /// @throws IllegalArgumentException naming the layer that has no circuit, and what would
  static Chain of(Network network, WeightFormat format, InputGrid grid) {
    network.requireChain("the accelerator");
    List<String> names = new ArrayList<>();
    int first = weights(network).findFirst().orElse(0);
    int last = weights(network).reduce((_, later) -> later).orElse(0);
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      boolean hosts = i < first || i > last;
      String why = hosts && layer instanceof Neurons(Neuron.Deterministic _) ? "" : refusal(layer);
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
    Optional<Neuron> after =
        network.layers().subList(last, network.layers().size()).stream()
            .flatMap(
                layer -> layer instanceof Neurons(Neuron one) ? Stream.of(one) : Stream.empty())
            .findFirst();
    Network weighted = after.isEmpty() ? network : network.upTo(last);
    return read(Lowering.of(weighted, format, grid).result(), names, after);
  }

  private static IntStream weights(Network network) {
    return IntStream.range(0, network.layers().size())
        .filter(i -> network.layers().get(i) instanceof Weighted);
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

  private static Chain read(IntegerNetwork network, List<String> names, Optional<Neuron> after) {
    List<PBitLayer> layers = new ArrayList<>();
    List<IntegerNetwork.Node> nodes = network.nodes();
    Optional<InputLevels> levels = Optional.empty();
    int most = InputGrid.MOST;
    int at = 0;
    if (nodes.size() > 1
        && nodes.get(0).layer() instanceof IntegerLayer.Rescale(Affine affine)
        && nodes.get(1).layer() instanceof IntegerLayer.Levels(LevelTable table)) {
      levels = Optional.of(new InputLevels(affine, table));
      most = most(nodes.get(1));
      at = 2;
    }
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
              WeightLayer.of(names.get(layers.size()), linear.weights(), most),
              linear.affine(),
              first.or(() -> pbits.pool().map(window -> new Pooling(window, Rule.EITHER))),
              pbits.curve(),
              pbits.address()));
      most = most(nodes.get(at + 1));
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
        levels,
        layers,
        WeightLayer.of(names.getLast(), logits.weights(), most),
        logits.readout(),
        after);
  }

  /// The greatest code of a node.
  private static int most(IntegerNetwork.Node node) {
    return node.values().coding().map(Coding::most).orElseThrow();
  }
}
