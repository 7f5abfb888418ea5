package org.pdnn.convert;

import java.util.List;

/// A conversion that stopped because a pass lost more accuracy than was tolerated; the message
/// names the pass and what may help.
public final class ConversionException extends Exception {
  private static final long serialVersionUID = 1;

  private static final String REMEDY =
      "; fine-tune the network or train it longer, take more samples, or tolerate more";

  private final String reason;
  private final transient List<PassResult> passes;

  ConversionException(String reason, List<PassResult> passes) {
    super(reason + REMEDY);
    this.reason = reason;
    this.passes = List.copyOf(passes);
  }

  /// The message without what may help.
  public String reason() {
    return reason;
  }

  /// The passes up to the one that lost too much.
  public List<PassResult> passes() {
    return passes;
  }
}
