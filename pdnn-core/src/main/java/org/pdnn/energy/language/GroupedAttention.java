package org.pdnn.energy.language;

/// Heads whose groups share keys and values: as many groups as heads, one, or some between.
///
/// @param heads of queries
/// @param keyValueHeads of keys and of values
/// @param size of a head
/// @param biased whether queries, keys and values have biases
/// @param outputBiased whether what comes out of the heads has biases
/// @param headNorms whether each head's queries and keys are normalised, as in Qwen3
/// @param sinks whether each head has a learned sink of attention, as in GPT-OSS
/// @param turned values of each head that a rotary embedding turns; 0 where there is none
public record GroupedAttention(
    int heads,
    int keyValueHeads,
    int size,
    boolean biased,
    boolean outputBiased,
    boolean headNorms,
    boolean sinks,
    int turned)
    implements Attention {
  public GroupedAttention {
    if (heads % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          "the heads of keys and values must divide those of queries, got %s and %s"
              .formatted(keyValueHeads, heads));
    }
  }

  private long queries() {
    return (long) heads * size;
  }

  /// Keys and values together.
  @Override
  public long cached() {
    return 2L * keyValueHeads * size;
  }

  @Override
  public long matrices(long width) {
    return width * (2 * queries() + cached());
  }

  @Override
  public long others(long width) {
    return (biased ? queries() + cached() : 0)
        + (outputBiased ? width : 0)
        + (headNorms ? 2L * size : 0)
        + (sinks ? heads : 0);
  }

  @Override
  public long outputs(long width) {
    return queries() + cached() + width;
  }

  @Override
  public long normalised() {
    return headNorms ? queries() + cached() / 2 : 0;
  }

  @Override
  public long rotated() {
    return (long) (heads + keyValueHeads) * turned;
  }

  /// The score, then the value's share.
  @Override
  public long pair(boolean prompt) {
    return 2 * queries();
  }

  @Override
  public long mixed(boolean prompt) {
    return queries();
  }
}
