package org.pdnn.server.passes;

import org.pdnn.energy.Joules;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.Outputs;

/// What is known of an input after some passes.
public final class Outcome {
  private final Question question;
  private final double[][] passes;
  private final StopCause stoppedBy;
  private final Answer answer;

  Outcome(Question question, double[][] passes, StopCause stoppedBy) {
    this.question = question;
    this.passes = passes;
    this.stoppedBy = stoppedBy;
    this.answer = Answer.of(passes, question.model().random());
  }

  /// The passes that were run.
  public int samples() {
    return passes.length;
  }

  /// Mean logits, class, spread, and how settled the class is.
  public Answer answer() {
    return answer;
  }

  /// The probabilities of the classes, by what is averaged.
  public double[] probabilities(Outputs outputs) {
    return outputs.probabilities(outputs.average(passes, passes.length));
  }

  /// The predicted energy of the passes that were run.
  public Joules price() {
    return question.model().price(question.scheme(), passes.length);
  }

  public StopCause stoppedBy() {
    return stoppedBy;
  }
}
