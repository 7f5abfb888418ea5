package org.pdnn.onnx.reader;

import java.util.List;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// Real numbers of 32 bits, whatever width the file has them in.
final class Reals implements ConstantArray {
  private final List<Integer> dimensions;
  private final float[] values;

  /// Takes the array as its own.
  Reals(List<Integer> dimensions, float[] values) {
    ConstantArray.require(dimensions, values.length);
    this.dimensions = List.copyOf(dimensions);
    this.values = values;
  }

  @Override
  public List<Integer> dimensions() {
    return dimensions;
  }

  @Override
  public Reals reshaped(List<Integer> others) {
    return new Reals(others, values);
  }

  @Override
  public String kind() {
    return "real numbers";
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public Reals picked(List<Integer> others, Picks picks) {
    float[] picked = new float[(int) ConstantArray.size(others)];
    picks.each((to, from) -> picked[to] = values[from]);
    return new Reals(others, picked);
  }

  @Override
  public Reals repeated(List<Integer> extents) {
    return dimensions.equals(extents)
        ? this
        : picked(extents, ArrayView.of(dimensions).broadcast(extents));
  }

  @Override
  public Reals reals() {
    return this;
  }

  /// The value at a row-major index.
  float get(int index) {
    return values[index];
  }

  float[] toArray() {
    return values.clone();
  }

  /// The matrix with rows and columns exchanged.
  Reals transposed() {
    ArrayView turned = ArrayView.of(dimensions).permuted(List.of(1, 0));
    return picked(turned.extents(), turned);
  }

  /// The tensor of a layer.
  ///
  /// @throws IllegalArgumentException if it is empty or a value is not finite
  Tensor tensor() {
    return new Tensor(new Shape(dimensions), values);
  }

  /// The values times a number.
  Reals times(float factor) {
    if (factor == 1) {
      return this;
    }
    float[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return new Reals(dimensions, scaled);
  }
}
