package org.pdnn.random;

import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.pdnn.names.Choice;

/// How the T passes of one input share their randomness.
///
/// Each pass on its own is a true p-bit pass: its words are uniform and independent from neuron to
/// neuron. The passes need not be independent of each other, and are worth more if they are not. A
/// scheme draws some words per neuron and input and makes the word of each pass from them.
public enum Scheme {
  /// A fresh word for each pass.
  INDEPENDENT {
    @Override
    public int draws(int samples) {
      return samples;
    }

    @Override
    int word(IntUnaryOperator draw, int samples, int sample) {
      return draw.applyAsInt(sample);
    }
  },

  /// u, then 1 - u: passes in pairs.
  ANTITHETIC {
    @Override
    public int draws(int samples) {
      return (samples + 1) / 2;
    }

    @Override
    int word(IntUnaryOperator draw, int samples, int sample) {
      return draw.applyAsInt(sample / 2) ^ -(sample % 2);
    }
  },

  /// The van der Corput sequence under a random digital shift, bitreverse(t) XOR s: one word serves
  /// all passes. All neurons share the sequence, so products of two neurons' errors never average
  /// out: unbiased in every pass, not consistent in T.
  XOR {
    @Override
    public int draws(int samples) {
      return 1;
    }

    @Override
    int word(IntUnaryOperator draw, int samples, int sample) {
      return draw.applyAsInt(0) ^ Integer.reverse(sample);
    }
  },

  /// As XOR, and each neuron visits the sequence in an order of its own, shuffled by the coins of a
  /// second word: two words serve 32 passes, and every prefix of 2^m of them has exactly one u in
  /// each 1/2^m of [0, 1). Beyond 32 passes each further block of 32 draws two fresh words, so that
  /// blocks are independent of each other.
  SCRAMBLED {
    @Override
    public int draws(int samples) {
      return 2 * Math.ceilDiv(samples, SCRAMBLED_BLOCK);
    }

    @Override
    int word(IntUnaryOperator draw, int samples, int sample) {
      int block = sample / SCRAMBLED_BLOCK;
      int t = sample % SCRAMBLED_BLOCK;
      return scrambled(draw.applyAsInt(2 * block), draw.applyAsInt(2 * block + 1), t);
    }

    @Override
    public void words(int[][] draws, int samples, int sample, int[] words) {
      int[] shifts = draws[2 * (sample / SCRAMBLED_BLOCK)];
      int[] coins = draws[2 * (sample / SCRAMBLED_BLOCK) + 1];
      int t = sample % SCRAMBLED_BLOCK;
      for (int unit = 0; unit < words.length; unit++) {
        words[unit] = scrambled(shifts[unit], coins[unit], t);
      }
    }
  },

  /// u_t = (pi(t) + v_t) / T with a fresh permutation pi per neuron, which ranks T words: what is
  /// possible when T is known beforehand, at two words per pass.
  STRATIFIED {
    @Override
    public int draws(int samples) {
      return 2 * samples;
    }

    @Override
    int word(IntUnaryOperator draw, int samples, int sample) {
      int key = draw.applyAsInt(samples + sample);
      long stratum = 0;
      for (int other = 0; other < samples; other++) {
        int rival = draw.applyAsInt(samples + other);
        if (rival < key || (rival == key && other < sample)) {
          stratum++;
        }
      }
      long within = Integer.toUnsignedLong(draw.applyAsInt(sample));
      return (int) (((stratum << 32) + within) / samples);
    }
  };

  /// Passes that one pair of words serves in the scrambled scheme.
  public static final int SCRAMBLED_BLOCK = 32;

  private static final String NONE = "deterministic";

  /// Words drawn per neuron and input for T passes.
  ///
  /// @param samples T, at least 1
  public abstract int draws(int samples);

  /// The word of one pass from the words drawn for the neuron: the scheme's definition.
  abstract int word(IntUnaryOperator draw, int samples, int sample);

  /// The words of one pass for the neurons 0, 1, ... of a layer; as many as `words` is long.
  ///
  /// @param draws by draw, then neuron: [#draws] rows as long as `words`
  /// @param samples T
  /// @param sample the pass, below T
  public void words(int[][] draws, int samples, int sample, int[] words) {
    for (int i = 0; i < words.length; i++) {
      int unit = i;
      words[unit] = word(draw -> draws[draw][unit], samples, sample);
    }
  }

  /// Bit k from the top is `s_k ^ t_k ^ c[off_k + (t >> (k + 1))]` with t_k bit k of t from the
  /// bottom and off = 0, 16, 24, 28, 30; the bits below the fifth come from s.
  ///
  /// @param s the word that shifts
  /// @param c the word of coins
  /// @param t the pass within its block of 32
  public static int scrambled(int s, int c, int t) {
    int order =
        ((c >>> (t >> 1)) & 1) << 31
            | ((c >>> (16 + (t >> 2))) & 1) << 30
            | ((c >>> (24 + (t >> 3))) & 1) << 29
            | ((c >>> (28 + (t >> 4))) & 1) << 28
            | ((c >>> 30) & 1) << 27;
    return s ^ Integer.reverse(t) ^ order;
  }

  /// Whether the first passes of a run of T are those of a shorter run. If not, each T needs a run
  /// of its own.
  public boolean anytime() {
    return this != STRATIFIED;
  }

  /// The words of T passes, each addressed as any word is.
  public RandomWords over(RandomWords source, int samples) {
    return (input, layer, unit, sample) ->
        word(draw -> source.word(input, layer, unit, draw), samples, sample);
  }

  /// The scheme of a name.
  ///
  /// @throws IllegalArgumentException naming the nearest scheme and all of them
  public static Scheme parse(String name) {
    return Choice.parse(Scheme.class, "scheme", name);
  }

  /// What results call the scheme of a run; a run that draws nothing has none.
  public static String nameOf(Optional<Scheme> scheme) {
    return scheme.map(Scheme::toString).orElse(NONE);
  }

  /// Reads what [#nameOf] gave.
  ///
  /// @throws IllegalArgumentException naming the nearest scheme and all of them
  public static Optional<Scheme> ofName(String name) {
    return name.equals(NONE) ? Optional.empty() : Optional.of(parse(name));
  }

  /// The name on the command line and in results, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
