package org.pdnn.energy;

/// A type of neuron of language models, k of equation 4, or of a layer's function of many values.
/// Each value of it reads and writes one activation and takes the operations listed; roots and
/// reciprocals, one for a whole token or head, are free. The counts are ours.
public enum NeuronType {
  /// x sigmoid(x): a look-up and a product.
  SILU(1, 1, 0, 0),
  /// x Phi(x): a look-up and a product.
  GELU(1, 1, 0, 0),
  /// max(0, x): a comparison.
  RELU(0, 0, 0, 1),
  /// max(0, x) squared: a comparison and a product.
  RELU_SQUARED(0, 1, 0, 1),
  /// The factor of a gated MLP: a product.
  GATE(0, 1, 0, 0),
  /// A square and its sum, then two products: with the root and with the weight.
  RMS_NORM(0, 3, 1, 0),
  /// A sum for the mean and one that subtracts it, a square and its sum, two products, the shift.
  LAYER_NORM(0, 3, 4, 0),
  /// A comparison for the maximum, a sum that subtracts it, an exponential, its sum, a product.
  SOFTMAX(1, 1, 2, 1),
  /// Two products and a sum turn one value.
  ROTARY(0, 2, 1, 0),
  /// What a layer adds to the token.
  RESIDUAL(0, 0, 1, 0);

  private final int lookUps;
  private final int products;
  private final int sums;
  private final int comparisons;

  NeuronType(int lookUps, int products, int sums, int comparisons) {
    this.lookUps = lookUps;
    this.products = products;
    this.sums = sums;
    this.comparisons = comparisons;
  }

  /// The work of so many values.
  public Work work(UnitWork unit, double count) {
    Work one =
        Work.of(Operation.ACTIVATE, lookUps)
            .plus(unit.products(products))
            .plus(unit.sums(sums))
            .plus(Work.of(Operation.COMPARE, comparisons))
            .plus(unit.activation(UnitWork.REAL).times(2));
    return one.times(count);
  }
}
