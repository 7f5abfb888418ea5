package org.pdnn.sampling;

import org.pdnn.names.Limits;

/// Is the class of a mean of logits settled? A group-sequential test that looks after T = 2, 4,
/// 8, ... passes, below a longest T.
///
/// The hypothesis to be rejected at a look is that the mean of the longest T will name another class
/// than the mean so far. With confidence c, the probability over the noise that any look rejects it
/// wrongly is to be at most 1 - c, for each input. At each look the leading class must beat every
/// rival by
///
///     t(a, nu) sqrt(v / T (1 - T / Tmax)),   a = (1 - c) / (looks x rivals).
///
/// - The difference of mean-so-far and mean-at-Tmax has the variance v / T (1 - T / Tmax) and is
///   independent of the mean at Tmax, if passes are independent and normal. So the class at Tmax
///   may be taken as given; it is one, and Bonferroni's division by the rivals covers whichever
///   other class leads. The division by the looks spends the error evenly.
/// - v is the greater of two estimates of the variance of the difference of two logits: that of this
///   pair alone, and twice the variance of a logit over all classes, each pass less its own mean.
/// - The second has (T - 1) (classes - 1) degrees of freedom if all logits have equal and
///   independent noise. They share hidden neurons, so nu is half of that (at least T - 1).
///
/// The test is exact for two classes with independent normal passes, and conservative where passes
/// are negatively dependent, as scrambled ones are. It is approximate in nu: noise of one or two
/// dimensions breaks it, and the documents say by how much. One pass has no spread, so no input
/// stops at T = 1.
public final class SettledTest {
  private final double confidence;
  private final int classes;
  private final int longest;

  /// By the logarithm of T: the factor before sqrt(v).
  private final double[] factors;

  /// @param confidence c, at least 0.5 and below 1
  /// @param classes how many logits there are, at least 2
  /// @param longest the longest T, at least 1
  public SettledTest(double confidence, int classes, int longest) {
    if (!(confidence >= 0.5 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence must be at least 0.5 and below 1, got " + confidence);
    }
    Limits.atLeast("classes", 2, classes);
    Limits.atLeast("samples", 1, longest);
    this.confidence = confidence;
    this.classes = classes;
    this.longest = longest;
    int looks = 0;
    while (2 << looks < longest) {
      looks++;
    }
    this.factors = new double[looks + 1];
    for (int look = 1; look <= looks; look++) {
      int samples = 1 << look;
      double error = (1 - confidence) / looks / (classes - 1);
      double freedom = Lead.freedom(samples, classes);
      double left = 1 - (double) samples / longest;
      factors[look] = StudentTail.quantile(error, freedom) * Math.sqrt(left / samples);
    }
  }

  /// The stated confidence.
  public double confidence() {
    return confidence;
  }

  /// The longest T, at which the answer is settled by definition.
  public int longest() {
    return longest;
  }

  /// Whether the class is settled after these passes.
  ///
  /// @param passes the logits of the first T passes, one row each; T a power of two, or the longest
  public boolean settled(double[][] passes) {
    int samples = passes.length;
    if (samples >= longest) {
      return true;
    }
    int look = Integer.numberOfTrailingZeros(samples);
    if (samples != 1 << look) {
      throw new IllegalArgumentException("looks are at T = 1, 2, 4, 8, ..., not at " + samples);
    }
    if (samples == 1) {
      return false;
    }
    Lead lead = new Lead(passes);
    for (int rival = 0; rival < classes; rival++) {
      if (rival != lead.leader()
          && !(lead.over(rival) > factors[look] * Math.sqrt(lead.variance(rival)))) {
        return false;
      }
    }
    return true;
  }
}
