package org.pdnn.integer;

import org.pdnn.network.Activation;

/// The threshold t of a p-bit by its pre-activation I: the bit is up if the upper 15 bits of its
/// random word lie below, so P(b = 1) is exactly t / [#ONE].
///
/// I is an integer in units of 2^-10; t is one in units of 2^-15, from 0 (never) to [#ONE]
/// (always). A sigmoid's is from a table of [#SEGMENTS] straight lines and within [#ERROR] of the
/// function for every I; that of clip is exact.
public enum Threshold {
  /// sigmoid(I).
  SIGMOID {
    @Override
    public int of(int preActivation) {
      int a = Math.min(Math.abs(Math.max(preActivation, -Short.MAX_VALUE)), CERTAIN);
      int rise = BASES[a >> 8] + ((SLOPES[a >> 8] * (a & 255)) >>> 5);
      return preActivation >= 0 ? HALF + rise : HALF - rise;
    }
  },

  /// (1 + tanh(I)) / 2 = sigmoid(2 I).
  TANH {
    @Override
    public int of(int preActivation) {
      return SIGMOID.of(2 * Math.clamp(preActivation, Short.MIN_VALUE, Short.MAX_VALUE));
    }
  },

  /// I, at least 0 and at most 1.
  CLIP {
    @Override
    public int of(int preActivation) {
      return Math.clamp(preActivation, 0, 1 << Affine.FRACTION_BITS) << 5;
    }
  };

  /// The bits of a threshold and of the random number that is compared with it.
  public static final int BITS = 15;

  /// The threshold of a p-bit that is always up.
  public static final int ONE = 1 << BITS;

  /// The promised bound on the error of a sigmoid's probability.
  public static final double ERROR = 0x1p-11;

  /// The magnitude of I from which a sigmoid's p-bit is certain.
  public static final int CERTAIN = 8191;

  /// Straight lines, each over 256 values of the magnitude of I.
  public static final int SEGMENTS = 32;

  private static final int HALF = ONE / 2;
  private static final int WIDTH = (CERTAIN + 1) / SEGMENTS;

  /// By segment: what a sigmoid has risen from 1/2 where it begins, and how it rises, in units of
  /// 2^-20 for each of I.
  private static final int[] BASES = new int[SEGMENTS];

  private static final int[] SLOPES = new int[SEGMENTS];

  static {
    fit();
  }

  /// The threshold for a pre-activation, which is first clamped to 16 bits.
  public abstract int of(int preActivation);

  /// That of p-bits with this mean.
  ///
  /// @throws IllegalArgumentException if p-bits have no such mean
  public static Threshold of(Activation activation) {
    return switch (activation) {
      case SIGMOID -> SIGMOID;
      case TANH -> TANH;
      case CLIP -> CLIP;
      default -> throw new IllegalArgumentException("p-bits have no mean " + activation);
    };
  }

  /// The threshold of the OR of two p-bits: P(down) is the product, rounded to 15 bits. That of
  /// more is taken in order, with the first two first.
  public static int either(int threshold, int other) {
    return ONE - (((ONE - threshold) * (ONE - other) + HALF) >> BITS);
  }

  /// Whether a p-bit is up.
  public static boolean up(int word, int threshold) {
    return word >>> (Integer.SIZE - BITS) < threshold;
  }

  /// The table's first column, 0 to 2^14 and 0 for I = 0; for kernels to load.
  public static int[] bases() {
    return BASES.clone();
  }

  /// The table's second column, 0 to 255; for kernels to load.
  public static int[] slopes() {
    return SLOPES.clone();
  }

  /// Segment after segment, of all slopes the one of the least greatest error, the first of equals.
  /// The base of a slope lies in the middle of what it is off by, rounded, and not below the end of
  /// the segment before: so thresholds never fall. I = 0 has 1/2, and the last segment ends at 1.
  private static void fit() {
    int before = 0;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      double[] sigmoid = new double[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        sigmoid[i] = ONE / (1 + StrictMath.exp(-(segment * WIDTH + i) / 1024.0)) - HALF;
      }
      double least = Double.POSITIVE_INFINITY;
      for (int slope = 0; slope < 256; slope++) {
        double most = Double.NEGATIVE_INFINITY;
        double fewest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < WIDTH; i++) {
          double off = sigmoid[i] - ((slope * i) >>> 5);
          most = Math.max(most, off);
          fewest = Math.min(fewest, off);
        }
        int base = Math.max(before, (int) Math.floor((most + fewest) / 2 + 0.5));
        if (segment == 0) {
          base = 0;
        } else if (segment == SEGMENTS - 1) {
          base = HALF - ((slope * (WIDTH - 1)) >>> 5);
        }
        double error = Math.max(most - base, base - fewest);
        if (error < least && base >= before) {
          least = error;
          BASES[segment] = base;
          SLOPES[segment] = slope;
        }
      }
      before = BASES[segment] + ((SLOPES[segment] * (WIDTH - 1)) >>> 5);
    }
  }
}
