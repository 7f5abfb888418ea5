package org.pdnn.power;

import java.time.Duration;
import org.pdnn.energy.Joules;

/// A power.
///
/// @param watts finite
public record Watts(double watts) {
  public static final Watts ZERO = new Watts(0);

  public Watts {
    if (!Double.isFinite(watts)) {
      throw new IllegalArgumentException("a power must be finite, got " + watts + " W");
    }
  }

  public static Watts ofMilliwatts(double milliwatts) {
    return new Watts(milliwatts / 1e3);
  }

  public double milliwatts() {
    return watts * 1e3;
  }

  /// The energy of so long. A watt is a nanojoule a nanosecond.
  public Joules during(Duration time) {
    return Joules.ofNanojoules(watts * time.toNanos());
  }
}
