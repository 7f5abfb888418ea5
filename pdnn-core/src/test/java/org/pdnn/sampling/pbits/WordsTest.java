package org.pdnn.sampling.pbits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;

/// The draws of every kernel are the upper 15 bits of the words that the scheme defines.
class WordsTest {
  private static final int SAMPLES = 70;
  private static final long INPUT = 0xABCD_8765_4321L;
  private static final int LAYER = 0xF00D;

  private static void assertDefined(PBits kernel, RandomWords source, Scheme scheme, int units) {
    RandomWords defined = scheme.over(source, SAMPLES);
    Words words = kernel.words(source, scheme, SAMPLES, LAYER, units, 2);
    Random random = new Random(units);
    for (long input : new long[] {INPUT, INPUT, 0, (1L << 48) - 1, INPUT}) {
      words.turnTo(input == 0 ? 0 : 1, input);
      for (int pass : new int[] {0, 1, 30, 31, random.nextInt(32), 32, 69, 2}) {
        for (int from = 0; from < units; from += Words.CHUNK) {
          int n = Math.min(Words.CHUNK, units - from);
          short[] draws = words.draw(pass, from, n);
          for (int i = 0; i < n; i++) {
            int word = defined.word(input, LAYER, from + i, pass);
            assertEquals(word >>> 17, draws[i], kernel.name() + ", unit " + (from + i));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Scheme.class)
  void drawsAreTheUpperBitsOfTheWordsOfTheScheme(Scheme scheme) {
    for (PBits kernel : PBitKernels.all()) {
      for (int units : List.of(1, 3, 130, scheme == Scheme.STRATIFIED ? 8 : 1100)) {
        Philox philox = new Philox(0x8000_0000_FFFF_FFFFL + units);
        assertDefined(kernel, philox, scheme, units);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Scheme.class)
  void anySourceOfWordsServes(Scheme scheme) {
    RandomWords source = (input, layer, unit, draw) -> ((int) input + 31 * unit) << draw;
    for (PBits kernel : PBitKernels.all()) {
      assertDefined(kernel, source, scheme, 20);
    }
  }
}
