package org.pdnn.cli.display;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A [Display] that stays away from tasks that are over within two seconds.
public final class LateDisplay implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final long from = System.nanoTime() + PATIENCE.toNanos();
  private final Supplier<Display> made;
  private @Nullable Display display;

  public LateDisplay(String task, String unit, long most) {
    this.made = () -> new Display(task, unit, most);
  }

  public synchronized void to(long done) {
    if (display == null && System.nanoTime() >= from) {
      display = made.get();
    }
    if (display != null) {
      display.to(done);
    }
  }

  @Override
  public synchronized void close() {
    if (display != null) {
      display.close();
    }
  }
}
