package org.pdnn.integer;

import java.util.Optional;
import org.pdnn.network.Shape;

/// What a place of a network in integers holds: an image, row by row, its channels side by side. A
/// vector is an image of one pixel.
///
/// @param coding of codes, which are bytes; empty for pre-activations, which are 32-bit integers in
///   units of 2^-10
public record Values(int channels, int rows, int columns, Optional<Coding> coding) {
  static Values of(Shape shape, Optional<Coding> coding) {
    return shape.rank() == 3
        ? new Values(shape.dimension(0), shape.dimension(1), shape.dimension(2), coding)
        : new Values(shape.size(), 1, 1, coding);
  }

  public int pixels() {
    return rows * columns;
  }

  /// Number of values.
  public int units() {
    return channels * rows * columns;
  }

  /// Where a value lies, by its index in PyTorch's order: channels, rows, columns.
  public int unit(int index) {
    return index % pixels() * channels + index / pixels();
  }

  boolean sameImage(Values other) {
    return channels == other.channels && rows == other.rows && columns == other.columns;
  }

  Values coded(Coding other) {
    return new Values(channels, rows, columns, Optional.of(other));
  }

  Values preActivations() {
    return new Values(channels, rows, columns, Optional.empty());
  }

  Values image(int otherChannels, int otherRows, int otherColumns) {
    return new Values(otherChannels, otherRows, otherColumns, coding);
  }
}
