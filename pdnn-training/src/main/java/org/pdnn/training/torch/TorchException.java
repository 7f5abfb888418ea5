package org.pdnn.training.torch;

/// libtorch refused or failed; the message names the operation.
public final class TorchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TorchException(String operation, Throwable cause) {
    super("libtorch could not " + operation + ": " + firstLine(cause), cause);
  }

  TorchException(String message) {
    super(message);
  }

  /// Weights are no longer finite.
  static TorchException diverged(IllegalArgumentException e) {
    return new TorchException(
        "training diverged (" + e.getMessage() + "); lower the learning rate");
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
