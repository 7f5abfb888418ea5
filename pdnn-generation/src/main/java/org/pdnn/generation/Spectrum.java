package org.pdnn.generation;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/// Eigenvalues of symmetric matrices that are, up to rounding, at least 0.
final class Spectrum {
  private Spectrum() {}

  /// The symmetric square root, Q L^1/2 Q'.
  static DMatrixRMaj squareRoot(DMatrixRMaj matrix) {
    EigenDecomposition_F64<DMatrixRMaj> eigen = decomposed(matrix, true);
    int size = matrix.numRows;
    // Q L^1/4, whose outer product with itself is the root.
    DMatrixRMaj scaled = new DMatrixRMaj(size, size);
    for (int column = 0; column < size; column++) {
      double scale = Math.sqrt(Math.sqrt(Math.max(0, eigen.getEigenvalue(column).getReal())));
      DMatrixRMaj vector = eigen.getEigenVector(column);
      for (int row = 0; row < size; row++) {
        scaled.set(row, column, scale * vector.get(row));
      }
    }
    return outer(scaled);
  }

  /// Principal axes.
  ///
  /// @param vectors one a column, of length 1
  /// @param variances along them, above 0, in no order
  record Axes(DMatrixRMaj vectors, List<Double> variances) {}

  /// The principal axes of a covariance that is not singular.
  static Axes axes(DMatrixRMaj covariance) {
    EigenDecomposition_F64<DMatrixRMaj> eigen = decomposed(covariance, true);
    int size = covariance.numRows;
    DMatrixRMaj vectors = new DMatrixRMaj(size, size);
    List<Double> variances = new ArrayList<>();
    for (int column = 0; column < size; column++) {
      double variance = eigen.getEigenvalue(column).getReal();
      if (!(variance > 0)) {
        throw new IllegalArgumentException("a covariance with axes must not be singular");
      }
      variances.add(variance);
      CommonOps_DDRM.insert(eigen.getEigenVector(column), vectors, 0, column);
    }
    return new Axes(vectors, variances);
  }

  /// The sum of the singular values of a matrix: of the roots of the eigenvalues of M M', or M' M,
  /// whichever is smaller.
  static double nuclearNorm(DMatrixRMaj matrix) {
    DMatrixRMaj square = matrix.numRows <= matrix.numCols ? outer(matrix) : inner(matrix);
    EigenDecomposition_F64<DMatrixRMaj> eigen = decomposed(square, false);
    double sum = 0;
    for (int i = 0; i < square.numRows; i++) {
      sum += Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
    }
    return sum;
  }

  /// M M'.
  private static DMatrixRMaj outer(DMatrixRMaj matrix) {
    DMatrixRMaj outer = new DMatrixRMaj(matrix.numRows, matrix.numRows);
    CommonOps_DDRM.multOuter(matrix, outer);
    return outer;
  }

  /// M' M.
  static DMatrixRMaj inner(DMatrixRMaj matrix) {
    DMatrixRMaj inner = new DMatrixRMaj(matrix.numCols, matrix.numCols);
    CommonOps_DDRM.multInner(matrix, inner);
    return inner;
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
}
