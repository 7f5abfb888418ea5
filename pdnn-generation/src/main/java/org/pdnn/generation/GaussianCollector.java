package org.pdnn.generation;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.pdnn.names.Limits;

/// Gathers the Gaussian of features a block of images at a time. Memory is that of two covariances,
/// however many images there are.
public final class GaussianCollector {
  private final int size;

  /// The first image's features: sums of differences from them lose fewer digits.
  private final double[] origin;

  private final double[] sums;
  private final DMatrixRMaj products;
  private long count;

  /// @param size features of an image
  public GaussianCollector(int size) {
    Limits.atLeast("features", 1, size);
    this.size = size;
    this.origin = new double[size];
    this.sums = new double[size];
    this.products = new DMatrixRMaj(size, size);
  }

  /// Takes the features of some images, one row per image.
  public void add(List<float[]> rows) {
    DMatrixRMaj block = new DMatrixRMaj(rows.size(), size);
    for (int row = 0; row < rows.size(); row++) {
      float[] features = rows.get(row);
      if (features.length != size) {
        throw new IllegalArgumentException(
            "an image must have %s features, got %s".formatted(size, features.length));
      }
      for (int i = 0; i < size; i++) {
        if (count == 0) {
          origin[i] = features[i];
        }
        double value = features[i] - origin[i];
        block.set(row, i, value);
        sums[i] += value;
      }
      count++;
    }
    CommonOps_DDRM.multAddTransA(block, block, products);
  }

  /// The Gaussian of all images so far, at least 2; its covariance is that of a sample, over n - 1.
  public GaussianStatistics statistics() {
    if (count < 2) {
      throw new IllegalArgumentException("a covariance needs at least 2 images, got " + count);
    }
    double[] mean = new double[size];
    DMatrixRMaj covariance = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      mean[i] = origin[i] + sums[i] / count;
      for (int j = 0; j < size; j++) {
        covariance.set(i, j, (products.get(i, j) - sums[i] / count * sums[j]) / (count - 1));
      }
    }
    return new GaussianStatistics(mean, Spectrum.squareRoot(covariance));
  }
}
