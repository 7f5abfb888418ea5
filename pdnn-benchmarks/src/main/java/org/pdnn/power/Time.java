package org.pdnn.power;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/// Time, as measurements take it; tests let it elapse at will.
public interface Time {
  /// The machine's.
  Time SYSTEM =
      new Time() {
        @Override
        public long nanoseconds() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) {
          try {
            Thread.sleep(time);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
          }
        }
      };

  /// Since some moment in the past.
  long nanoseconds();

  /// Does nothing for so long.
  ///
  /// @throws CancellationException if the thread is interrupted
  void sleep(Duration time);
}
