package org.pdnn.sampling.pbits;

import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// Words of the schemes whose pass takes one word of [Philox], as it is or with some bits flipped:
/// drawn anew for each pass.
final class FreshWords extends Words {
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;

  private final PhiloxLanes philox;
  private final Scheme scheme;
  private final short[] draws = new short[CHUNK];

  FreshWords(Philox philox, Scheme scheme, int layer) {
    this.philox = new PhiloxLanes(philox, layer);
    this.scheme = scheme;
  }

  @Override
  short[] draw(int pass, int from, int n) {
    philox.draw(input(), Flips.draw(scheme, pass), from, n, draws);
    short flip = (short) (Flips.bits(scheme, pass) >>> 16);
    for (int unit = 0; unit < n; unit += SHORTS.length()) {
      ShortVector.fromArray(SHORTS, draws, unit)
          .lanewise(VectorOperators.XOR, flip)
          .lanewise(VectorOperators.LSHR, SHIFT - 16)
          .intoArray(draws, unit);
    }
    return draws;
  }
}
