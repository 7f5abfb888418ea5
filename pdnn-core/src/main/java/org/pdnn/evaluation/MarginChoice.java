package org.pdnn.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
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

  /// What one input does at T = 1, 2, 4, ... below the longest.
  ///
  /// @param ahead by look: the least margin at which it goes on
  /// @param changed by look: whether it would have another class than at the longest T
  record Looks(double[] ahead, boolean[] changed) {
    static Looks of(double[][] passes) {
      int longest = passes.length;
      int last = Answer.of(passes, true).label();
      int looks = 32 - Integer.numberOfLeadingZeros(longest - 1);
      double[] ahead = new double[looks];
      boolean[] changed = new boolean[looks];
      for (int look = 0; look < looks; look++) {
        double[][] some = Arrays.copyOf(passes, 1 << look);
        ahead[look] = MarginStop.ahead(some, longest);
        changed[look] = Answer.of(some, true).label() != last;
      }
      return new Looks(ahead, changed);
    }

    /// Whether stopping by a margin changes the answer.
    boolean changedAt(double margin) {
      for (int look = 0; look < ahead.length; look++) {
        if (ahead[look] > margin) {
          return changed[look];
        }
      }
      return false;
    }
  }

  /// Checks that a share can be promised from so many inputs.
  static void requireInputs(double share, int inputs) {
    if (mostChanged(share, inputs) < 0) {
      int needed = (int) Math.ceil(Math.log(RISK) / Math.log1p(-share));
      throw new IllegalArgumentException(
          "at most %s %% of answers changed takes %,d calibration images, got %,d; allow %s %%"
              .formatted(
                  percent(share), needed, inputs, percent(1 - Math.pow(RISK, 1.0 / inputs))));
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
  static MarginStop of(double share, List<Looks> inputs, int longest) {
    requireInputs(share, inputs.size());
    return new MarginStop(share, margin(inputs, mostChanged(share, inputs.size())), longest);
  }

  /// The last margin of the sequence before the first that changes more answers than so many.
  static double margin(List<Looks> inputs, int most) {
    // At the greatest number nothing stops before the longest T, and nothing changes.
    double chosen = Double.MAX_VALUE;
    for (int k = MOST; k >= -MOST; k--) {
      double margin = StrictMath.pow(2, (double) k / STEPS);
      if (inputs.stream().filter(looks -> looks.changedAt(margin)).count() > most) {
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
