package org.pdnn.integer;

/// Pre-activations from the sums of a layer, in integers: `I = (M * (sum >> R) + B) >> S`, with
/// arithmetic shifts and I in units of 2^-10. Multiplier M and shift S are those of the output, R
/// is that of the layer; the bias B is that of the output or, where the layer pads with other than
/// zeros, of the output at a pixel. All fits 32 bits.
public final class Affine {
  /// What I is an integer of.
  public static final double UNIT = 0x1p-10;

  /// I = 1 is 2^10.
  public static final int FRACTION_BITS = 10;

  private static final int MULTIPLIER_BITS = 14;
  private static final int SUM_BITS = 16;
  private static final int LARGEST_BIAS = (1 << 30) - 1;
  private static final int MOST_SHIFT = 29;

  private final int outputs;
  private final int preShift;
  private final int[] multipliers;
  private final int[] shifts;
  private final int[] biases;
  private Blocks blocks = new Blocks(0, new int[0]);

  private Affine(int outputs, int preShift, int pixels) {
    this.outputs = outputs;
    this.preShift = preShift;
    this.multipliers = new int[outputs];
    this.shifts = new int[outputs];
    this.biases = new int[Math.multiplyExact(pixels, outputs)];
  }

  /// The integers as they are.
  ///
  /// @param preShift R, 0 to 16
  /// @param multipliers M by output, below 2^14 in magnitude
  /// @param biases B by pixel, then output: one row for all pixels, or a row for each; below 2^30
  ///   in magnitude, with 2^(S - 1) for rounding in them
  /// @param shifts S by output, 0 to 29
  public static Affine of(int preShift, int[] multipliers, int[][] biases, int[] shifts) {
    require(preShift, 0, Integer.SIZE - SUM_BITS, "R");
    Affine affine = new Affine(multipliers.length, preShift, biases.length);
    for (int o = 0; o < multipliers.length; o++) {
      affine.multipliers[o] =
          require(multipliers[o], 1 - (1 << MULTIPLIER_BITS), (1 << MULTIPLIER_BITS) - 1, "M");
      affine.shifts[o] = require(shifts[o], 0, MOST_SHIFT, "S");
      for (int pixel = 0; pixel < biases.length; pixel++) {
        affine.biases[pixel * affine.outputs + o] =
            require(biases[pixel][o], -LARGEST_BIAS, LARGEST_BIAS, "B");
      }
    }
    return affine;
  }

  /// The integers of `I = scale * sum + bias`: R brings the sums to 16 bits, S is the greatest for
  /// which M and B fit.
  ///
  /// @param scales by output
  /// @param biases by pixel, then output: one row for all pixels, or a row for each
  /// @param mostSum what no sum exceeds in magnitude
  /// @throws IllegalArgumentException if none fits
  public static Affine of(double[] scales, double[][] biases, long mostSum) {
    if (mostSum < 0 || mostSum > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "sums up to %s do not fit 32 bits; use weights of fewer bits".formatted(mostSum));
    }
    int preShift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(mostSum) - SUM_BITS);
    int[] multipliers = new int[scales.length];
    int[] shifts = new int[scales.length];
    int[][] rows = new int[biases.length][scales.length];
    for (int o = 0; o < scales.length; o++) {
      double mostBias = 0;
      for (double[] row : biases) {
        mostBias = Math.max(mostBias, Math.abs(row[o]));
      }
      int shift = shift(o, scales[o], mostBias, preShift);
      shifts[o] = shift;
      multipliers[o] = (int) multiplier(scales[o], preShift, shift);
      for (int pixel = 0; pixel < rows.length; pixel++) {
        double bias = Math.scalb(biases[pixel][o], FRACTION_BITS + shift);
        rows[pixel][o] = (int) Math.rint(bias) + rounding(shift);
      }
    }
    return of(preShift, multipliers, rows, shifts);
  }

  private static int shift(int output, double scale, double mostBias, int preShift) {
    for (int shift = MOST_SHIFT; shift >= 0; shift--) {
      if (Math.abs(multiplier(scale, preShift, shift)) < (1 << MULTIPLIER_BITS)
          && Math.scalb(mostBias, FRACTION_BITS + shift) + rounding(shift) < LARGEST_BIAS) {
        return shift;
      }
    }
    throw new IllegalArgumentException(
        "output %s: a scale of %s and a bias of %s do not fit the integer form, whose scales are up to %s and whose biases are below 1048576"
            .formatted(output, scale, mostBias, Math.scalb(15.9, -preShift)));
  }

  /// What rounds to the nearest a number that is shifted.
  private static int rounding(int shift) {
    return (1 << shift) >> 1;
  }

  private static double multiplier(double scale, int preShift, int shift) {
    return Math.rint(Math.scalb(scale, FRACTION_BITS + preShift + shift));
  }

  private static int require(int value, int least, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be %s to %s, got %s".formatted(name, least, most, value));
    }
    return value;
  }

  /// Number of outputs.
  public int outputs() {
    return outputs;
  }

  /// R, the shift of all sums.
  public int preShift() {
    return preShift;
  }

  /// M.
  public int multiplier(int output) {
    return multipliers[output];
  }

  /// S.
  public int shift(int output) {
    return shifts[output];
  }

  /// B.
  ///
  /// @param pixel of no meaning unless [#byPixel]
  public int bias(int pixel, int output) {
    return biases[(byPixel() ? pixel * outputs : 0) + output];
  }

  /// Whether each pixel has biases of its own.
  public boolean byPixel() {
    return biases.length > outputs;
  }

  /// I, not clamped.
  public int apply(int pixel, int output, int sum) {
    return (multipliers[output] * (sum >> preShift) + bias(pixel, output)) >> shifts[output];
  }

  /// What no pre-activation exceeds in magnitude.
  ///
  /// @param mostSum what no sum does
  long bound(long mostSum) {
    long bound = 0;
    for (int o = 0; o < outputs; o++) {
      for (int at = o; at < biases.length; at += outputs) {
        long most = Math.abs(multipliers[o]) * ((mostSum >> preShift) + 1) + Math.abs(biases[at]);
        bound = Math.max(bound, (most >> shifts[o]) + 1);
      }
    }
    return bound;
  }

  /// I, clamped to 16 bits, as p-bits read it.
  public short clamped(int pixel, int output, int sum) {
    return (short) Math.clamp(apply(pixel, output, sum), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  /// All integers as kernels load them, `[pixel][block][M, S, B][output]`: blocks of so many
  /// outputs, the last padded with zeros; one pixel unless [#byPixel]. Only to be read.
  ///
  /// @param width outputs of a block
  public int[] blocks(int width) {
    Blocks made = blocks;
    if (made.width != width) {
      made = new Blocks(width, packed(width));
      blocks = made;
    }
    return made.integers;
  }

  private int[] packed(int width) {
    int perPixel = Math.ceilDiv(outputs, width) * 3 * width;
    int pixels = biases.length / outputs;
    int[] packed = new int[pixels * perPixel];
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int o = 0; o < outputs; o++) {
        int at = pixel * perPixel + o / width * 3 * width + o % width;
        packed[at] = multipliers[o];
        packed[at + width] = shifts[o];
        packed[at + 2 * width] = bias(pixel, o);
      }
    }
    return packed;
  }

  /// Immutable, so that threads may hand it to each other.
  private static final class Blocks {
    private final int width;
    private final int[] integers;

    Blocks(int width, int[] integers) {
      this.width = width;
      this.integers = integers;
    }
  }
}
