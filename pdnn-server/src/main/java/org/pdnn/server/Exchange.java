package org.pdnn.server;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.pdnn.names.Printable;
import org.pdnn.server.passes.Work;
import org.pdnn.server.protocol.Descriptions;
import org.pdnn.server.protocol.Reply;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.RequestException.Kind;

/// A request of HTTP and its response: bodies within their bounds, headers of the protocol.
final class Exchange {
  static final String JSON = "application/json";
  private static final int OK = 200;
  private static final int PIECE = 1 << 14;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final String BINARY = "application/octet-stream";

  /// Bytes of the JSON before binary tensors.
  private static final HeaderName JSON_LENGTH =
      HeaderNames.create("Inference-Header-Content-Length");

  private static final Header AGAIN = HeaderValues.create(HeaderNames.RETRY_AFTER, "1");

  private final ServerRequest request;
  private final ServerResponse response;
  private final Optional<Presence> presence = Presence.here();
  private final Call call;

  Exchange(ServerRequest request, ServerResponse response) {
    this.request = request;
    this.response = response;
    this.call =
        new Call(
            request.remotePeer().host(),
            request.prologue().method().text(),
            request.path().rawPath());
  }

  Call call() {
    return call;
  }

  /// Cancels work as soon as the client has gone.
  void watch(Work work) {
    presence.ifPresent(client -> client.onLeave(work::cancel));
  }

  /// What the client brings to be let in.
  Optional<String> authorization() {
    return request.headers().first(HeaderNames.AUTHORIZATION);
  }

  /// Tells by which method this address is asked.
  void allow(String method) {
    response.header(HeaderNames.ALLOW, method);
  }

  /// What the query says, each name once.
  Map<String, String> query() throws RequestException {
    Map<String, String> query = new LinkedHashMap<>();
    for (String name : request.query().names()) {
      if (request.query().all(name).size() != 1) {
        throw new RequestException(
            Kind.WRONG, "the query says %s more than once".formatted(Printable.quoted(name)));
      }
      query.put(name, request.query().get(name));
    }
    return query;
  }

  /// A part of the path, by its name in the route.
  String path(String name) {
    return request.path().pathParameters().get(name);
  }

  boolean names(String name) {
    return request.path().pathParameters().contains(name);
  }

  /// The body, whole.
  ///
  /// @param seconds that it may take
  /// @param memory that is taken as it comes
  byte[] body(int most, int seconds, BodyMemory.Held memory) throws RequestException {
    OptionalLong length = request.headers().contentLength();
    if (length.isPresent() && length.getAsLong() > most) {
      throw tooLarge(most);
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] piece = new byte[(int) Math.min(PIECE, length.orElse(PIECE) + 1)];
    try (InputStream in = request.content().inputStream()) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (body.size() + (long) read > most) {
          throw tooLarge(most);
        }
        if (System.nanoTime() - call.arrival() > seconds * NANOS_PER_SECOND) {
          throw new RequestException(
              Kind.SLOW, "a request has to come within %s seconds".formatted(seconds));
        }
        memory.take(read);
        body.write(piece, 0, read);
      }
      return body.toByteArray();
    } catch (IOException | UncheckedIOException | DataReader.InsufficientDataAvailableException e) {
      // Where the next request begins, nobody knows.
      response.header(HeaderValues.CONNECTION_CLOSE);
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

  void send(int status, byte[] json) {
    send(status, JSON, json);
  }

  void send(int status, String type, byte[] body) {
    call.ended(status);
    call.sent(body.length);
    sending();
    response.status(status).header(HeaderNames.CONTENT_TYPE, type).send(body);
  }

  private void sending() {
    boolean last =
        request.headers().contains(HeaderNames.CONNECTION)
            && request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    presence.ifPresent(client -> client.sending(last));
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

  private void write(OutputStream events, byte[]... parts) throws IOException {
    sending();
    try {
      for (byte[] part : parts) {
        events.write(part);
        call.sent(part.length);
      }
      events.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      presence.ifPresent(Presence::sent);
    }
  }

  /// Sends why there is no answer, and of what passes, when to come again.
  void send(RequestException why) {
    if (why.again()) {
      response.header(AGAIN);
    }
    if (why.kind() == Kind.DENIED) {
      response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    send(why.kind().status(), Descriptions.error(why.sentence()));
  }
}
