package org.pdnn.sampling.pbits;

import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// One pass of a layer: with a unit, the address of a word.
///
/// @param scheme how the passes share the words of the source; not stratified, whose passes must
///   know how many they are
public record Pass(Philox source, Scheme scheme, long input, int layer, int sample) {
  /// Bits of a word that become a real number: as many as it holds exactly.
  static final int NUMBER_BITS = 24;

  public Pass {
    if (!scheme.anytime()) {
      throw new IllegalArgumentException(
          "passes of the scheme %s are drawn together".formatted(scheme));
    }
  }

  /// The upper bits of a unit's word as a number from `least` to below 1: exact.
  float number(int unit, int least) {
    int word = scheme.over(source, sample + 1).word(input, layer, unit, sample);
    return (word >>> (Integer.SIZE - NUMBER_BITS)) * step(least) + least;
  }

  /// From a number to the next.
  static float step(int least) {
    return (1 - least) * 0x1p-24f;
  }
}
