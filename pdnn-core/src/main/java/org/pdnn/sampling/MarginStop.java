package org.pdnn.sampling;

import org.pdnn.names.Limits;

/// Stops an input once its leading class is ahead of the second by a margin that was chosen on
/// other inputs: the mean logits after T passes must differ by more than
///
///     margin sqrt(1 / T - 1 / Tmax).
///
/// The root is the standard error of the mean so far as an estimate of the mean at Tmax, up to the
/// deviation of one pass, which is taken to be that of all inputs. Nothing depends on its being so:
/// the margin is chosen by how many answers it changes, whatever the noise is like. What is promised
/// is an average: at most the stated share of the answers to inputs like those is changed. It says
/// nothing of a single input.
///
/// @param changed the share of answers that the margin was chosen to change at most
/// @param margin in logits, at least 0
/// @param longest the longest T, at least 1
public record MarginStop(double changed, double margin, int longest) implements StopRule {
  public MarginStop {
    if (!(changed > 0 && changed < 1)) {
      throw new IllegalArgumentException(
          "the share of changed answers must be above 0 and below 1, got " + changed);
    }
    if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("margin must be finite and at least 0, got " + margin);
    }
    Limits.atLeast("samples", 1, longest);
  }

  @Override
  public int first() {
    return 1;
  }

  @Override
  public boolean settled(double[][] passes) {
    if (passes.length >= longest) {
      return true;
    }
    StopRule.requireLook(passes.length);
    return ahead(passes, longest) > margin;
  }

  /// The least margin at which these passes go on.
  ///
  /// @param passes fewer than the longest T
  public static double ahead(double[][] passes, int longest) {
    double[] mean = Outputs.mean(passes, passes.length);
    int leader = Outputs.argmax(mean);
    double second = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < mean.length; c++) {
      second = c == leader ? second : Math.max(second, mean[c]);
    }
    return (mean[leader] - second) / Math.sqrt(1.0 / passes.length - 1.0 / longest);
  }
}
