package org.pdnn.server;

import java.util.List;
import java.util.Optional;
import org.pdnn.server.passes.BusyException;
import org.pdnn.server.passes.Outcome;
import org.pdnn.server.passes.SampledModel;
import org.pdnn.server.passes.Scheduler;
import org.pdnn.server.passes.Work;
import org.pdnn.server.protocol.InferReply;
import org.pdnn.server.protocol.InferRequest;
import org.pdnn.server.protocol.Inference;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.RequestException.Kind;

/// Requests to models put into work and their answers awaited: the one way of all transports.
final class Inferring {
  /// An answer that takes longer is worth the thread that notices whether its client has gone.
  private static final long PATIENCE_NANOS = 20_000_000;

  private final Models models;
  private final Scheduler scheduler;
  private final ServerOptions.Bounds bounds;

  private final Crowd crowd;
  private final BodyMemory memory;

  private volatile boolean ending;

  Inferring(Models models, Scheduler scheduler, ServerOptions.Bounds bounds, Crowd crowd) {
    this.crowd = crowd;
    this.models = models;
    this.scheduler = scheduler;
    this.bounds = bounds;
    this.memory = new BodyMemory(bounds.allBodyBytes());
  }

  /// A request as its transport has it.
  interface Incoming {
    Call call();

    /// Reads it, in memory that is held until it is answered.
    InferRequest read(SampledModel model, BodyMemory.Held memory) throws RequestException;

    /// Cancels work as soon as the client has gone.
    void watch(Work work);
  }

  /// Where answers go.
  interface Events {
    /// An answer after some passes.
    void soFar(InferReply reply) throws RequestException;

    /// The answer.
    void last(InferReply reply) throws RequestException;
  }

  BodyMemory memory() {
    return memory;
  }

  Models models() {
    return models;
  }

  /// Tells from now on that it is not ready.
  void end() {
    ending = true;
  }

  boolean ready() {
    return !ending && scheduler.alive();
  }

  int waiting() {
    return scheduler.waiting();
  }

  /// Answers a request.
  InferReply answer(SampledModel model, Incoming incoming)
      throws RequestException, BusyException, InterruptedException {
    Answers answers = new Answers();
    work(model, incoming, false, answers);
    return answers.last.orElseThrow();
  }

  private static final class Answers implements Events {
    private Optional<InferReply> last = Optional.empty();

    @Override
    public void soFar(InferReply reply) {
      throw new IllegalStateException("nobody follows this question");
    }

    @Override
    public void last(InferReply reply) {
      last = Optional.of(reply);
    }
  }

  /// Answers a request after 1, 2, 4, ... passes, and at its end.
  void follow(SampledModel model, Incoming incoming, Events events)
      throws RequestException, BusyException, InterruptedException {
    work(model, incoming, true, events);
  }

  private void work(SampledModel model, Incoming incoming, boolean followed, Events events)
      throws RequestException, BusyException, InterruptedException {
    crowd.admit();
    try (BodyMemory.Held held = memory.hold()) {
      Call call = incoming.call();
      Inference inference =
          Inference.of(
              model, incoming.read(model, held), call.arrival(), bounds.samples(), followed);
      Work work = scheduler.submit(inference.question(), call.arrival());
      call.asked(work);
      try {
        Optional<Work.Event> soon = work.next(PATIENCE_NANOS);
        if (soon.isEmpty()) {
          incoming.watch(work);
        }
        boolean more = tell(soon.isPresent() ? soon.get() : work.next(), inference, call, events);
        while (more) {
          more = tell(work.next(), inference, call, events);
        }
      } finally {
        work.cancel();
      }
    }
  }

  /// Tells an event.
  ///
  /// @return whether there will be another
  private static boolean tell(Work.Event event, Inference inference, Call call, Events events)
      throws RequestException {
    return switch (event) {
      case Work.Event.Looked(int _, Outcome soFar) -> {
        events.soFar(inference.replySoFar(soFar));
        yield true;
      }
      case Work.Event.Ended(List<Outcome> outcomes) -> {
        call.answered(outcomes);
        events.last(inference.reply(outcomes));
        yield false;
      }
      case Work.Event.Cancelled _ ->
          throw new RequestException(Kind.LEFT, "the client has closed the connection");
      case Work.Event.Failed(RuntimeException fault) -> throw fault;
    };
  }
}
