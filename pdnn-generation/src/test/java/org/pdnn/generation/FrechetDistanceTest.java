package org.pdnn.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.random.Gaussian;
import org.pdnn.random.Philox;

/// Distances of Gaussians against closed forms.
class FrechetDistanceTest {
  private static final double EXACT = 1e-7;

  private static GaussianStatistics gaussian(double[] mean, double[]... covariance) {
    return new GaussianStatistics(mean, covariance);
  }

  /// In one dimension (m - n)^2 + (s - t)^2.
  @ParameterizedTest
  @CsvSource({"0, 1, 0, 1", "0, 1, 3, 1", "1, 2, -1, 0.5", "0, 0, 0, 3", "5, 0, 5, 0"})
  void oneDimension(double m, double s, double n, double t) {
    assertEquals(
        (m - n) * (m - n) + (s - t) * (s - t),
        FrechetDistance.between(
            gaussian(new double[] {m}, new double[] {s * s}),
            gaussian(new double[] {n}, new double[] {t * t})),
        EXACT);
  }

  @Test
  void equalGaussiansAreAtNoDistance() {
    GaussianStatistics one =
        gaussian(
            new double[] {1, 2, 3},
            new double[] {4, 1, 0.5},
            new double[] {1, 3, -1},
            new double[] {0.5, -1, 2});
    assertEquals(0, FrechetDistance.between(one, one), EXACT);
  }

  @Test
  void shiftedMeansAreAsFarAsTheyAreShifted() {
    double[][] covariance = {{2, 1}, {1, 3}};
    assertEquals(
        25,
        FrechetDistance.between(
            gaussian(new double[] {0, 0}, covariance), gaussian(new double[] {3, -4}, covariance)),
        EXACT);
  }

  /// Diagonal covariances: the sum of (s - t)^2.
  @Test
  void diagonalCovariances() {
    assertEquals(
        (1 - 2) * (1 - 2) + (3 - 5) * (3 - 5) + (0 - 4) * (0 - 4),
        FrechetDistance.between(
            gaussian(new double[3], new double[] {1, 0, 0}, new double[] {0, 9, 0}, new double[3]),
            gaussian(
                new double[3],
                new double[] {4, 0, 0},
                new double[] {0, 25, 0},
                new double[] {0, 0, 16})),
        EXACT);
  }

  /// [[2, 1], [1, 2]] has the eigenvalues 3 and 1 on the diagonals, [[5, 4], [4, 5]] 9 and 1 on the
  /// same: (sqrt 3 - 3)^2 + 0.
  @Test
  void commutingCovariances() {
    double difference = Math.sqrt(3) - 3;
    assertEquals(
        difference * difference,
        FrechetDistance.between(
            gaussian(new double[2], new double[] {2, 1}, new double[] {1, 2}),
            gaussian(new double[2], new double[] {5, 4}, new double[] {4, 5})),
        EXACT);
  }

  /// For two features tr (C D)^1/2 = sqrt(tr CD + 2 sqrt(det CD)). With C = diag(4, 1) and D = [[2,
  /// 1], [1, 2]], which do not commute: tr CD = 10, det CD = 12; tr C + tr D = 9.
  @Test
  void covariancesThatDoNotCommute() {
    double expected = 9 - 2 * Math.sqrt(10 + 2 * Math.sqrt(12));
    assertEquals(0.7712, expected, 1e-4);
    GaussianStatistics c = gaussian(new double[2], new double[] {4, 0}, new double[] {0, 1});
    GaussianStatistics d = gaussian(new double[2], new double[] {2, 1}, new double[] {1, 2});
    assertEquals(expected, FrechetDistance.between(c, d), EXACT);
    assertEquals(expected, FrechetDistance.between(d, c), EXACT);
  }

  private static List<float[]> draws(int count, int size, long seed, double scale) {
    Philox words = new Philox(seed);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] row = new float[size];
      for (int f = 0; f < size; f++) {
        row[f] = (float) (scale * Gaussian.of(words, i, 0, f));
      }
      rows.add(row);
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17, 128})
  void theRootTimesItselfIsTheMatrix(int size) {
    GaussianStatistics gaussian = GaussianStatistics.of(draws(size + 5, size, size, 2));
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        matrix.set(i, j, gaussian.covariance(i, j));
      }
    }
    DMatrixRMaj root = Spectrum.squareRoot(matrix);
    DMatrixRMaj product = new DMatrixRMaj(size, size);
    CommonOps_DDRM.mult(root, root, product);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        assertEquals(matrix.get(i, j), product.get(i, j), 1e-9);
        assertEquals(root.get(i, j), root.get(j, i), 1e-12);
      }
    }
  }

  /// Fewer images than features: covariances of rank 9 of 40.
  @Test
  void singularCovariancesHaveADistance() {
    GaussianStatistics few = GaussianStatistics.of(draws(10, 40, 1, 1));
    assertEquals(0, FrechetDistance.between(few, few), 1e-6);
    GaussianStatistics others = GaussianStatistics.of(draws(10, 40, 2, 1));
    assertTrue(FrechetDistance.between(few, others) > 1);
  }

  /// The factor of 30 rows and the root of 40 stand for the same covariance.
  @Test
  void fewerImagesThanFeaturesAreNoOtherFormula() {
    List<float[]> few = draws(30, 40, 3, 1);
    GaussianStatistics factored = GaussianStatistics.of(few);
    double[] mean = new double[40];
    double[][] covariance = new double[40][40];
    for (int i = 0; i < 40; i++) {
      mean[i] = factored.mean(i);
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = factored.covariance(i, j);
        covariance[j][i] = covariance[i][j];
      }
    }
    GaussianStatistics rooted = new GaussianStatistics(mean, covariance);
    GaussianStatistics other = GaussianStatistics.of(draws(90, 40, 4, 2));
    assertEquals(0, FrechetDistance.between(factored, rooted), 1e-5);
    assertEquals(
        FrechetDistance.between(other, rooted), FrechetDistance.between(factored, other), 1e-5);
  }

  /// In blocks of 1, 7 and 82 images, whose features are far from 0.
  @Test
  void aGaussianGatheredInBlocksIsTheSame() {
    List<float[]> rows = draws(90, 12, 5, 1);
    rows.forEach(row -> row[3] += 1000);
    GaussianStatistics whole = GaussianStatistics.of(rows);
    GaussianCollector collector = new GaussianCollector(12);
    collector.add(rows.subList(0, 1));
    assertThrows(IllegalArgumentException.class, collector::statistics);
    collector.add(rows.subList(1, 8));
    collector.add(rows.subList(8, 90));
    GaussianStatistics gathered = collector.statistics();
    for (int i = 0; i < 12; i++) {
      assertEquals(whole.mean(i), gathered.mean(i), 1e-9);
      for (int j = 0; j < 12; j++) {
        assertEquals(whole.covariance(i, j), gathered.covariance(i, j), 1e-9);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> collector.add(List.of(new float[] {1, 2})));
  }

  @Test
  void aGaussianIsReadAsItWasWrittenOrNotAtAll() throws IOException {
    GaussianStatistics written = GaussianStatistics.of(draws(5, 8, 6, 1));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    written.write(new DataOutputStream(bytes));
    GaussianStatistics read = read(bytes.toByteArray());
    assertEquals(written.covariance(2, 7), read.covariance(2, 7));
    assertEquals(written.mean(4), read.mean(4));
    for (int length = 0; length < bytes.size(); length += 3) {
      byte[] truncated = Arrays.copyOf(bytes.toByteArray(), length);
      assertThrows(IOException.class, () -> read(truncated));
    }
    byte[] large = bytes.toByteArray();
    large[0] = 0x7f;
    assertThrows(IOException.class, () -> read(large));
  }

  private static GaussianStatistics read(byte[] bytes) throws IOException {
    return GaussianStatistics.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  @Test
  void theStatisticsAreThoseOfASample() {
    GaussianStatistics found =
        GaussianStatistics.of(
            List.of(new float[] {1, 10}, new float[] {2, 30}, new float[] {3, 20}));
    assertEquals(2, found.mean(0));
    assertEquals(20, found.mean(1));
    assertEquals(1, found.covariance(0, 0), EXACT);
    assertEquals(100, found.covariance(1, 1), EXACT);
    assertEquals(5, found.covariance(0, 1), EXACT);
    assertEquals(5, found.covariance(1, 0), EXACT);
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> gaussian(new double[2], new double[] {1, 2}, new double[] {3, 4}));
    assertThrows(
        IllegalArgumentException.class,
        () -> gaussian(new double[2], new double[] {1, 0}, new double[] {0, 1}, new double[2]));
    assertThrows(
        IllegalArgumentException.class, () -> GaussianStatistics.of(List.of(new float[] {1})));
    GaussianStatistics two = gaussian(new double[2], new double[] {1, 0}, new double[] {0, 1});
    assertThrows(
        IllegalArgumentException.class,
        () -> FrechetDistance.between(two, gaussian(new double[1], new double[] {1})));
  }
}
