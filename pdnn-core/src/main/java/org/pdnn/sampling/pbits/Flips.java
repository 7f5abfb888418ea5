package org.pdnn.sampling.pbits;

import org.pdnn.random.Scheme;

/// How a pass makes its word of one draw, in schemes whose passes read one draw each: some bits are
/// flipped, the same of every unit. Two functions and no pair of numbers, so that nothing is
/// allocated.
final class Flips {
  private Flips() {}

  /// Number of the draw that a pass reads.
  static int draw(Scheme scheme, int pass) {
    return switch (scheme) {
      case INDEPENDENT -> pass;
      case ANTITHETIC -> pass / 2;
      case XOR -> 0;
      case SCRAMBLED, STRATIFIED -> throw new IllegalStateException(scheme.toString());
    };
  }

  /// The bits of it that a pass flips.
  static int bits(Scheme scheme, int pass) {
    return switch (scheme) {
      case INDEPENDENT -> 0;
      case ANTITHETIC -> -(pass % 2);
      case XOR -> Integer.reverse(pass);
      case SCRAMBLED, STRATIFIED -> throw new IllegalStateException(scheme.toString());
    };
  }
}
