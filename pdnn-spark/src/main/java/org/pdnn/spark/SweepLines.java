package org.pdnn.spark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.pdnn.sweep.SweepProgress;

/// A line for the beginning of a sweep and for finished cells, in a log as on a terminal.
final class SweepLines implements SweepProgress {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

  private final String name;
  private final PrintStream err;
  private int cells;
  private int kept;
  private int finished;
  private long told;

  SweepLines(String name, PrintStream err) {
    this.name = name;
    this.err = err;
  }

  /// Cells that were finished before.
  synchronized int kept() {
    return kept;
  }

  /// Cells that this sweep finished.
  synchronized int finished() {
    return finished;
  }

  @Override
  public synchronized void begin(int cells, int kept, double work) {
    this.cells = cells;
    this.kept = kept;
    told = System.nanoTime();
    err.printf(Locale.ROOT, "pdnn: %s: %d cells to do, %d kept from before%n", name, cells, kept);
  }

  @Override
  public void done(double work) {}

  @Override
  public synchronized void cell(String title) {
    finished++;
    long now = System.nanoTime();
    if (finished == cells || now - told >= BETWEEN_LINES.toNanos()) {
      told = now;
      err.printf(Locale.ROOT, "pdnn: %d of %d cells done: %s%n", finished, cells, title);
    }
  }
}
