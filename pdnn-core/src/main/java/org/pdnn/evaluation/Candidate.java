package org.pdnn.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.sampling.Answer;

/// A class that an input may show.
///
/// @param label the output's number
/// @param probability softmax of the mean logits, with the 95 % interval of the probability that
///   infinitely many passes would give: Student's t on the log-odds; from 0 to 1 of one random pass
/// @param logit mean over the passes
/// @param spread standard deviation of the logit over the passes; 0 of one pass
public record Candidate(int label, Estimate probability, double logit, double spread) {

  /// The likeliest classes of an answer, likeliest first.
  ///
  /// @param most how many classes to name
  public static List<Candidate> likeliest(Answer answer, int most) {
    double[] logits = answer.logits();
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer c) -> -logits[c]))
        .limit(most)
        .map(c -> new Candidate(c, probability(answer, c), logits[c], answer.spread(c)))
        .toList();
  }

  /// The probability of a class, as [#probability] has it, without the cost of its interval.
  public static double value(Answer answer, int c) {
    return answer.classes() == 1 ? 1 : probability(answer.logOdds(c));
  }

  /// The probability of a class with its interval.
  public static Estimate probability(Answer answer, int c) {
    double value = value(answer, c);
    if (!answer.random() || answer.classes() == 1) {
      return Estimate.exact(value);
    }
    if (answer.samples() == 1) {
      return new Estimate(value, 0, 1);
    }
    int samples = answer.samples();
    double logOdds = answer.logOdds(c);
    double half = StudentT.quantile(samples - 1) * answer.logOddsSpread(c) / Math.sqrt(samples);
    return new Estimate(value, probability(logOdds - half), probability(logOdds + half));
  }

  private static double probability(double logOdds) {
    return 1 / (1 + StrictMath.exp(-logOdds));
  }
}
