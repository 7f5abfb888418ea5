package org.pdnn.network;

import java.util.Arrays;

/// An immutable array of finite numbers: weights, biases, statistics. Row-major, PyTorch's layout.
public final class Tensor {
  private final Shape shape;
  private final float[] values;

  /// Copies `values`, which must fill the shape exactly and be finite.
  public Tensor(Shape shape, float... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "a tensor of shape %s has %s values, got %s"
              .formatted(shape, shape.size(), values.length));
    }
    this.shape = shape;
    this.values = values.clone();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(this.values[i])) {
        throw new IllegalArgumentException(
            "values must be finite, got %s at index %s".formatted(this.values[i], i));
      }
    }
  }

  /// A tensor of equal values.
  public static Tensor filled(Shape shape, float value) {
    float[] values = new float[shape.size()];
    Arrays.fill(values, value);
    return new Tensor(shape, values);
  }

  public Shape shape() {
    return shape;
  }

  public int size() {
    return values.length;
  }

  /// The value at a row-major index.
  public float get(int index) {
    return values[index];
  }

  /// A copy of all values, row-major.
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Tensor " + shape;
  }
}
