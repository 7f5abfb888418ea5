package org.pdnn.server.passes;

/// There is no room for a question, for the moment or for good.
public final class BusyException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean closing;

  BusyException(String message, boolean closing) {
    super(message);
    this.closing = closing;
  }

  /// Whether there will be none any more, as the server ends.
  public boolean closing() {
    return closing;
  }
}
