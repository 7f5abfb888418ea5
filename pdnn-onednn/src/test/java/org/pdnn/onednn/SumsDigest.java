package org.pdnn.onednn;

import java.util.Arrays;
import org.pdnn.sums.Geometries;
import org.pdnn.sums.Geometry;
import org.pdnn.sums.Log;
import org.pdnn.sums.Operands;
import org.pdnn.sums.ScalarSums;
import org.pdnn.sums.Sums;
import org.pdnn.sums.SumsChoice;

/// The sums of some layers in one number; a program, so that other virtual machines compute it too.
/// It prints the name of the chosen sums, the number, and what was warned of.
final class SumsDigest {
  private SumsDigest() {}

  public static void main(String[] args) {
    try (Log log = new Log()) {
      Sums sums = SumsChoice.chosen();
      System.out.println(sums.name() + "\n" + of(sums) + "\n" + String.join("\n", log.warnings()));
    }
  }

  static int ofPlainJava() {
    return of(new ScalarSums());
  }

  private static int of(Sums sums) {
    int digest = 1;
    for (Geometry geometry : Geometries.of(4, 30)) {
      for (int most : new int[] {1, 255}) {
        digest = 31 * digest + Arrays.hashCode(Operands.random(geometry, 5, most, 1).sums(sums));
      }
    }
    return digest;
  }
}
