package org.pdnn.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Forecast;
import org.pdnn.sweep.Sweep;
import org.pdnn.sweep.SweepProgress;

/// What a cell takes beside its work, and how well [Forecast] predicts: sweeps of cells that sleep,
/// so that few processors can stand for many. It runs only when it is named.
class SweepSpeed {
  private static final int CELLS = 500;

  /// Cores, and milliseconds that a cell sleeps; the first one warms up.
  private static final int[][] SWEEPS = {
    {2, 0}, {1, 0}, {2, 0}, {2, 100}, {16, 1_000}, {64, 0}, {64, 100}, {64, 1_000}, {250, 1_000}
  };

  @TempDir private Path folder;

  @Test
  void sweepsOfSleepingCells() throws IOException {
    System.out.println("cores  cell ms  measured s  predicted s  least s  most s  per cell ms");
    for (int[] one : SWEEPS) {
      run(one[0], one[1]);
    }
  }

  private void run(int cores, int millis) throws IOException {
    Dozing plan = new Dozing(CELLS, millis, -1);
    Path cells = folder.resolve(cores + "-" + millis + "-" + System.nanoTime());
    try (SparkSession session = LocalSession.of(cores)) {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      Sweep sweep = new Sweep(cells, new TaskCrew(spark, plan, cells), SweepProgress.NONE);
      List<Cell<?>> all = PlannedCells.of(plan).all();
      Forecast forecast = sweep.forecast(all);
      long start = System.nanoTime();
      sweep.run(all);
      double seconds = (System.nanoTime() - start) * 1e-9;
      System.out.printf(
          Locale.ROOT,
          "%5d  %7d  %10.2f  %11.2f  %7.2f  %6.2f  %11.1f%n",
          cores,
          millis,
          seconds,
          forecast.seconds(cores),
          forecast.atLeast(cores),
          forecast.atMost(cores),
          1e3 * (seconds * cores - CELLS * millis / 1e3) / CELLS);
    }
  }
}
