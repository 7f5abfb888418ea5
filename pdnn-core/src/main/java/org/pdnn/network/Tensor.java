package org.pdnn.network;

import java.util.Arrays;
import java.util.Objects;

/// An immutable array of finite numbers: weights, biases, statistics. Row-major, PyTorch's layout.
public final class Tensor {
  private final Shape shape;
  private final int size;

  /// One for each place, or one for all places.
  private final float[] values;

  /// Copies `values`, which must fill the shape exactly and be finite.
  public Tensor(Shape shape, float... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "a tensor of shape %s has %s values, got %s"
              .formatted(shape, shape.size(), values.length));
    }
    this.shape = shape;
    this.size = values.length;
    this.values = finite(values.clone());
  }

  private Tensor(float value, Shape shape) {
    this.shape = shape;
    this.size = shape.size();
    this.values = finite(new float[] {value});
  }

  private static float[] finite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "values must be finite, got %s at index %s; train with a lower rate where training diverged, and save the weights again"
                .formatted(values[i], i));
      }
    }
    return values;
  }

  /// A tensor of equal values, which takes the memory of one.
  public static Tensor filled(Shape shape, float value) {
    return new Tensor(value, shape);
  }

  public Shape shape() {
    return shape;
  }

  public int size() {
    return size;
  }

  /// Whether one value stands for all.
  private boolean uniform() {
    return values.length < size;
  }

  /// The value at a row-major index.
  public float get(int index) {
    if (uniform()) {
      Objects.checkIndex(index, size);
      return values[0];
    }
    return values[index];
  }

  /// A copy of all values, row-major.
  public float[] toArray() {
    float[] all = Arrays.copyOf(values, size);
    Arrays.fill(all, values.length, all.length, values[0]);
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && shape.equals(that.shape)
        && (uniform() == that.uniform()
            ? Arrays.equals(values, that.values)
            : Arrays.equals(toArray(), that.toArray()));
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Float.hashCode(values[0]);
  }

  @Override
  public String toString() {
    return "Tensor " + shape;
  }
}
