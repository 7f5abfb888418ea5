package org.pdnn.training;

/// Some labelled images side by side, in arrays that the next reader fills or reads directly.
public final class Batch {
  private final float[] pixels;
  private final long[] labels;

  /// @param pixels image after image, row-major, in [0, 1]
  /// @param labels one per image
  public Batch(float[] pixels, long[] labels) {
    this.pixels = pixels;
    this.labels = labels;
  }

  public float[] pixels() {
    return pixels;
  }

  public long[] labels() {
    return labels;
  }

  /// Number of images.
  public int size() {
    return labels.length;
  }
}
