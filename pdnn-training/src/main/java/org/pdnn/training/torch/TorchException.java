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

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
