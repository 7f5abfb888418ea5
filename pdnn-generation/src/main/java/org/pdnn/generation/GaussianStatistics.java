package org.pdnn.generation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/// The Gaussian that has the mean and covariance of some features.
///
/// The covariance C is held as a factor F of as few rows as do, C = F' F: the centred features of
/// fewer images than features, else the square root of C.
public final class GaussianStatistics {
  private static final int MOST_FEATURES = 1 << 14;

  private final double[] mean;
  private final DMatrixRMaj factor;

  /// @param covariance by row and column, symmetric
  public GaussianStatistics(double[] mean, double[][] covariance) {
    if (!symmetric(covariance, mean.length)) {
      throw new IllegalArgumentException(
          "a covariance of %s features is a symmetric matrix of as many rows"
              .formatted(mean.length));
    }
    this.mean = mean.clone();
    this.factor = Spectrum.squareRoot(new DMatrixRMaj(covariance));
  }

  /// @param factor F, not copied
  GaussianStatistics(double[] mean, DMatrixRMaj factor) {
    this.mean = mean;
    this.factor = factor;
  }

  private static boolean symmetric(double[][] matrix, int size) {
    if (matrix.length != size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (matrix[i].length != size) {
        return false;
      }
      for (int j = 0; j < i; j++) {
        if (matrix[i][j] != matrix[j][i]) {
          return false;
        }
      }
    }
    return true;
  }

  /// The statistics of features; the covariance is that of a sample, over n - 1.
  ///
  /// @param features one row per image, at least 2, as long as each other
  public static GaussianStatistics of(List<float[]> features) {
    int count = features.size();
    if (count < 2) {
      throw new IllegalArgumentException("a covariance needs at least 2 images, got " + count);
    }
    int size = features.getFirst().length;
    double[] mean = new double[size];
    for (float[] row : features) {
      for (int i = 0; i < size; i++) {
        mean[i] += (double) row[i] / count;
      }
    }
    DMatrixRMaj centred = new DMatrixRMaj(count, size);
    double scale = 1 / Math.sqrt(count - 1.0);
    for (int image = 0; image < count; image++) {
      for (int i = 0; i < size; i++) {
        centred.set(image, i, scale * (features.get(image)[i] - mean[i]));
      }
    }
    return new GaussianStatistics(
        mean, count < size ? centred : Spectrum.squareRoot(Spectrum.inner(centred)));
  }

  /// Writes two counts, features and rows of the factor, then the mean and the factor row by row.
  public void write(DataOutput out) throws IOException {
    out.writeInt(mean.length);
    out.writeInt(factor.numRows);
    for (double value : mean) {
      out.writeDouble(value);
    }
    for (double value : factor.data) {
      out.writeDouble(value);
    }
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IOException if it is nothing like it, or ends too early
  public static GaussianStatistics read(DataInput in) throws IOException {
    int size = in.readInt();
    int rows = in.readInt();
    if (size < 1 || size > MOST_FEATURES || rows < 1 || rows > size) {
      throw new IOException("%s features and %s rows are no Gaussian".formatted(size, rows));
    }
    return new GaussianStatistics(
        values(in, size), new DMatrixRMaj(rows, size, true, values(in, rows * size)));
  }

  private static double[] values(DataInput in, int count) throws IOException {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readDouble();
      if (!Double.isFinite(values[i])) {
        throw new IOException("a number of a Gaussian must be finite, got " + values[i]);
      }
    }
    return values;
  }

  /// Number of features.
  public int size() {
    return mean.length;
  }

  double mean(int feature) {
    return mean[feature];
  }

  /// The covariance of two features.
  double covariance(int feature, int other) {
    double sum = 0;
    for (int row = 0; row < factor.numRows; row++) {
      sum += factor.get(row, feature) * factor.get(row, other);
    }
    return sum;
  }

  /// The sum of the variances.
  double trace() {
    double sum = 0;
    for (double value : factor.data) {
      sum += value * value;
    }
    return sum;
  }

  /// tr (C^1/2 D C^1/2)^1/2 for C = F' F and D = G' G: the sum of the singular values of F G'.
  double common(GaussianStatistics other) {
    DMatrixRMaj product = new DMatrixRMaj(factor.numRows, other.factor.numRows);
    CommonOps_DDRM.multTransB(factor, other.factor, product);
    return Spectrum.nuclearNorm(product);
  }
}
