package org.pdnn.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.MarginStop;

/// Chooses the margin of a [MarginStop] by fixed-sequence testing (Angelopoulos et al., Learn then
/// Test, arXiv 2110.01052).
///
/// Margins are tried from the greatest down, on a grid that knows nothing of the data. At each, the
/// hypothesis is that more than the stated share e of answers is changed: k changed ones among n
/// inputs reject it if at most k of n have a probability of at most 0.01 at the share e. The first
/// margin that is not rejected ends the search, and the one before is chosen. As each is tested
/// only if all before were rejected, one that breaks the promise is chosen with a probability of at
/// most 0.01, over the choice of the n inputs and their noise, whatever the network, the data and
/// the scheme are. Inputs must be drawn as those that the promise is made for: not learnt from.
final class MarginChoice {
  /// The probability that the promise is broken, over the choice of inputs.
  static final double RISK = 0.01;

  /// Margins are 2^(k / STEPS), k from MOST down to -MOST.
  private static final int STEPS = 8;

  private static final int MOST = 20 * STEPS;

  private MarginChoice() {}

  /// What one input does after T = 1, 2, 4, ... passes, below the longest T.
  ///
  /// @param ahead the least margin at which it goes on
  /// @param changed whether it would have another class than at the longest T
  record Look(double ahead, boolean changed) {}

  /// The looks at one input, in their order.
  ///
  /// @param passes the longest T, by pass and class
  static List<Look> looks(double[][] passes) {
    int last = Answer.of(passes, true).label();
    return IntStream.iterate(1, samples -> samples < passes.length, samples -> 2 * samples)
        .mapToObj(samples -> Arrays.copyOf(passes, samples))
        .map(some ->
            new Look(MarginStop.ahead(some, passes.length), Answer.of(some, true).label() != last))
        .toList();
  }

  /// Whether stopping by a margin changes the answer to an input.
  static boolean changed(List<Look> looks, double margin) {
    for (Look look : looks) {
      if (look.ahead() > margin) {
        return look.changed();
      }
    }
    return false;
  }

  /// Checks that a share can be promised from so many inputs.
  static void requireInputs(double share, int inputs) {
    if (mostChanged(share, inputs) < 0) {
      int needed = (int) Math.ceil(Math.log(RISK) / Math.log1p(-share));
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "at most %s %% of answers changed takes %,d calibration images, got %,d; allow %s %%",
              percent(share),
              needed,
              inputs,
              percent(1 - Math.pow(RISK, 1.0 / inputs))));
    }
  }

  /// In percent, rounded up to two digits.
  private static String percent(double share) {
    return BigDecimal.valueOf(100 * share)
        .round(new MathContext(2, RoundingMode.CEILING))
        .stripTrailingZeros()
        .toPlainString();
  }

  /// The smallest margin of the sequence that keeps the promise.
  static MarginStop of(double share, List<List<Look>> inputs, int longest) {
    requireInputs(share, inputs.size());
    return new MarginStop(share, margin(inputs, mostChanged(share, inputs.size())), longest);
  }

  /// The last margin of the sequence before the first that changes more answers than so many.
  static double margin(List<List<Look>> inputs, int most) {
    // At the greatest number nothing stops before the longest T, and nothing changes.
    double chosen = Double.MAX_VALUE;
    for (int k = MOST; k >= -MOST; k--) {
      double margin = StrictMath.pow(2, (double) k / STEPS);
      if (inputs.stream().filter(looks -> changed(looks, margin)).count() > most) {
        break;
      }
      chosen = margin;
    }
    return chosen;
  }

  /// The most changed answers of n that show a share to be below e; -1 if none do.
  static int mostChanged(double share, int inputs) {
    double odds = StrictMath.log(share / (1 - share));
    // Logarithms, as the first probabilities of many inputs are below what a double can hold.
    double probability = inputs * StrictMath.log1p(-share);
    double sum = StrictMath.exp(probability);
    int count = -1;
    while (sum <= RISK && count < inputs - 1) {
      count++;
      probability += StrictMath.log((inputs - count) / (count + 1.0)) + odds;
      sum += StrictMath.exp(probability);
    }
    return count;
  }
}
