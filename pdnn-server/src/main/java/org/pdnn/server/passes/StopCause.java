package org.pdnn.server.passes;

import org.pdnn.names.Choice;

/// What ended the passes of an input.
public enum StopCause {
  /// All that were asked for were run.
  SAMPLES,

  /// Another pass would have come too late.
  DEADLINE,

  /// Another pass would have cost more than was allowed.
  JOULES,

  /// The class was settled.
  CONFIDENCE;

  /// As in `deadline`.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
