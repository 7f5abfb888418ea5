package org.pdnn.server.protocol;

import org.pdnn.server.passes.BusyException;

/// A request that cannot be answered as it stands; the message is one sentence for the client.
public final class RequestException extends Exception {
  private static final long serialVersionUID = 1;

  /// What is wrong with it.
  public enum Kind {
    /// Its content.
    WRONG(400),
    /// Its client may not ask.
    DENIED(401),
    /// It names what there is not.
    UNKNOWN(404),
    /// It asks by another method than this address has.
    METHOD(405),
    /// It takes too long to come.
    SLOW(408),
    /// It is longer than is read.
    TOO_LARGE(413),
    /// Nobody waits for its answer any longer.
    LEFT(499),
    /// It would have to wait too long.
    FULL(429),
    /// It cannot be answered, through no fault of its own.
    FAILED(500),
    /// There is no room for it at the moment, or the server ends.
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
    // Its client is told the sentence, and nobody where it comes from.
    super(message, null, false, false);
    this.kind = kind;
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  static RequestException wrong(String message, Object... parts) {
    return new RequestException(Kind.WRONG, message.formatted(parts));
  }

  /// What a request failed of, for its client.
  public static RequestException of(Exception cause) {
    return switch (cause) {
      case RequestException told -> told;
      case IllegalArgumentException wrong ->
          new RequestException(Kind.WRONG, String.valueOf(wrong.getMessage()));
      case BusyException busy ->
          new RequestException(
              busy.closing() ? Kind.BUSY : Kind.FULL, String.valueOf(busy.getMessage()));
      case InterruptedException _ -> new RequestException(Kind.BUSY, "the server is ending");
      default -> new RequestException(Kind.FAILED, "the request failed");
    };
  }

  /// Whether it may be sent again, a little later.
  public boolean again() {
    return kind == Kind.FULL || kind == Kind.BUSY;
  }

  public Kind kind() {
    return kind;
  }

  /// The sentence.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
