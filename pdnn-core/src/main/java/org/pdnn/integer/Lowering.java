package org.pdnn.integer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Tensor;

/// Brings a network into its integer form, step by step.
///
/// 1. `fold-batch-norm`: W' = scale W, b' = scale b + shift.
/// 2. `quantise-weights`: codes of few bits with one scale per output. The first and the last
///    layer, which read or write real numbers, keep at least 8 bits.
/// 3. `fix-pre-activations`: scales and biases become multiples of 2^-F.
/// 4. `tabulate-probabilities`: the inputs get 8 bits, p-bits their table of probabilities, and
///    p-bits under a max-pool one draw. What comes out is an [IntegerNetwork].
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
    List<LinearLayer> layers = LayerChain.of(folded, network);
    List<QuantisedWeights> weights = quantise(layers, format);
    steps.add(
        new LoweringStep(
            "quantise-weights",
            "%s-bit weights in hidden layers, 8-bit in the first and the last".formatted(format),
            replaced(folded, layers, weights)));
    List<IntegerLayer> hidden = new ArrayList<>();
    hidden.add(FixedPoint.first(layers.getFirst(), weights.getFirst(), grid));
    List<QuantisedWeights> fixed = new ArrayList<>(weights);
    int fractionBits = Integer.MAX_VALUE;
    for (int i = 1; i < layers.size() - 1; i++) {
      IntegerLayer layer = FixedPoint.hidden(layers.get(i), weights.get(i));
      hidden.add(layer);
      fixed.set(i, weights.get(i).withScales(FixedPoint.worth(layers.get(i), layer)));
      fractionBits = Math.min(fractionBits, layer.firing().fractionBits());
    }
    steps.add(
        new LoweringStep(
            "fix-pre-activations",
            hidden.size() == 1
                ? "nothing, there is one hidden layer"
                : "scales are multiples of 2^-F, F at least %s".formatted(fractionBits),
            replaced(folded, layers, fixed)));
    IntegerLayer output = FixedPoint.last(layers.getLast(), weights.getLast());
    this.result = new IntegerNetwork(network.input(), grid, hidden, output);
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

  private static List<QuantisedWeights> quantise(List<LinearLayer> layers, WeightFormat format) {
    List<QuantisedWeights> weights = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      boolean inner = i > 0 && i < layers.size() - 1;
      weights.add(QuantisedWeights.of(layers.get(i).rows(), inner ? format : EDGE));
    }
    return weights;
  }

  private static Network replaced(
      Network network, List<LinearLayer> layers, List<QuantisedWeights> weights) {
    List<Layer> changed = new ArrayList<>(network.layers());
    for (int i = 0; i < layers.size(); i++) {
      int index = layers.get(i).index();
      Layer layer = changed.get(index);
      Map<String, Tensor> tensors = new LinkedHashMap<>(layer.tensors());
      tensors.put("weight", new Tensor(layers.get(i).weight().shape(), weights.get(i).values()));
      changed.set(index, layer.withTensors(tensors));
    }
    return network.withLayers(changed);
  }
}
