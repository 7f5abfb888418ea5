package org.pdnn.integer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;

/// Brings a network into its integer form, step by step.
///
/// 1. `fold-batch-norm`: W' = scale W, b' = scale b + shift.
/// 2. `quantise-weights`: codes of few bits with one scale per output. The first and the last
///    layer, which read or write real numbers, keep at least 8 bits.
/// 3. `fix-pre-activations`: scales become 14-bit multipliers and shifts, pre-activations multiples
///    of 2^-10 ([Affine]). What comes out is an [IntegerNetwork].
public final class Lowering {
  /// What the first and the last layer keep, whose weights accuracy hangs on.
  public static final WeightFormat EDGE = new WeightFormat(8, false);

  private final List<LoweringStep> steps = new ArrayList<>();
  private final IntegerNetwork result;

  private Lowering(Network network, WeightFormat format, InputGrid grid) {
    steps.add(new LoweringStep("as-trained", "32-bit weights", network));
    Network folded = FoldBatchNorm.apply(network);
    int norms = network.layers().size() - folded.layers().size();
    steps.add(
        new LoweringStep(
            "fold-batch-norm",
            norms + (norms == 1 ? " batch norm folded" : " batch norms folded"),
            folded));
    Map<Integer, QuantisedWeights> weights = QuantiseWeights.of(folded, format, EDGE);
    steps.add(
        new LoweringStep(
            "quantise-weights",
            "%s-bit weights in hidden layers, 8-bit in the first and the last".formatted(format),
            QuantiseWeights.replaced(folded, weights)));
    this.result = GraphLowering.of(folded, weights, neurons(network), grid);
  }

  /// Lowers a network.
  ///
  /// @param format how the weights of hidden layers are stored
  /// @param grid how inputs become integers
  /// @throws IllegalArgumentException naming the layer that has no integer form
  public static Lowering of(Network network, WeightFormat format, InputGrid grid) {
    return new Lowering(network, format, grid);
  }

  /// The network after each step that leaves one in real numbers.
  public List<LoweringStep> steps() {
    return List.copyOf(steps);
  }

  public IntegerNetwork result() {
    return result;
  }

  /// Where the neurons lie: their words are addressed by that.
  private static List<Integer> neurons(Network network) {
    return IntStream.range(0, network.layers().size())
        .filter(i -> network.layers().get(i) instanceof Neurons)
        .boxed()
        .toList();
  }
}
