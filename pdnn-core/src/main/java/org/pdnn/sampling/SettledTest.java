package org.pdnn.sampling;

import org.pdnn.names.Limits;
import org.pdnn.network.Network;

/// Is the class of a mean of logits settled? A group-sequential test that looks after T = 2, 4,
/// 8, ... passes, below a longest T.
///
/// The hypothesis to be rejected at a look is that the mean of the longest T will name another class
/// than the mean so far. With confidence c, the probability over the noise that any look rejects it
/// wrongly is to be at most 1 - c, for each input. At each look the leading class must beat every
/// rival by both
///
///     t(a, nu) sqrt(v (1 / T - 1 / Tmax)),               a = (1 - c) / (looks x rivals),
///     sqrt(2 ln(1 / b)) sqrt(v0 (1 / T - 1 / Tmax)),     b = a / classes.
///
/// - The difference of mean-so-far and mean-at-Tmax has the variance v (1 / T - 1 / Tmax) and is
///   independent of the mean at Tmax, if passes are independent and normal. So the class at Tmax
///   may be taken as given; it is one, and Bonferroni's division by the rivals covers whichever
///   other class leads. The division by the looks spends the error evenly.
/// - v is the greater of two estimates of the variance of the difference of two logits: that of this
///   pair alone, and twice the variance of a logit over all classes, each pass less its own mean.
/// - The second has (T - 1) (classes - 1) degrees of freedom if all logits have equal and
///   independent noise. They share hidden neurons, so nu is half of that (at least T - 1).
/// - Few passes may show no noise, or only a small part of it: a bit that is rarely 1 was 0 in all
///   of them. v0 is not estimated. It bounds what the bits of the last random layer can do,
///   whatever their probabilities ([VarianceBound]), and Hoeffding's bound needs no normal
///   distribution. As it does not take the class at Tmax as given, b counts all pairs of classes.
///
/// With one random layer and independent passes, the second condition alone keeps the promise,
/// without any assumption. With more layers, the first stands for the noise of the layers before
/// the last and is approximate; the documents say what simulation finds. One pass has no spread, so
/// no input stops at T = 1.
public final class SettledTest implements StopRule {
  private final double confidence;
  private final int longest;
  private final VarianceBound bound;

  /// By the logarithm of T: the factors before sqrt(v) and before sqrt(v0).
  private final double[] estimated;

  private final double[] bounded;

  /// The test of a network's run.
  ///
  /// @param confidence c, at least 0.5 and below 1
  /// @param network whose outputs are logits, at least 2
  /// @param run its samples are the longest T
  public SettledTest(double confidence, Network network, Run run) {
    this(confidence, VarianceBound.of(network, run), run.samples());
  }

  SettledTest(double confidence, VarianceBound bound, int longest) {
    if (!(confidence >= 0.5 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence must be at least 0.5 and below 1, got " + confidence);
    }
    int classes = bound.classes();
    Limits.atLeast("classes", 2, classes);
    Limits.atLeast("samples", 1, longest);
    this.confidence = confidence;
    this.longest = longest;
    this.bound = bound;
    int looks = 0;
    while (2 << looks < longest) {
      looks++;
    }
    this.estimated = new double[looks + 1];
    this.bounded = new double[looks + 1];
    for (int look = 1; look <= looks; look++) {
      int samples = 1 << look;
      double error = (1 - confidence) / looks / (classes - 1);
      double scale = Math.sqrt(1.0 / samples - 1.0 / longest);
      estimated[look] = StudentTail.quantile(error, Lead.freedom(samples, classes)) * scale;
      bounded[look] = Math.sqrt(2 * StrictMath.log(classes / error)) * scale;
    }
  }

  /// The stated confidence.
  public double confidence() {
    return confidence;
  }

  @Override
  public int longest() {
    return longest;
  }

  @Override
  public int first() {
    return 2;
  }

  @Override
  public boolean settled(double[][] passes) {
    int samples = passes.length;
    if (samples >= longest) {
      return true;
    }
    StopRule.requireLook(samples);
    if (samples == 1) {
      return false;
    }
    int look = Integer.numberOfTrailingZeros(samples);
    Lead lead = new Lead(passes);
    for (int rival = 0; rival < bound.classes(); rival++) {
      if (rival != lead.leader()
          && !(lead.over(rival) > needed(look, lead.variance(rival), lead.leader(), rival))) {
        return false;
      }
    }
    return true;
  }

  private double needed(int look, double variance, int leader, int rival) {
    return Math.max(
        estimated[look] * Math.sqrt(variance), bounded[look] * Math.sqrt(bound.of(leader, rival)));
  }
}
