package org.pdnn.generation;

/// Arrays one after the other, as libtorch takes and gives them.
final class Flat {
  private Flat() {}

  /// @param rows of one length, at least one
  static float[] of(float[][] rows) {
    int size = rows[0].length;
    float[] flat = new float[rows.length * size];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * size, size);
    }
    return flat;
  }

  static float[][] rows(float[] flat, int size) {
    float[][] rows = new float[flat.length / size][size];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(flat, row * size, rows[row], 0, size);
    }
    return rows;
  }
}
