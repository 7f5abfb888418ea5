package org.pdnn.training;

/// Some labelled images side by side.
///
/// @param pixels image after image, row-major, in [0, 1]
/// @param labels one an image
public record Batch(float[] pixels, long[] labels) {
  public int size() {
    return labels.length;
  }
}
