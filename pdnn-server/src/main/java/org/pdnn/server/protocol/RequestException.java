package org.pdnn.server.protocol;

/// A request that cannot be answered as it stands; the message is one sentence for the client.
public final class RequestException extends Exception {
  private static final long serialVersionUID = 1;

  /// What is wrong with it.
  public enum Kind {
    /// Its content.
    WRONG(400),
    /// It names what there is not.
    UNKNOWN(404),
    /// It is longer than is read.
    TOO_LARGE(413),
    /// There is no room for it at the moment.
    BUSY(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /// As HTTP numbers it.
    public int status() {
      return status;
    }
  }

  private final Kind kind;

  public RequestException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  static RequestException wrong(String message, Object... parts) {
    return new RequestException(Kind.WRONG, message.formatted(parts));
  }

  public Kind kind() {
    return kind;
  }

  /// The sentence.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
