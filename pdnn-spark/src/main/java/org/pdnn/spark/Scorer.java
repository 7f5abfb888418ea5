package org.pdnn.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pdnn.energy.EnergyBreakdown;
import org.pdnn.network.Model;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.EarlyStopSampler;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.StopRule;

/// Answers the rows of one task, some at a time.
final class Scorer {
  private final Model model;
  private final Sampler sampler;
  private final EnergyBreakdown energy;
  private final RandomWords words;
  private final Optional<StopRule> rule;
  private final Map<Integer, Double> joules = new HashMap<>();

  /// @param sampler of this task alone
  Scorer(Model model, Sampler sampler, EnergyBreakdown energy, Scoring scoring) {
    this.model = model;
    this.sampler = sampler;
    this.energy = energy;
    this.words = new Philox(scoring.seed());
    this.rule = scoring.rule(model.network());
  }

  Model model() {
    return model;
  }

  /// @param addresses of the inputs' random words
  Answer[] answers(float[][] inputs, long[] addresses) {
    double[][][] passes =
        rule.isEmpty()
            ? sampler.passes(inputs, addresses, words)
            : new EarlyStopSampler(sampler, rule.get()).passes(inputs, addresses, words);
    Answer[] answers = new Answer[passes.length];
    for (int i = 0; i < passes.length; i++) {
      answers[i] = Answer.of(passes[i], model.network().random());
    }
    return answers;
  }

  /// The predicted joules of an input at T samples.
  double joules(int samples) {
    return joules.computeIfAbsent(samples, count -> energy.at(count).total().joules());
  }
}
