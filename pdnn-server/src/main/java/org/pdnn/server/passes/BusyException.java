package org.pdnn.server.passes;

/// There is no room for a question, for the moment or for good.
public final class BusyException extends Exception {
  private static final long serialVersionUID = 1;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double TENTHS = 10;

  private final boolean closing;

  private BusyException(String message, boolean closing) {
    // Refusals are many when there is least time for them, and nobody reads where they come from.
    super(message, null, false, false);
    this.closing = closing;
  }

  /// There will be no room any more.
  static BusyException ending() {
    return new BusyException("the server is ending", true);
  }

  /// Others take longer than a question can wait.
  static BusyException waiting(double nanos) {
    return new BusyException(
        "other requests would take " + millis(nanos) + " ms; try again later", false);
  }

  private static double millis(double nanos) {
    return Math.rint(nanos / NANOS_PER_MILLI * TENTHS) / TENTHS;
  }

  /// Whether there will be none any more, as the server ends.
  public boolean closing() {
    return closing;
  }
}
