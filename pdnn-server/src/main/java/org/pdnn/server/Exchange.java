package org.pdnn.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.pdnn.names.Printable;
import org.pdnn.server.passes.Outcome;
import org.pdnn.server.passes.Question;
import org.pdnn.server.protocol.Reply;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.RequestException.Kind;

/// A request of HTTP and its response: bodies within their bounds, headers of the protocol.
final class Exchange {
  static final String JSON = "application/json";
  private static final int OK = 200;
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final String BINARY = "application/octet-stream";

  /// Bytes of the JSON before binary tensors.
  private static final HeaderName JSON_LENGTH =
      HeaderNames.create("Inference-Header-Content-Length");

  private final ServerRequest request;
  private final ServerResponse response;
  private final long arrival = System.nanoTime();
  private Optional<Question> question = Optional.empty();
  private List<Outcome> outcomes = List.of();
  private long bytes;

  Exchange(ServerRequest request, ServerResponse response) {
    this.request = request;
    this.response = response;
  }

  /// When the request was there, by [System#nanoTime].
  long arrival() {
    return arrival;
  }

  String method() {
    return request.prologue().method().text();
  }

  /// As it was sent, without a query.
  String path() {
    return request.path().rawPath();
  }

  /// The address that the request came from.
  String client() {
    return request.remotePeer().host();
  }

  int status() {
    return response.status().code();
  }

  /// Of the response's body.
  long bytes() {
    return bytes;
  }

  /// What was asked, as far as it was understood.
  Optional<Question> question() {
    return question;
  }

  /// What was answered.
  List<Outcome> outcomes() {
    return outcomes;
  }

  void asked(Question what) {
    question = Optional.of(what);
  }

  void answered(List<Outcome> what) {
    outcomes = what;
  }

  /// A part of the path, by its name in the route.
  String path(String name) {
    return request.path().pathParameters().get(name);
  }

  boolean names(String name) {
    return request.path().pathParameters().contains(name);
  }

  /// The body, whole.
  byte[] body(int most) throws RequestException {
    OptionalLong length = request.headers().contentLength();
    if (length.isPresent() && length.getAsLong() > most) {
      throw tooLarge(most);
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        throw tooLarge(most);
      }
      return body;
    } catch (IOException e) {
      throw new RequestException(Kind.WRONG, "the body ends before its length");
    }
  }

  private static RequestException tooLarge(int most) {
    return new RequestException(Kind.TOO_LARGE, "a body has at most %s bytes".formatted(most));
  }

  /// Bytes of the JSON in a body.
  long jsonLength(byte[] body) throws RequestException {
    if (!request.headers().contains(JSON_LENGTH)) {
      return body.length;
    }
    String value = request.headers().get(JSON_LENGTH).get();
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new RequestException(
          Kind.WRONG,
          "Inference-Header-Content-Length must be a number, got " + Printable.quoted(value));
    }
  }

  /// Bytes of the body that memory is needed for.
  int size(int most) {
    return (int) Math.min(most, request.headers().contentLength().orElse(most));
  }

  void send(int status, byte[] json) {
    send(status, JSON, json);
  }

  void send(int status, String type, byte[] body) {
    bytes = body.length;
    response.status(status).header(HeaderNames.CONTENT_TYPE, type).send(body);
  }

  void send(Reply reply) {
    reply.jsonLength().ifPresent(length -> response.header(JSON_LENGTH, String.valueOf(length)));
    send(OK, reply.jsonLength().isPresent() ? BINARY : JSON, reply.body());
  }

  /// Begins a response of events, which go to [#event].
  OutputStream events() {
    return response
        .status(OK)
        .header(HeaderNames.CONTENT_TYPE, "text/event-stream")
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .outputStream();
  }

  /// Sends an event at once.
  ///
  /// @throws IOException if the client has gone
  void event(OutputStream events, byte[] json) throws IOException {
    write(events, DATA, json, END);
  }

  /// Sends what readers of events pass over, to learn whether there is still one.
  ///
  /// @throws IOException if the client has gone
  void comment(OutputStream events) throws IOException {
    write(events, COMMENT);
  }

  private void write(OutputStream events, byte[]... parts) throws IOException {
    try {
      for (byte[] part : parts) {
        events.write(part);
        bytes += part.length;
      }
      events.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Sends that there is no room, and when to come again.
  void sendBusy(int status, byte[] json) {
    response.header(HeaderNames.RETRY_AFTER, "1");
    send(status, json);
  }
}
