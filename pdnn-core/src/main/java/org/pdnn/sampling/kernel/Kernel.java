package org.pdnn.sampling.kernel;

import org.pdnn.integer.ProbabilityCurve;

/// The inner loops of sampled inference. Sixteen chains, each a pass of some input, lie in sixteen
/// lanes and go through the network together; outputs are done in blocks of sixteen.
///
/// Lanes are innermost in every array: element e of lane l is at 16 e + l.
public interface Kernel {
  /// Chains that go through the network together.
  int LANES = 16;

  /// Outputs that are computed together.
  int BLOCK = 16;

  /// Values of one block in all lanes.
  int TILE = BLOCK * LANES;

  /// Outputs of the first layer that are computed together.
  int REAL_BLOCK = 32;

  /// Positions of the first layer come in multiples of so many.
  int REAL_POSITIONS = 4;

  /// The name, as in results and in the property that forces it.
  String name();

  /// Makes the tables that [#sums] looks up in a block of outputs, for many positions.
  ///
  /// @param tables receives [PackedWeights#tableSize] elements, which are the kernel's own affair
  void expand(PackedWeights weights, int block, int[] tables);

  /// Sums the weights of a block whose input bits are up, at some positions.
  ///
  /// @param tables as [#expand] leaves them
  /// @param bits packed bits: bit i of word w at a position is input 32 w + i
  /// @param positions where the first word of a position begins; its others are at the offsets of
  ///   [PackedWeights#taps]
  /// @param count how many positions, an even number
  /// @param sums receives a half tile for each position: element j holds the sum of output 2 j in
  ///   its lower and of output 2 j + 1 in its upper 16 bits, each above the true sum by the
  ///   output's [PackedWeights#offset]
  void sums(
      PackedWeights weights,
      int block,
      int[] tables,
      int[] bits,
      int[] positions,
      int count,
      int[] sums);

  /// P(down) of a block of p-bits, from the sums at the pixels of its pool.
  ///
  /// @param curve their probability by pre-activation
  /// @param sums half tiles as [#sums] leaves them, one per pixel
  /// @param pixels pixels of the pool, 1 without one
  /// @param poolsBits whether the pool is the OR of bits, not the greatest pre-activation
  /// @param scales by output
  /// @param biases by output, at `biasAt` for the first pixel; the offsets of the sums are taken
  ///   off
  /// @param biasSteps from the bias of the first pixel to that of each pixel
  /// @param down receives a tile
  void down(
      ProbabilityCurve curve,
      int[] sums,
      int sumsAt,
      int pixels,
      boolean poolsBits,
      float[] scales,
      int scaleAt,
      float[] biases,
      int biasAt,
      int[] biasSteps,
      float[] down);

  /// Fires a block of p-bits: sets sixteen bits of a packed word in each lane.
  ///
  /// @param down a tile, P(down)
  /// @param words a tile of random words
  /// @param bits receives the bits at `bitsAt`
  /// @param upper whether they are the upper half of the word, whose lower half stays; else the
  ///   upper half is cleared
  void fire(
      float[] down, int downAt, int[] words, int wordsAt, int[] bits, int bitsAt, boolean upper);

  /// The four words that Philox gives for a counter, in each lane.
  ///
  /// @param quad the first counter word, equal in all lanes
  /// @param counters the second, third and fourth counter word by lane
  /// @param words receives word k at `at + k * stride`
  void philox(int key0, int key1, int quad, int[] counters, int[] words, int at, int stride);

  /// The words of one pass in the scrambled scheme, from the two words drawn for each unit.
  ///
  /// @param shifts `units` elements: s
  /// @param coins as many: c
  /// @param passes the pass t by lane, 0 to 31
  /// @param words receives as many
  void scramble(int[] shifts, int[] coins, int from, int units, int[] passes, int[] words);

  /// Pre-activations of the first layer for [#REAL_BLOCK] outputs at some positions: scale * sum +
  /// bias, rounded once. Inputs, weights and sums are integers below 2^24, so that every order of
  /// summation gives the same.
  ///
  /// @param values the inputs
  /// @param taps from a position to the inputs that it reads
  /// @param positions places in `values`
  /// @param count positions to compute, a multiple of [#REAL_POSITIONS]
  /// @param weights of the block, by tap, then output
  /// @param scales by output of all blocks
  /// @param biases by output of all blocks
  /// @param preActivations receives a row of outputs for each position
  void preActivate(
      float[] values,
      int[] taps,
      int[] positions,
      int count,
      float[] weights,
      float[] scales,
      float[] biases,
      int block,
      float[] preActivations);

  /// P(down) of pre-activations, in place.
  ///
  /// @param count a multiple of [#REAL_BLOCK]
  void down(ProbabilityCurve curve, float[] values, int count);

  /// Multiplies rows of [#REAL_BLOCK] numbers, in place: row i becomes the product of `members`
  /// rows from row `i * members` on.
  default void multiply(float[] rows, int members, int products) {
    for (int row = 0; row < products; row++) {
      int from = row * members * REAL_BLOCK;
      System.arraycopy(rows, from, rows, row * REAL_BLOCK, REAL_BLOCK);
      for (int member = 1; member < members; member++) {
        for (int o = 0; o < REAL_BLOCK; o++) {
          rows[row * REAL_BLOCK + o] *= rows[from + member * REAL_BLOCK + o];
        }
      }
    }
  }
}
