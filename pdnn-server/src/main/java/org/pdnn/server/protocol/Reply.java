package org.pdnn.server.protocol;

import java.util.OptionalInt;

/// A body that answers: JSON, and binary tensors after it if there are any.
public final class Reply {
  private final byte[] body;
  private final OptionalInt jsonLength;

  Reply(byte[] body, OptionalInt jsonLength) {
    this.body = body;
    this.jsonLength = jsonLength;
  }

  /// The whole body, not to be changed.
  public byte[] body() {
    return body;
  }

  /// Bytes of the JSON, if binary tensors follow it.
  public OptionalInt jsonLength() {
    return jsonLength;
  }
}
