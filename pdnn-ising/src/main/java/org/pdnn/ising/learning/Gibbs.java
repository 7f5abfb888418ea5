package org.pdnn.ising.learning;

import java.util.Arrays;
import java.util.List;
import org.pdnn.names.Limits;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Workers;

/// Chains of a restricted machine: all hidden bits are drawn, then all visible ones, and so on
/// (Gibbs sampling in two blocks). They begin with visible bits by fair coins.
///
/// Chain c has the words of input c, so it is the same among more chains, and for any number of
/// threads.
public final class Gibbs {
  private static final int INITIAL = 0;
  private static final int HIDDEN = 1;
  private static final int VISIBLE = 2;

  private final Weights weights;
  private final RandomWords words;

  /// @param words of all draws
  public Gibbs(Rbm rbm, RandomWords words) {
    this.weights = new Weights(rbm);
    this.words = words;
  }

  /// How chains end.
  ///
  /// @param bits of the visible side, by chain
  /// @param means the probabilities by which they were drawn: what images are shown by
  @SuppressWarnings("ArrayRecordComponent") // the caller's own, compared by nobody
  public record States(float[][] bits, float[][] means) {}

  /// Runs chains.
  ///
  /// @param clamps of each chain
  /// @param sweeps at least 1
  public States run(List<Clamp> clamps, int sweeps, int threads) {
    Limits.atLeast("sweeps", 1, sweeps);
    for (Clamp clamp : clamps) {
      if (clamp.known().length != weights.visibleBias.length) {
        throw new IllegalArgumentException(
            "a machine of %s visible bits cannot be clamped at %s"
                .formatted(weights.visibleBias.length, clamp.known().length));
      }
    }
    States states = new States(new float[clamps.size()][], new float[clamps.size()][]);
    Workers.forEach(
        clamps.size(), threads, () -> chain -> run(clamps.get(chain), chain, sweeps, states));
    return states;
  }

  private void run(Clamp clamp, int chain, int sweeps, States states) {
    float[] visible = new float[weights.visibleBias.length];
    float[] hidden = new float[weights.hiddenBias.length];
    Ones visibleOnes = new Ones(visible.length);
    Ones hiddenOnes = new Ones(hidden.length);
    int[] visibleWords = new int[visible.length];
    int[] hiddenWords = new int[hidden.length];
    Arrays.fill(visible, 0.5f);
    words.fill(chain, INITIAL, 0, visibleWords);
    for (int sweep = 0; ; sweep++) {
      for (int unit = 0; unit < visible.length; unit++) {
        visible[unit] = clamp.known()[unit] ? clamp.means()[unit] : visible[unit];
      }
      visibleOnes.draw(visible, visibleWords);
      if (sweep == sweeps) {
        break;
      }
      weights.hidden(visibleOnes, hidden);
      words.fill(chain, HIDDEN, sweep, hiddenWords);
      hiddenOnes.draw(hidden, hiddenWords);
      weights.visible(hiddenOnes, visible);
      words.fill(chain, VISIBLE, sweep, visibleWords);
    }
    states.bits()[chain] = visibleOnes.toArray();
    states.means()[chain] = visible;
  }
}
