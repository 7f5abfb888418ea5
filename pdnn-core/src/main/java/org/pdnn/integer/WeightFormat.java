package org.pdnn.integer;

/// How weights are stored: `8`, `4`, `2` or `1` bits with a scale for each output, or in groups
/// (`4g`), with a scale for each 64 inputs of an output.
///
/// @param bits 8, 4, 2 or 1. Codes are symmetric: -127..127, -7..7, -1..1, and -1 or 1
/// @param grouped whether every 64 inputs of an output have a scale of their own
public record WeightFormat(int bits, boolean grouped) {
  /// Inputs that share a scale, if grouped.
  public static final int GROUP = 64;

  /// The most bits of weights and of the levels of neurons: those of a byte.
  public static final int MOST_BITS = 8;

  public WeightFormat {
    if (bits != 8 && bits != 4 && bits != 2 && bits != 1) {
      throw new IllegalArgumentException("weight bits must be 8, 4, 2 or 1, got " + bits);
    }
  }

  /// The greatest code.
  public int most() {
    return bits <= 2 ? 1 : (1 << (bits - 1)) - 1;
  }

  /// Reads notation.
  ///
  /// @throws IllegalArgumentException naming what would be right
  public static WeightFormat parse(String notation) {
    String text = notation.strip();
    boolean grouped = text.endsWith("g");
    try {
      String bits = grouped ? text.substring(0, text.length() - 1) : text;
      return new WeightFormat(Integer.parseInt(bits), grouped);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is not a weight format; use 8, 4, 2 or 1, or with groups of 64 inputs 8g, 4g, 2g or 1g"
              .formatted(notation),
          e);
    }
  }

  @Override
  public String toString() {
    return grouped ? bits + "g" : Integer.toString(bits);
  }
}
