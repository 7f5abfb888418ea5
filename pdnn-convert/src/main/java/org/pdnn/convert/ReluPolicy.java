package org.pdnn.convert;

import java.util.List;
import org.pdnn.names.Choice;

/// What becomes of rectifiers, whose outputs have no bound and so are no probability.
public enum ReluPolicy {
  /// A scaled p-bit, fine-tuned where that is allowed and needed; if that loses more than is
  /// tolerated a noisy neuron, and else a rectifier.
  AUTO,
  /// A scaled p-bit, c b with P(b = 1) = min(max(I / c, 0), 1): the mean is the rectifier up to c.
  PBIT,
  /// A rectifier with noise on its output (paper, figure 2c).
  NOISY,
  /// A rectifier.
  KEEP;

  /// What is tried, one after the other.
  List<ReluPolicy> tries() {
    return this == AUTO ? List.of(PBIT, NOISY, KEEP) : List.of(this);
  }

  /// What rectifiers become by it, in the plural.
  String made() {
    return switch (this) {
      case AUTO, PBIT -> "p-bits";
      case NOISY -> "noisy neurons";
      case KEEP -> "rectifiers";
    };
  }

  /// The name on the command line, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
