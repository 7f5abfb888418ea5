package org.pdnn.integer;

/// A layer of weights and the p-bits or outputs after it, in integers. Immutable.
///
/// The pre-activation of output o at a pixel is I = scale_o * sum + bias_o, where sum is the sum of
/// the codes whose input bit is up (in the first layer, of code times quantised input).
public final class IntegerLayer {
  private final ReceptiveField field;
  private final QuantisedWeights weights;
  private final float[] scales;

  /// By output; or by pixel, then output, where the padding of -1/+1 bits makes them differ.
  private final float[] biases;

  private final Firing firing;

  IntegerLayer(
      ReceptiveField field,
      QuantisedWeights weights,
      float[] scales,
      float[] biases,
      Firing firing) {
    this.field = field;
    this.weights = weights;
    this.scales = scales;
    this.biases = biases;
    this.firing = firing;
  }

  /// Which inputs each output reads.
  public ReceptiveField field() {
    return field;
  }

  /// What follows the sums: p-bits and their pool.
  public Firing firing() {
    return firing;
  }

  /// The integer weight of an output, by its index in PyTorch's order.
  public int code(int output, int index) {
    return weights.code(output, index);
  }

  /// Greatest absolute code.
  public int mostCode() {
    return weights.most();
  }

  /// What a sum is multiplied by.
  public float scale(int output) {
    return scales[output];
  }

  /// What is added to it.
  ///
  /// @param pixel row * columns + column, before the pool
  public float bias(int output, int pixel) {
    return biases[biases.length == field.outputs() ? output : pixel * field.outputs() + output];
  }

  /// Whether each pixel has a bias of its own.
  public boolean biasByPixel() {
    return biases.length != field.outputs();
  }

  /// I, rounded once. In hidden layers exact: scale and bias are multiples of 2^-F with F small
  /// enough that every I within [Probability#BOUND] is a 24-bit number of such units.
  public float preActivation(int output, int pixel, int sum) {
    return Math.fma((float) sum, scale(output), bias(output, pixel));
  }

  /// Rows after the pool.
  public int pooledRows() {
    return field.rows() / firing.pool();
  }

  /// Columns after the pool.
  public int pooledColumns() {
    return field.columns() / firing.pool();
  }

  /// Neurons after the pool.
  public int units() {
    return field.outputs() * pooledRows() * pooledColumns();
  }
}
