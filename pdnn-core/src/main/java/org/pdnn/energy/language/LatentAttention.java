package org.pdnn.energy.language;

/// Multi-head latent attention (DeepSeek-V2): a token leaves one short vector, from which every
/// head makes its keys and values.
///
/// A prompt expands the vectors of its tokens. In generation a head's key matrix goes to the query
/// and its value matrix to the output, which takes as many multiplications a token; the heads then
/// look at the short vectors themselves.
///
/// @param queryRank values of the queries' own short vector; 0 where queries come from the token
/// @param rank values of the short vector of keys and values
/// @param plain values of a head's query and key that keep their places
/// @param turned those that a rotary embedding turns; the key's are common to all heads
/// @param value values of a head's value
/// @param biased whether the matrices that read and write tokens have biases
public record LatentAttention(
    int heads, int queryRank, int rank, int plain, int turned, int value, boolean biased)
    implements Attention {

  private long queries() {
    return (long) heads * (plain + turned);
  }

  /// What the short vector becomes.
  private long expanded() {
    return (long) heads * (plain + value);
  }

  @Override
  public long matrices(long width) {
    long query = queryRank > 0 ? queryRank * (width + queries()) : width * queries();
    return query + width * (rank + turned) + rank * expanded() + (long) heads * value * width;
  }

  @Override
  public long others(long width) {
    return queryRank + rank + (biased ? queryRank + rank + turned + width : 0);
  }

  @Override
  public long outputs(long width) {
    return queryRank + queries() + rank + turned + expanded() + width;
  }

  @Override
  public long normalised() {
    return (long) queryRank + rank;
  }

  @Override
  public long rotated() {
    return (heads + 1L) * turned;
  }

  @Override
  public long cached() {
    return (long) rank + turned;
  }

  @Override
  public long pair(boolean prompt) {
    return prompt ? (long) heads * (plain + turned + value) : (long) heads * (2L * rank + turned);
  }

  @Override
  public long mixed(boolean prompt) {
    return (long) heads * (prompt ? value : rank);
  }
}
