package org.pdnn.integer;

import org.pdnn.network.InputForm;

/// How real inputs become integers: x is read as (q - zero) * step, with q of 8 bits. Pixels, which
/// are k / 255, are exact.
///
/// @param step the distance of neighbouring values, above 0
/// @param zero the q of x = 0, 0 to 255, so that padding is exact
public record InputGrid(float step, int zero) {
  /// Bits of q.
  public static final int BITS = 8;

  /// The greatest q.
  public static final int MOST = (1 << BITS) - 1;

  /// Adding and subtracting it rounds to the nearest integer, half to even.
  private static final float ROUND = 0x1.8p23f;

  /// Pixels in [0, 1].
  public static final InputGrid PIXELS = new InputGrid(1f / MOST, 0);

  public InputGrid {
    if (!(step > 0 && step <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("step must be above 0 and finite, got " + step);
    }
    if (zero < 0 || zero > MOST) {
      throw new IllegalArgumentException("zero must be 0 to 255, got " + zero);
    }
  }

  /// The finest grid that holds whatever pixels become in this form.
  public static InputGrid of(InputForm form) {
    return covering(form.low(), form.high());
  }

  /// The finest grid that holds all values from `low` to `high`, and 0. Of [0, 1] it is [#PIXELS].
  public static InputGrid covering(float low, float high) {
    float least = Math.min(0, low);
    float most = Math.max(0, high);
    if (!(most - least > 0 && most - least <= Float.MAX_VALUE)) {
      return PIXELS;
    }
    float step = (most - least) / MOST;
    return new InputGrid(step, Math.clamp(Math.round(-least / step), 0, MOST));
  }

  /// The q of the grid point nearest to x; beyond the range, its end.
  public int code(float x) {
    return (int) quantise(x) + zero;
  }

  /// q - zero of the grid point nearest to x, an integer; beyond the range, its end.
  public float quantise(float x) {
    return Math.clamp(x * (1 / step) + ROUND - ROUND, -zero, MOST - zero);
  }
}
