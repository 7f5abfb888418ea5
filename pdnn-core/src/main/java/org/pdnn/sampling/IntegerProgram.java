package org.pdnn.sampling;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.IntegerNetwork.Node;
import org.pdnn.integer.WeightCodes;
import org.pdnn.network.Place;
import org.pdnn.network.Window;
import org.pdnn.sums.PackedWeights;
import org.pdnn.sums.Sums;

/// How a network in integers is run: which nodes are computed together, for how many passes at
/// once, and with which packed weights. Immutable, shared by all threads.
final class IntegerProgram {
  /// When a node is computed.
  enum Turn {
    /// Once for each input: nothing that it needs is drawn.
    SHARED,
    /// For a few passes at once, so that the sums of their images stay in the second cache.
    FEW,
    /// For many passes at once, as their vectors are small.
    MANY
  }

  final IntegerNetwork network;

  /// By node.
  private final Turn[] turns;

  private final boolean[] inner;
  private final @Nullable PackedWeights[] packed;

  IntegerProgram(IntegerNetwork network, Sums sums) {
    this.network = network;
    int nodes = network.nodes().size();
    this.turns = turns(network);
    this.inner = new boolean[nodes];
    this.packed = new PackedWeights[nodes];
    int[] readers = readers(network);
    for (int i = 0; i < nodes; i++) {
      Node node = network.nodes().get(i);
      if (node.layer() instanceof IntegerLayer.PBits
          || node.layer() instanceof IntegerLayer.Levels) {
        takeIn(node.reads().getFirst(), readers);
      }
      Optional<WeightCodes> weights = weights(node.layer());
      if (weights.isPresent()) {
        packed[i] = sums.pack(weights.get().geometry(), mostCode(node), weights.get().codes());
      }
    }
  }

  private static Turn[] turns(IntegerNetwork network) {
    boolean[] drawn = network.drawn();
    int lastImage = -1;
    for (int i = 0; i < drawn.length; i++) {
      if (drawn[i] && ofImages(network, i)) {
        lastImage = i;
      }
    }
    Turn[] turns = new Turn[drawn.length];
    for (int i = 0; i < turns.length; i++) {
      turns[i] = !drawn[i] ? Turn.SHARED : i <= lastImage ? Turn.FEW : Turn.MANY;
    }
    return turns;
  }

  /// Whether a node works on images. Weights may read one as a vector.
  private static boolean ofImages(IntegerNetwork network, int i) {
    if (i == Place.INPUT) {
      return false;
    }
    Node node = network.nodes().get(i);
    return node.values().pixels() > 1
        || (weights(node.layer()).isEmpty()
            && node.reads().stream()
                .anyMatch(from -> network.values(from).pixels() > 1 || ofImages(network, from)));
  }

  private static int[] readers(IntegerNetwork network) {
    int[] readers = new int[network.nodes().size()];
    for (Node node : network.nodes()) {
      for (int from : node.reads()) {
        if (from != Place.INPUT) {
          readers[from]++;
        }
      }
    }
    return readers;
  }

  /// Neurons take in the sums that they alone read, perhaps through a pool of squares side by side:
  /// they become pre-activations, and thresholds, while they are in the first cache.
  private void takeIn(int from, int[] readers) {
    if (from == Place.INPUT || readers[from] > 1) {
      return;
    }
    Node node = network.nodes().get(from);
    int before = node.reads().getFirst();
    if (node.layer() instanceof IntegerLayer.Linear) {
      inner[from] = true;
    } else if (node.layer() instanceof IntegerLayer.Greatest(Window window)
        && window.tiles()
        && before != Place.INPUT
        && readers[before] == 1
        && network.nodes().get(before).layer() instanceof IntegerLayer.Linear) {
      inner[from] = true;
      inner[before] = true;
    }
  }

  /// The greatest code that weights read; expectations have bytes of 255.
  private int mostCode(Node node) {
    return node.layer() instanceof IntegerLayer.Logits && network.expects()
        ? 255
        : network.values(node.reads().getFirst()).coding().orElseThrow().most();
  }

  Turn turn(int node) {
    return node == Place.INPUT ? Turn.SHARED : turns[node];
  }

  /// Whether there are nodes of a turn.
  boolean has(Turn turn) {
    return Arrays.asList(turns).contains(turn);
  }

  /// Whether all passes of an input share the pre-activations of p-bits.
  boolean preparedOnce(int node) {
    return turn(network.nodes().get(node).reads().getFirst()) == Turn.SHARED;
  }

  /// Whether a node is computed as part of the one that reads it.
  boolean inner(int node) {
    return node != Place.INPUT && inner[node];
  }

  /// The weights of a node that has some.
  PackedWeights packed(int node) {
    return Objects.requireNonNull(packed[node]);
  }

  static Optional<WeightCodes> weights(IntegerLayer layer) {
    return switch (layer) {
      case IntegerLayer.Linear(WeightCodes weights, var _) -> Optional.of(weights);
      case IntegerLayer.Logits(WeightCodes weights, var _) -> Optional.of(weights);
      default -> Optional.empty();
    };
  }
}
