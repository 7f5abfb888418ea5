package org.pdnn.integer;

import java.util.List;
import java.util.Optional;
import org.pdnn.network.Place;
import org.pdnn.network.Shape;

/// A network in integers: the one meaning that the scalar reference, the engine and a circuit
/// share.
///
/// @param input the shape of one input
/// @param grid how inputs become integers
/// @param nodes the layers in the order in which they run; the last gives the outputs
/// @param output the shape of the outputs
public record IntegerNetwork(Shape input, InputGrid grid, List<Node> nodes, Shape output) {
  /// A layer in its place.
  ///
  /// @param reads the nodes that it reads, by index; [Place#INPUT] for the network's input
  /// @param values what it gives
  public record Node(IntegerLayer layer, List<Integer> reads, Values values) {
    public Node {
      reads = List.copyOf(reads);
    }
  }

  public IntegerNetwork {
    nodes = List.copyOf(nodes);
  }

  /// What the network's input becomes, or a node gives.
  public Values values(int node) {
    return node == Place.INPUT ? inputValues(input, grid) : nodes.get(node).values();
  }

  static Values inputValues(Shape input, InputGrid grid) {
    return Values.of(input, Optional.of(Coding.of(grid)));
  }

  /// Number of outputs.
  public int outputs() {
    return output.size();
  }

  /// The outputs, in PyTorch's order, for what the last node gives.
  ///
  /// @param found by unit
  /// @param fractionBits what it gives is in units of 2^-fractionBits, as with expectations
  public double[] outputs(long[] found, int fractionBits) {
    Node last = nodes.getLast();
    double[] outputs = new double[found.length];
    for (int index = 0; index < outputs.length; index++) {
      int unit = last.values().unit(index);
      outputs[index] = output(last, unit, Math.scalb((double) found[unit], -fractionBits));
    }
    return outputs;
  }

  private static double output(Node last, int unit, double found) {
    int channels = last.values().channels();
    return last.layer() instanceof IntegerLayer.Logits(WeightCodes _, Readout readout)
        ? readout.logit(unit / channels, unit % channels, found)
        : last.values()
            .coding()
            .map(coding -> coding.value((int) found))
            .orElse(found * Affine.UNIT);
  }

  /// Index of the last node of p-bits; -1 if there is none.
  public int lastPBits() {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (nodes.get(i).layer() instanceof IntegerLayer.PBits) {
        return i;
      }
    }
    return -1;
  }

  /// Whether any pass differs from another.
  public boolean random() {
    return lastPBits() >= 0;
  }

  /// Whether the last p-bits can hand on their expectation: if the outputs, and nothing else, read
  /// them.
  public boolean expects() {
    int last = lastPBits();
    return last == nodes.size() - 2
        && nodes.getLast().layer() instanceof IntegerLayer.Logits
        && nodes.getLast().reads().equals(List.of(last));
  }

  /// By node: whether what it gives depends on a draw. All passes share what does not.
  public boolean[] drawn() {
    boolean[] drawn = new boolean[nodes.size()];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] =
          nodes.get(i).layer() instanceof IntegerLayer.PBits
              || nodes.get(i).reads().stream().anyMatch(from -> from >= 0 && drawn[from]);
    }
    return drawn;
  }
}
