package org.pdnn.onnx.runtime;

/// ONNX Runtime refused or failed; the message names the operation.
public final class OnnxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OnnxException(String operation, Throwable cause) {
    super("ONNX Runtime could not " + operation + ": " + firstLine(cause), cause);
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
