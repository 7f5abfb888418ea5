package org.pdnn.generation;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/// The squared Fréchet distance of two Gaussians:
///
///     |m - n|^2 + tr C + tr D - 2 tr (C^1/2 D C^1/2)^1/2
///
/// D. C. Dowson, B. V. Landau, "The Fréchet distance between multivariate normal distributions",
/// 1982. Of features of images it is called by their extractor: FID for Inception's (M. Heusel et
/// al., "GANs trained by a two time-scale update rule", NeurIPS 2017), FD-VGG5 for ours.
///
/// Both square roots are of symmetric matrices, whose eigenvalues are real and, up to rounding, at
/// least 0; so singular covariances, of fewer images than features, are no trouble.
public final class FrechetDistance {
  private FrechetDistance() {}

  /// The distance of two Gaussians, at least 0.
  public static double between(GaussianStatistics one, GaussianStatistics other) {
    if (one.size() != other.size()) {
      throw new IllegalArgumentException(
          "Gaussians of %d and %d features have no distance".formatted(one.size(), other.size()));
    }
    double means = 0;
    for (int i = 0; i < one.size(); i++) {
      double difference = one.mean(i) - other.mean(i);
      means += difference * difference;
    }
    double traces =
        CommonOps_DDRM.trace(one.covariance()) + CommonOps_DDRM.trace(other.covariance());
    return Math.max(0, means + traces - 2 * common(one.covariance(), other.covariance()));
  }

  /// tr (C^1/2 D C^1/2)^1/2.
  private static double common(DMatrixRMaj c, DMatrixRMaj d) {
    DMatrixRMaj root = squareRoot(c);
    DMatrixRMaj half = new DMatrixRMaj(c.numRows, c.numCols);
    DMatrixRMaj whole = new DMatrixRMaj(c.numRows, c.numCols);
    CommonOps_DDRM.mult(root, d, half);
    CommonOps_DDRM.mult(half, root, whole);
    symmetrise(whole);
    EigenDecomposition_F64<DMatrixRMaj> eigen = decomposed(whole, false);
    double trace = 0;
    for (int i = 0; i < whole.numRows; i++) {
      trace += Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
    }
    return trace;
  }

  /// The symmetric square root, Q L^1/2 Q'.
  static DMatrixRMaj squareRoot(DMatrixRMaj matrix) {
    EigenDecomposition_F64<DMatrixRMaj> eigen = decomposed(matrix, true);
    int size = matrix.numRows;
    // Q L^1/4, whose outer product with itself is the root.
    DMatrixRMaj scaled = new DMatrixRMaj(size, size);
    for (int column = 0; column < size; column++) {
      double value = Math.max(0, eigen.getEigenvalue(column).getReal());
      DMatrixRMaj vector = eigen.getEigenVector(column);
      double scale = Math.sqrt(Math.sqrt(value));
      for (int row = 0; row < size; row++) {
        scaled.set(row, column, scale * vector.get(row));
      }
    }
    DMatrixRMaj root = new DMatrixRMaj(size, size);
    CommonOps_DDRM.multOuter(scaled, root);
    return root;
  }

  private static EigenDecomposition_F64<DMatrixRMaj> decomposed(
      DMatrixRMaj symmetric, boolean vectors) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(symmetric.numRows, vectors, true);
    if (!eigen.decompose(symmetric.copy())) {
      throw new IllegalArgumentException(
          "the covariance has no eigenvalues; a feature may not be finite");
    }
    return eigen;
  }

  private static void symmetrise(DMatrixRMaj matrix) {
    for (int i = 0; i < matrix.numRows; i++) {
      for (int j = 0; j < i; j++) {
        double mean = (matrix.get(i, j) + matrix.get(j, i)) / 2;
        matrix.set(i, j, mean);
        matrix.set(j, i, mean);
      }
    }
  }
}
