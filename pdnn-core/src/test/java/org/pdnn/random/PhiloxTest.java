package org.pdnn.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.apache.commons.rng.core.source32.Philox4x32;
import org.junit.jupiter.api.Test;

class PhiloxTest {
  @Test
  void blocksEqualThoseOfApacheCommonsRng() {
    Random random = new Random(1);
    for (int trial = 0; trial < 1000; trial++) {
      long seed = random.nextLong();
      int unit = (random.nextInt() & 0x7ffffffc) | 4;
      int sample = random.nextInt();
      long input = random.nextLong() & 0xffffffffffffL;
      int layer = random.nextInt(1 << 16);
      // Theirs steps the counter before each block, hence the 1.
      int[] counter = {
        unit / 4 - 1, sample, (int) input, (layer << 16) | (int) (input >>> 32),
      };
      Philox4x32 other =
          new Philox4x32(
              new int[] {
                (int) seed, (int) (seed >>> 32), counter[0], counter[1], counter[2], counter[3]
              });
      Philox ours = new Philox(seed);
      for (int lane = 0; lane < 4; lane++) {
        assertEquals(other.nextInt(), ours.word(input, layer, unit + lane, sample));
      }
    }
  }

  @Test
  void theKnownAnswerOfThePaperAuthorsHolds() {
    // Random123 kat_vectors: philox4x32 10 rounds, all-zero counter and key.
    int[] block = new int[4];
    new Philox(0).encrypt(block);
    assertArrayEquals(new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, block);
  }

  @Test
  void purposesOfOneSeedAreUnrelated() {
    assertNotEquals(
        Philox.forPurpose(1, "weights").word(0, 0, 0, 0),
        Philox.forPurpose(1, "shuffle").word(0, 0, 0, 0));
    assertNotEquals(new Philox(1).word(0, 0, 0, 0), new Philox(2).word(0, 0, 0, 0));
  }

  @Test
  void aDerivedSeedIsTheTwoWordsOfItsPurposeAndIndex() {
    Philox shuffle = Philox.forPurpose(5, "shuffle");
    for (long index : new long[] {0, 7, (1L << 48) - 1}) {
      long seed = Philox.seedFor(5, "shuffle", index);
      assertEquals(shuffle.word(index, 0, 0, 0), (int) (seed >>> 32));
      assertEquals(shuffle.word(index, 0, 1, 0), (int) seed);
    }
    assertNotEquals(Philox.seedFor(5, "shuffle", 0), Philox.seedFor(5, "noise", 0));
    assertThrows(IllegalArgumentException.class, () -> Philox.seedFor(5, "shuffle", -1));
  }

  @Test
  void addressesOutOfRangeAreRefused() {
    Philox philox = new Philox(1);
    assertThrows(IllegalArgumentException.class, () -> philox.word(-1, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> philox.word(1L << 48, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> philox.word(0, 1 << 16, 0, 0));
  }
}
