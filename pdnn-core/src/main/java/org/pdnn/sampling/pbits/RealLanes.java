package org.pdnn.sampling.pbits;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.pdnn.random.Scheme;

/// Random numbers and p-bits in real numbers, a vector of units at a time: for one call.
final class RealLanes {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  private final Pass pass;
  private final PhiloxLanes philox;
  private final int[] words = new int[Words.CHUNK];
  private final float[] numbers = new float[Words.CHUNK];

  /// The second draws of the scrambled scheme, which alone has any.
  private final int[] coins;

  RealLanes(Pass pass) {
    this.pass = pass;
    this.philox = new PhiloxLanes(pass.source(), pass.layer());
    this.coins = new int[pass.scheme() == Scheme.SCRAMBLED ? Words.CHUNK : 0];
  }

  /// See [PBits#uniform].
  void uniform(int from, MemorySegment target) {
    int units = units(target);
    for (int at = 0; at < units; at += Words.CHUNK) {
      int n = Math.min(Words.CHUNK, units - at);
      draw(from + at, n);
      for (int i = 0; i < n; i += FLOATS.length()) {
        number(words, i, 0).intoArray(numbers, i);
      }
      MemorySegment.copy(numbers, 0, target, JAVA_FLOAT, (long) at * Float.BYTES, n);
    }
  }

  /// See [PBits#fire].
  void fire(int least, int from, MemorySegment means, MemorySegment bits) {
    int units = units(means);
    for (int at = 0; at < units; at += Words.CHUNK) {
      int n = Math.min(Words.CHUNK, units - at);
      draw(from + at, n);
      MemorySegment.copy(means, JAVA_FLOAT, (long) at * Float.BYTES, numbers, 0, n);
      compare(words, least, numbers, n);
      MemorySegment.copy(numbers, 0, bits, JAVA_FLOAT, (long) at * Float.BYTES, n);
    }
  }

  private static int units(MemorySegment floats) {
    return Math.toIntExact(floats.byteSize() / Float.BYTES);
  }

  private void draw(int from, int n) {
    if (pass.scheme() == Scheme.SCRAMBLED) {
      int block = pass.sample() / Scheme.SCRAMBLED_BLOCK;
      philox.draw(pass.input(), 2 * block, from, n, words);
      philox.draw(pass.input(), 2 * block + 1, from, n, coins);
      int t = pass.sample() % Scheme.SCRAMBLED_BLOCK;
      for (int i = 0; i < n; i++) {
        words[i] = Scheme.scrambled(words[i], coins[i], t);
      }
    } else {
      philox.draw(pass.input(), Flips.draw(pass.scheme(), pass.sample()), from, n, words);
      int flipped = Flips.bits(pass.scheme(), pass.sample());
      for (int i = 0; i < n && flipped != 0; i++) {
        words[i] ^= flipped;
      }
    }
  }

  private static void compare(int[] words, int least, float[] means, int n) {
    FloatVector down = FloatVector.broadcast(FLOATS, (float) least);
    for (int i = 0; i < n; i += FLOATS.length()) {
      FloatVector mean = FloatVector.fromArray(FLOATS, means, i);
      down.blend(1, number(words, i, least).lt(mean)).intoArray(means, i);
    }
  }

  /// See [Pass#number].
  private static FloatVector number(int[] words, int at, int least) {
    return ((FloatVector)
            IntVector.fromArray(INTS, words, at)
                .lanewise(VectorOperators.LSHR, Integer.SIZE - Pass.NUMBER_BITS)
                .convert(VectorOperators.I2F, 0))
        .mul(Pass.step(least))
        .add((float) least);
  }
}
