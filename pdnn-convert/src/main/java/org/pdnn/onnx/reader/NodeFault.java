package org.pdnn.onnx.reader;

/// A node that cannot be read; the message names it, its operator and what would do.
final class NodeFault extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  NodeFault(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  NodeFault(String sentence) {
    super(sentence);
  }
}
