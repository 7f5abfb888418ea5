package org.pdnn.random;

/// Words of [FeedbackRegister]s.
///
/// Each neuron has a register of its own, which starts at a random non-zero state for each input
/// and moves some shifts from one pass to the next: as many as it has bits, unless told otherwise,
/// so that no bit serves twice. A linear generator: fast in hardware, weaker than [Philox]; a short
/// register repeats itself after 2^width - 1 passes, and those of all neurons walk along the same
/// circle.
public final class Lfsr implements RandomWords {
  private final FeedbackRegister register;
  private final int shiftsAPass;
  private final RandomWords starts;

  /// Registers of 32 bits whose starts follow from the seed.
  public Lfsr(long seed) {
    this(Integer.SIZE, Integer.SIZE, Philox.forPurpose(seed, "lfsr"));
  }

  /// Registers that start at the words of pass 0 of a source.
  ///
  /// @param width bits of a register: 8, 16 or 32
  /// @param shiftsAPass shifts from one pass to the next, 1 to 32
  /// @param starts the upper bits of its words are the first states; 1 in place of 0
  public Lfsr(int width, int shiftsAPass, RandomWords starts) {
    if (shiftsAPass < 1 || shiftsAPass > Integer.SIZE) {
      throw new IllegalArgumentException("shifts a pass must be 1 to 32, got " + shiftsAPass);
    }
    this.register = new FeedbackRegister(width);
    this.shiftsAPass = shiftsAPass;
    this.starts = starts;
  }

  @Override
  public int word(long input, int layer, int unit, int sample) {
    int start = register.start(starts.word(input, layer, unit, 0));
    return register.word(register.advance(start, (sample + 1L) * shiftsAPass));
  }

  @Override
  public void fill(long input, int layer, int sample, int[] words) {
    FeedbackRegister.Jump jump = register.jump((sample + 1L) * shiftsAPass);
    starts.fill(input, layer, 0, words);
    for (int unit = 0; unit < words.length; unit++) {
      words[unit] = register.word(jump.from(register.start(words[unit])));
    }
  }
}
