package org.pdnn.cli.display;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.pdnn.sweep.SweepProgress;

/// A bar over the whole sweep, with the time left; a cell's end is told in it.
public final class SweepDisplay implements SweepProgress, AutoCloseable {
  private final String name;
  private final PrintWriter err;
  private @Nullable Display bar;

  public SweepDisplay(String name, PrintWriter err) {
    this.name = name;
    this.err = err;
  }

  @Override
  public void begin(int cells, int kept, double work) {
    err.printf("pdnn: %s: %d cells to do, %d kept from before%n", name, cells, kept);
    err.flush();
    bar = new Display(name, "units of work", Math.max(1, Math.round(work)));
  }

  @Override
  public void done(double work) {
    if (bar != null) {
      bar.to(Math.round(work));
    }
  }

  @Override
  public void cell(String title) {
    if (bar != null) {
      bar.message("done: " + title);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
