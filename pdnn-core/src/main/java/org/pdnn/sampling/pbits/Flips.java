package org.pdnn.sampling.pbits;

import org.pdnn.random.Scheme;

/// How a pass makes its word of one draw: some bits are flipped, the same of every unit.
///
/// @param draw number of the draw
/// @param bits those that are flipped
record Flips(int draw, int bits) {
  /// @param scheme one whose passes read one draw each
  static Flips of(Scheme scheme, int pass) {
    return switch (scheme) {
      case INDEPENDENT -> new Flips(pass, 0);
      case ANTITHETIC -> new Flips(pass / 2, -(pass % 2));
      case XOR -> new Flips(0, Integer.reverse(pass));
      case SCRAMBLED, STRATIFIED -> throw new IllegalStateException(scheme.toString());
    };
  }
}
