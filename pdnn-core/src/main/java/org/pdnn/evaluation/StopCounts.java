package org.pdnn.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.StopRule;

/// What one thread has counted of early stops, by rule and noise seed. The last rule is the run to
/// the longest T.
final class StopCounts {
  private final List<StopRule> rules;
  private final long[][] samples;
  private final long[][] correct;
  private final long[][] changed;

  /// Noise seeds that change an answer, by rule and input.
  private final int[][] seedsThatChange;

  StopCounts(List<StopRule> rules, int seeds, int inputs) {
    this.rules = rules;
    this.samples = new long[rules.size() + 1][seeds];
    this.correct = new long[rules.size() + 1][seeds];
    this.changed = new long[rules.size() + 1][seeds];
    this.seedsThatChange = new int[rules.size() + 1][inputs];
  }

  void add(int input, int seed, double[][] all, int label) {
    int last = Answer.of(all, true).label();
    count(rules.size(), input, seed, all, last, label);
    for (int rule = 0; rule < rules.size(); rule++) {
      count(rule, input, seed, rules.get(rule).until(all), last, label);
    }
  }

  private void count(int rule, int input, int seed, double[][] passes, int last, int label) {
    int chosen = Answer.of(passes, true).label();
    samples[rule][seed] += passes.length;
    correct[rule][seed] += chosen == label ? 1 : 0;
    if (chosen != last) {
      changed[rule][seed]++;
      seedsThatChange[rule][input]++;
    }
  }

  void merge(StopCounts other) {
    for (int rule = 0; rule < samples.length; rule++) {
      add(samples[rule], other.samples[rule]);
      add(correct[rule], other.correct[rule]);
      add(changed[rule], other.changed[rule]);
      for (int input = 0; input < seedsThatChange[rule].length; input++) {
        seedsThatChange[rule][input] += other.seedsThatChange[rule][input];
      }
    }
  }

  private static void add(long[] counts, long[] others) {
    for (int seed = 0; seed < counts.length; seed++) {
      counts[seed] += others[seed];
    }
  }

  EarlyStop result(int longest) {
    LongToDoubleFunction share = count -> (double) count / seedsThatChange[0].length;
    List<StopPoint> points = new ArrayList<>();
    for (int rule = 0; rule < rules.size(); rule++) {
      points.add(
          new StopPoint(
              rules.get(rule),
              over(samples[rule], share).within(1, longest),
              over(correct[rule], share).within(0, 1),
              over(changed[rule], share).within(0, 1),
              (double) Arrays.stream(seedsThatChange[rule]).max().orElse(0)
                  / samples[rule].length));
    }
    return new EarlyStop(longest, over(correct[rules.size()], share).within(0, 1), points);
  }

  private static Estimate over(long[] seeds, LongToDoubleFunction share) {
    return Estimate.over(Arrays.stream(seeds).mapToDouble(share).toArray());
  }
}
