package org.pdnn.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.pdnn.server.protocol.Descriptions;
import org.pdnn.server.protocol.InferReply;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.RequestException.Kind;

/// An answer that comes while it grows better, as server-sent events. The status is that of the
/// first: what goes wrong later is an event.
final class EventStream implements Inferring.Events, AutoCloseable {
  private final Exchange exchange;
  private Optional<OutputStream> events = Optional.empty();

  EventStream(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void soFar(InferReply reply) throws RequestException {
    send(reply.json().body());
  }

  @Override
  public void last(InferReply reply) throws RequestException {
    send(reply.json().body());
  }

  /// Tells why there is no further answer.
  void fail(RequestException why) {
    if (events.isEmpty()) {
      exchange.send(why);
    } else if (why.kind() != Kind.LEFT) {
      try {
        send(Descriptions.error(why.sentence()));
      } catch (RequestException e) {
        // Nobody is there to be told.
      }
    }
  }

  private void send(byte[] json) throws RequestException {
    OutputStream out = events.orElseGet(exchange::events);
    events = Optional.of(out);
    try {
      exchange.event(out, json);
    } catch (IOException e) {
      throw new RequestException(Kind.LEFT, "the client has closed the connection");
    }
  }

  @Override
  public void close() {
    try {
      if (events.isPresent()) {
        events.get().close();
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }
}
