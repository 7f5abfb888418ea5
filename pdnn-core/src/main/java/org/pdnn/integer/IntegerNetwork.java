package org.pdnn.integer;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    int pixels = last.values().pixels();
    double one = Math.scalb(1.0, -fractionBits);
    int channels = found.length / pixels;
    double[] outputs = new double[found.length];
    for (int pixel = 0, unit = 0; pixel < pixels; pixel++) {
      for (int channel = 0; channel < channels; channel++, unit++) {
        outputs[channel * pixels + pixel] = output(last, pixel, channel, found[unit] * one);
      }
    }
    return outputs;
  }

  private static double output(Node last, int pixel, int channel, double found) {
    return last.layer() instanceof IntegerLayer.Logits(WeightCodes _, Readout readout)
        ? readout.logit(pixel, channel, found)
        : last.values()
            .coding()
            .map(coding -> coding.value((int) found))
            .orElse(found * Affine.UNIT);
  }

  /// Index of the node of p-bits that stand last in the network as it was trained; -1 if there is
  /// none.
  public int lastPBits() {
    int last = -1;
    int lastAddress = -1;
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).layer() instanceof IntegerLayer.PBits bits && bits.address() > lastAddress) {
        last = i;
        lastAddress = bits.address();
      }
    }
    return last;
  }

  /// Whether any pass differs from another.
  public boolean random() {
    return lastPBits() >= 0;
  }

  /// Whether the last p-bits can hand on their expectation: if what is made of them up to the last
  /// weights, and read by those alone, grows with them in proportion.
  public boolean expects() {
    boolean[] expectant = expectant();
    return random()
        && nodes.getLast().layer() instanceof IntegerLayer.Logits
        && IntStream.range(lastPBits() + 1, nodes.size() - 1)
            .allMatch(i -> !expectant[i] || proportional(nodes.get(i).layer()));
  }

  private static boolean proportional(IntegerLayer layer) {
    return switch (layer) {
      case IntegerLayer.Sum _,
          IntegerLayer.Mixture _,
          IntegerLayer.Concatenation _,
          IntegerLayer.Arrangement _,
          IntegerLayer.Mean _ ->
          true;
      case IntegerLayer.Linear _,
          IntegerLayer.Logits _,
          IntegerLayer.Rescale _,
          IntegerLayer.Gate _,
          IntegerLayer.Greatest _,
          IntegerLayer.PBits _,
          IntegerLayer.Levels _ ->
          false;
    };
  }

  /// By node: whether it gives codes in units of 2^-15 where the last p-bits hand on their
  /// expectation: those p-bits, and what is made of them.
  public boolean[] expectant() {
    boolean[] expectant = new boolean[nodes.size()];
    int last = lastPBits();
    for (int i = Math.max(last, 0); i < expectant.length; i++) {
      expectant[i] =
          i == last || nodes.get(i).reads().stream().anyMatch(from -> from >= 0 && expectant[from]);
    }
    return expectant;
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
