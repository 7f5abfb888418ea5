package org.pdnn.benchmark.onnx;

/// The values that eight bits must tell apart: 256 levels from `low` to `high`, one of which is
/// exactly 0, so that a padding of zeros is one too.
///
/// @param low at most 0
/// @param high at least 0, above `low`
record LevelRange(float low, float high) {
  private static final int STEPS = 255;

  LevelRange {
    if (!(low <= 0 && high >= 0 && low < high)) {
      throw new IllegalArgumentException("a range must span 0, got %s to %s".formatted(low, high));
    }
  }

  /// The least range of all values and 0.
  static LevelRange of(float[] values) {
    float low = 0;
    float high = 0;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return low < high ? new LevelRange(low, high) : new LevelRange(0, 1);
  }

  /// This range without what lies outside of another; any, if nothing is left.
  LevelRange within(LevelRange bounds) {
    float least = Math.max(low, bounds.low);
    float most = Math.min(high, bounds.high);
    return least < most ? new LevelRange(least, most) : new LevelRange(0, 1);
  }

  /// From one level to the next.
  float scale() {
    return (high - low) / STEPS;
  }

  /// The level of 0.
  int zeroPoint() {
    return Math.clamp(Math.round(-low / scale()), 0, STEPS);
  }
}
