package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogitMomentsTest {
  @Test
  void threePassesByHand() {
    double[][] passes = {{0, 1}, {2, 1}, {4, 4}};
    LogitMoments moments = LogitMoments.of(passes, 3);
    assertArrayEquals(new double[] {2, 2}, moments.mean());
    assertArrayEquals(new double[] {4, 3}, moments.covariance()[0], 1e-12);
    assertArrayEquals(new double[] {3, 3}, moments.covariance()[1], 1e-12);
    // The difference has the variance 4 + 3 - 2 x 3 = 1 and no lead.
    assertEquals(0, moments.margin(0));
  }

  @Test
  void passesThatAreWorthMoreSpreadMore() {
    // Two mirrored passes of +-1 have the mean 0 whatever is drawn: variance 1, not 2.
    double[][] passes = {{1}, {-1}};
    assertEquals(2, LogitMoments.of(passes, 2).covariance()[0][0], 1e-12);
    assertEquals(1, LogitMoments.of(passes, 1e15).covariance()[0][0], 1e-12);
  }

  @Test
  void theMarginIsThatOfTheStrongestRival() {
    double[][] covariance = {{4, 0, 0}, {0, 5, 0}, {0, 0, 12}};
    LogitMoments moments = new LogitMoments(new double[] {6, 0, 1}, covariance);
    assertEquals(5 / 4.0, moments.margin(0), 1e-12);
    assertEquals(-2, moments.margin(1), 1e-12);
    LogitMoments noiseless = new LogitMoments(new double[] {2, 1}, new double[2][2]);
    assertEquals(Double.POSITIVE_INFINITY, noiseless.margin(0));
    assertEquals(Double.NEGATIVE_INFINITY, noiseless.margin(1));
  }

  @Test
  void theRootSquaresToTheCovarianceAlsoOfFewDimensions() {
    Random random = new Random(3);
    for (int passCount : new int[] {3, 4, 40}) {
      double[][] passes = new double[passCount][6];
      for (double[] pass : passes) {
        for (int i = 0; i < 5; i++) {
          pass[i] = random.nextGaussian();
        }
        pass[5] = pass[0] - pass[1];
      }
      LogitMoments moments = LogitMoments.of(passes, passCount);
      double[][] root = moments.root();
      for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 6; j++) {
          double product = 0;
          for (int k = 0; k < 6; k++) {
            product += root[i][k] * root[j][k];
          }
          assertEquals(moments.covariance()[i][j], product, 1e-5);
        }
      }
    }
  }
}
