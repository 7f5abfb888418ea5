package org.pdnn.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.pdnn.server.passes.Outcome;
import org.pdnn.server.passes.Work;
import org.pdnn.server.protocol.Descriptions;
import org.pdnn.server.protocol.Inference;

/// An answer that comes while it grows better: an event after 1, 2, 4, ... passes, and the last.
final class EventStream {
  /// Without an event for so long, it is asked whether the client is still there.
  private static final long PATIENCE_NANOS = 50_000_000;

  private final Exchange exchange;
  private final Inference inference;

  EventStream(Exchange exchange, Inference inference) {
    this.exchange = exchange;
    this.inference = inference;
  }

  /// Sends all events; a fault becomes one, as the status is sent. Ends early if the client goes.
  void send(Work work) throws InterruptedException {
    try (OutputStream events = exchange.events()) {
      boolean more = true;
      while (more) {
        Optional<Work.Event> event = work.next(PATIENCE_NANOS);
        if (event.isPresent()) {
          more = goesOn(event.get(), events);
        } else {
          exchange.comment(events);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // The client has gone; whoever called cancels the work.
    }
  }

  /// Sends an event.
  ///
  /// @return whether there will be another
  private boolean goesOn(Work.Event event, OutputStream events) throws IOException {
    return switch (event) {
      case Work.Event.Looked(int _, Outcome soFar) -> {
        exchange.event(events, inference.replySoFar(soFar).body());
        yield true;
      }
      case Work.Event.Ended(List<Outcome> outcomes) -> {
        exchange.answered(outcomes);
        exchange.event(events, inference.reply(outcomes).body());
        yield false;
      }
      case Work.Event.Failed(RuntimeException _) -> {
        exchange.event(events, Descriptions.error("the request failed"));
        yield false;
      }
    };
  }
}
