package org.pdnn.convert;

import java.util.List;

/// A conversion that stopped because a step lost more accuracy than was tolerated; the message
/// names the step and what may help.
public final class ConversionException extends Exception {
  private static final long serialVersionUID = 1;

  private static final String REMEDY =
      "; fine-tune the network or train it longer, take more samples, or tolerate more";

  private final String reason;
  private final transient List<StepOutcome> steps;

  ConversionException(String reason, List<StepOutcome> steps) {
    super(reason + REMEDY);
    this.reason = reason;
    this.steps = List.copyOf(steps);
  }

  /// The message without what may help.
  public String reason() {
    return reason;
  }

  /// The steps up to the one that lost too much.
  public List<StepOutcome> steps() {
    return steps;
  }
}
