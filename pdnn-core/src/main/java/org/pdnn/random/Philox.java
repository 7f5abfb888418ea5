package org.pdnn.random;

/// The counter-based generator Philox4x32-10.
///
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2,
/// 3", SC 2011. The key is the seed. The counter is the address: (unit / 4, sample, low half of
/// input, layer and high part of input), and the unit's last two bits choose one of the block's
/// four words.
public final class Philox implements RandomWords {
  /// Rounds of encryption.
  public static final int ROUNDS = 10;

  /// The multiplier of the counter's first word.
  public static final long MULTIPLIER_0 = 0xD2511F53L;

  /// The multiplier of the counter's third word.
  public static final long MULTIPLIER_1 = 0xCD9E8D57L;

  /// What a round adds to the lower half of the key.
  public static final int WEYL_0 = 0x9E3779B9;

  /// What a round adds to the upper half of the key.
  public static final int WEYL_1 = 0xBB67AE85;

  private final int key0;
  private final int key1;

  /// A generator of its own for each seed.
  public Philox(long seed) {
    this.key0 = (int) seed;
    this.key1 = (int) (seed >>> 32);
  }

  /// A generator for one purpose ("weights", "shuffle", ...), unrelated to those of the same seed
  /// for other purposes and to `new Philox(seed)`.
  public static Philox forPurpose(long seed, String purpose) {
    int[] block = {purpose.hashCode(), purpose.length(), -1, -1};
    new Philox(seed).encrypt(block);
    return new Philox(RandomWords.joined(block[0], block[1]));
  }

  /// A derived seed: number `index` of those that a seed has for one purpose. It joins the words of
  /// units 0 (upper half) and 1 (lower half) of input `index` in the generator of that purpose, so
  /// that derived seeds of different seeds and purposes are unrelated.
  ///
  /// @param index in [0, 2^48)
  public static long seedFor(long seed, String purpose, long index) {
    Philox philox = forPurpose(seed, purpose);
    return RandomWords.joined(philox.word(index, 0, 0, 0), philox.word(index, 0, 1, 0));
  }

  @Override
  public int word(long input, int layer, int unit, int sample) {
    int[] block = counter(input, layer, unit >>> 2, sample);
    encrypt(block);
    return block[unit & 3];
  }

  @Override
  public void fill(long input, int layer, int sample, int[] words) {
    int[] block = new int[4];
    for (int unit = 0; unit < words.length; unit += 4) {
      address(block, input, layer, unit >>> 2, sample);
      encrypt(block);
      System.arraycopy(block, 0, words, unit, Math.min(4, words.length - unit));
    }
  }

  private static int[] counter(long input, int layer, int quad, int sample) {
    int[] block = new int[4];
    address(block, input, layer, quad, sample);
    return block;
  }

  private static void address(int[] block, long input, int layer, int quad, int sample) {
    if (input >>> 48 != 0 || layer >>> 16 != 0) {
      throw new IllegalArgumentException(
          "input must be below 2^48 and layer below 2^16, got input %s, layer %s"
              .formatted(input, layer));
    }
    block[0] = quad;
    block[1] = sample;
    block[2] = (int) input;
    block[3] = layer << 16 | (int) (input >>> 32);
  }

  /// The lower half of the key.
  public int key0() {
    return key0;
  }

  /// The upper half of the key.
  public int key1() {
    return key1;
  }

  /// Replaces a counter of four words by its four random words.
  void encrypt(int[] block) {
    encrypt(key0, key1, block);
  }

  /// Replaces a counter of four words by the four random words of a key: the generator's
  /// definition.
  public static void encrypt(int key0, int key1, int[] block) {
    int c0 = block[0];
    int c1 = block[1];
    int c2 = block[2];
    int c3 = block[3];
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = Integer.toUnsignedLong(c0) * MULTIPLIER_0;
      long product1 = Integer.toUnsignedLong(c2) * MULTIPLIER_1;
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c1 = (int) product1;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    block[0] = c0;
    block[1] = c1;
    block[2] = c2;
    block[3] = c3;
  }
}
