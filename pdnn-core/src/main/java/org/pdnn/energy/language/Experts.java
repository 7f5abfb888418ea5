package org.pdnn.energy.language;

import java.util.Optional;

/// A mixture of experts: a router sends each token to some of many MLPs.
///
/// @param count experts there are
/// @param chosen experts that a token goes to
/// @param expert each of them
/// @param shared the MLP that every token meets beside them
/// @param sharedGate whether a factor is computed for it, as in Qwen2-MoE
/// @param routerBiases values that the router adds to its outputs
public record Experts(
    int count, int chosen, Mlp expert, Optional<Mlp> shared, boolean sharedGate, int routerBiases)
    implements FeedForward {
  /// More hidden neurons than this are taken for a mistake, and keep all counts below 2^63.
  private static final long MOST_HIDDEN = 1 << 24;

  public Experts {
    if (chosen > count) {
      throw new IllegalArgumentException(
          "a token must go to at most all %s experts, got %s".formatted(count, chosen));
    }
    if (count * expert.hidden() > MOST_HIDDEN) {
      throw new IllegalArgumentException(
          "the experts of a block must have at most %s hidden neurons together, got %s"
              .formatted(MOST_HIDDEN, count * expert.hidden()));
    }
  }

  /// Weights of the router and of the shared MLP's factor, each of which multiplies once per token.
  long routes(long width) {
    return width * (count + (sharedGate ? 1 : 0));
  }

  /// Experts that some of so many tokens choose, if each chooses evenly and by itself.
  double met(double tokens) {
    return count * -Math.expm1(tokens * Math.log1p(-(double) chosen / count));
  }

  @Override
  public long parameters(long width) {
    return common(width) + count * expert.parameters(width);
  }

  @Override
  public long active(long width) {
    return common(width) + chosen * expert.parameters(width);
  }

  private long common(long width) {
    return routes(width) + routerBiases + shared.map(mlp -> mlp.parameters(width)).orElse(0L);
  }

  @Override
  public long hidden() {
    return chosen * expert.hidden() + shared.map(Mlp::hidden).orElse(0L);
  }
}
