package org.pdnn.network;

/// FloatRows of 32-bit numbers, and the same one after the other, as native libraries take and give
/// them.
public final class FloatRows {
  private FloatRows() {}

  /// FloatRows of equal length, one after the other.
  public static float[] flat(float[][] rows) {
    int size = rows[0].length;
    float[] flat = new float[rows.length * size];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * size, size);
    }
    return flat;
  }

  /// The rows of such an array.
  ///
  /// @param count how many there are
  public static float[][] of(float[] flat, int count) {
    float[][] rows = new float[count][flat.length / count];
    for (int row = 0; row < count; row++) {
      System.arraycopy(flat, row * rows[row].length, rows[row], 0, rows[row].length);
    }
    return rows;
  }

  /// Numbers of 64 bits, each rounded to 32.
  public static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }
}
