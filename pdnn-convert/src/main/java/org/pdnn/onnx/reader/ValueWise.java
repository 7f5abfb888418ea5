package org.pdnn.onnx.reader;

import java.util.Arrays;
import java.util.Optional;
import org.pdnn.network.AffineInputs;
import org.pdnn.network.Dense;
import org.pdnn.network.FloatRows;
import org.pdnn.network.Layer;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Shape;

/// y = scale x + shift with numbers for each value, as where a mean image is subtracted; only the
/// dense layer that reads all values can take it.
final class ValueWise implements Pending {
  private final Node node;
  private final double[] scale;
  private final double[] shift;

  /// @param node where the graph does it
  /// @param scale a number for each value, row-major as here; taken as its own
  /// @param shift likewise
  ValueWise(Node node, double[] scale, double[] shift) {
    this.node = node;
    this.scale = scale;
    this.shift = shift;
  }

  /// Whether nothing is to be done.
  boolean nothing() {
    return shifts() && Arrays.stream(shift).allMatch(term -> term == 0);
  }

  /// This, and something else after it.
  ValueWise then(ValueWise next) {
    double[] factor = scale.clone();
    double[] term = shift.clone();
    for (int i = 0; i < factor.length; i++) {
      factor[i] *= next.scale[i];
      term[i] = next.scale[i] * term[i] + next.shift[i];
    }
    return new ValueWise(next.node, factor, term);
  }

  @Override
  public ValueWise then(Affine next) {
    double[] factor = new double[scale.length];
    double[] term = new double[scale.length];
    Arrays.fill(factor, next.scale());
    Arrays.fill(term, next.shift());
    return then(new ValueWise(node, factor, term));
  }

  @Override
  public boolean commutes(Layer layer) {
    return layer instanceof Rearrangement;
  }

  @Override
  public Optional<Layer> into(Layer layer, Shape input) {
    return layer instanceof Dense dense && input.equals(Shape.of(dense.inputs()))
        ? AffineInputs.of(dense, scale, shift)
        : Optional.empty();
  }

  /// Whether all is added, nothing multiplied.
  boolean shifts() {
    return Arrays.stream(scale).allMatch(factor -> factor == 1);
  }

  /// Whether all is multiplied by what is above 0, nothing added.
  boolean scales() {
    return Arrays.stream(scale).allMatch(factor -> factor > 0 && factor < Float.MAX_VALUE)
        && Arrays.stream(shift).allMatch(term -> term == 0);
  }

  float[] scale() {
    return FloatRows.rounded(scale);
  }

  float[] shift() {
    return FloatRows.rounded(shift);
  }

  /// The fault that no dense layer comes next.
  NodeFault refused(Shape shape) {
    return node.refused(
        "has constants for each value of %s, which only a dense layer after a Flatten can take over; export the model without and give its mean and deviation by --mean and --std, or use one number for each channel"
            .formatted(shape));
  }
}
