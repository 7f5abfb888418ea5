package org.pdnn.generation;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/// The Gaussian that has the mean and covariance of some features.
public final class GaussianStatistics {
  private final double[] mean;
  private final DMatrixRMaj covariance;

  /// @param covariance by row and column, symmetric
  public GaussianStatistics(double[] mean, double[][] covariance) {
    this(mean.clone(), new DMatrixRMaj(covariance));
    if (covariance.length != mean.length
        || this.covariance.numCols != mean.length
        || !symmetric(covariance)) {
      throw new IllegalArgumentException(
          "a covariance of %d features is a symmetric matrix of as many rows"
              .formatted(mean.length));
    }
  }

  private GaussianStatistics(double[] mean, DMatrixRMaj covariance) {
    this.mean = mean;
    this.covariance = covariance;
  }

  private static boolean symmetric(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
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
  /// @param features one row an image, at least 2, as long as each other
  public static GaussianStatistics of(List<float[]> features) {
    if (features.size() < 2) {
      throw new IllegalArgumentException(
          "a covariance needs at least 2 images, got " + features.size());
    }
    int size = features.getFirst().length;
    double[] mean = new double[size];
    for (float[] row : features) {
      for (int i = 0; i < size; i++) {
        mean[i] += row[i] / features.size();
      }
    }
    DMatrixRMaj centred = new DMatrixRMaj(features.size(), size);
    for (int image = 0; image < features.size(); image++) {
      for (int i = 0; i < size; i++) {
        centred.set(image, i, features.get(image)[i] - mean[i]);
      }
    }
    DMatrixRMaj covariance = new DMatrixRMaj(size, size);
    CommonOps_DDRM.multInner(centred, covariance);
    CommonOps_DDRM.scale(1.0 / (features.size() - 1), covariance);
    return new GaussianStatistics(mean, covariance);
  }

  /// Number of features.
  public int size() {
    return mean.length;
  }

  double mean(int feature) {
    return mean[feature];
  }

  /// Not to be changed.
  DMatrixRMaj covariance() {
    return covariance;
  }
}
