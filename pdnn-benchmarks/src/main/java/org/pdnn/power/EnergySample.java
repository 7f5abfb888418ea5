package org.pdnn.power;

import java.time.Duration;
import org.pdnn.energy.Joules;

/// What a machine spent between two readings of its counters.
///
/// @param energy of everything that the counters cover
/// @param time above 0
public record EnergySample(Joules energy, Duration time) {
  public EnergySample {
    if (!time.isPositive()) {
      throw new IllegalArgumentException("time must be above 0, got " + time);
    }
  }

  /// The mean power.
  public Watts power() {
    return new Watts(energy.nanojoules() / time.toNanos());
  }

  /// What is left when a constant power is taken away.
  public Joules above(Watts baseline) {
    return energy.plus(baseline.during(time).times(-1));
  }
}
