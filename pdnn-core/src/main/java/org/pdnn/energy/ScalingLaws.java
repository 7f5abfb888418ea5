package org.pdnn.energy;

/// How the energy of arithmetic depends on the width of its operands, relative to 32 bits.
///
/// - An adder has one full adder a bit: energy in proportion to the bits.
/// - An array multiplier has one row of adders for each bit of an operand, each as long as the
///   other operand: energy in proportion to the product of the widths.
/// - A memory moves each bit by itself: energy in proportion to the bits, which is why its
///   constants are per bit.
///
/// These are the textbook's (N. Weste, D. Harris, CMOS VLSI Design, 4th ed., 2011, chapter 11). M.
/// Horowitz (ISSCC 2014, figure 1.1.9) bears them out at 45 nm: integer additions of 8 and 32 bits
/// take 0.03 and 0.1 pJ, multiplications 0.2 and 3.1 pJ; the laws say 0.025 and 0.19 pJ for 8 bits.
/// The paper prices 32-bit operands and bits only.
public final class ScalingLaws {
  /// The width that the constants of a technology are for.
  static final int REFERENCE_BITS = 32;

  private ScalingLaws() {}

  /// An addition of this width, in additions of 32 bits.
  public static double addition(int bits) {
    return (double) bits / REFERENCE_BITS;
  }

  /// A multiplication of operands of these widths, in multiplications of 32 by 32 bits.
  public static double multiplication(int bits, int otherBits) {
    return (double) bits * otherBits / (REFERENCE_BITS * REFERENCE_BITS);
  }
}
