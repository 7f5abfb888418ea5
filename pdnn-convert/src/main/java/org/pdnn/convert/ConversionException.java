package org.pdnn.convert;

import java.util.List;

/// A conversion that stopped because a pass lost more accuracy than was tolerated; the message
/// names the pass and what may help.
public final class ConversionException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<PassResult> passes;

  ConversionException(String message, List<PassResult> passes) {
    super(message);
    this.passes = List.copyOf(passes);
  }

  /// The passes up to the one that lost too much.
  public List<PassResult> passes() {
    return passes;
  }
}
