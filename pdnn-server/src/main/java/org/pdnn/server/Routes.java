package org.pdnn.server;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.pdnn.server.passes.BusyException;
import org.pdnn.server.passes.Outcome;
import org.pdnn.server.passes.SampledModel;
import org.pdnn.server.passes.Scheduler;
import org.pdnn.server.passes.Work;
import org.pdnn.server.protocol.Descriptions;
import org.pdnn.server.protocol.InferRequest;
import org.pdnn.server.protocol.Inference;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.RequestException.Kind;

/// The addresses of the protocol, and what each answers.
final class Routes {
  private static final System.Logger LOG = System.getLogger(Routes.class.getName());

  private static final String MODEL = "/v2/models/{model}";
  private static final String VERSION = MODEL + "/versions/{version}";

  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int FAILED = 500;
  private static final int NOT_READY = 503;

  private static final long PATIENCE_NANOS = 1_000_000_000;

  private final Models models;
  private final Scheduler scheduler;
  private final ServerOptions.Bounds bounds;
  private final Metrics metrics = new Metrics();
  private final Journal journal;

  /// Bytes of bodies that there is memory for.
  private final Semaphore bodies;

  private volatile boolean ending;

  /// @param lines takes each line of the access log
  Routes(Models models, Scheduler scheduler, ServerOptions.Bounds bounds, Consumer<String> lines) {
    this.models = models;
    this.scheduler = scheduler;
    this.bounds = bounds;
    this.journal = new Journal(metrics, lines);
    this.bodies = new Semaphore(bounds.allBodyBytes());
  }

  /// Tells from now on that it is not ready.
  void end() {
    ending = true;
  }

  /// What an address answers.
  private interface Answering {
    void answer(Exchange exchange) throws RequestException, BusyException, InterruptedException;
  }

  void add(HttpRouting.Builder routing) {
    routing.get("/v2/health/live", handler(exchange -> exchange.send(OK, Descriptions.live(true))));
    routing.get("/v2/health/ready", handler(this::ready));
    routing.get("/v2", handler(exchange -> exchange.send(OK, Descriptions.server())));
    for (String model : List.of(MODEL, VERSION)) {
      routing.get(
          model,
          handler(exchange -> exchange.send(OK, Descriptions.model(models.named(exchange)))));
      routing.get(model + "/ready", handler(this::modelReady));
      routing.post(model + "/infer", handler(this::infer));
      routing.post(model + "/infer_stream", handler(this::inferStream));
    }
    routing.get("/metrics", handler(this::metrics));
    routing.any(
        handler(_ -> {
          throw new RequestException(Kind.UNKNOWN, "there is nothing at this address");
        }));
  }

  private boolean isReady() {
    return !ending && scheduler.alive();
  }

  private void ready(Exchange exchange) {
    exchange.send(isReady() ? OK : NOT_READY, Descriptions.live(isReady()));
  }

  private void modelReady(Exchange exchange) throws RequestException {
    SampledModel model = models.named(exchange);
    exchange.send(isReady() ? OK : NOT_READY, Descriptions.ready(model.name(), isReady()));
  }

  private void metrics(Exchange exchange) {
    exchange.send(
        OK,
        Metrics.CONTENT_TYPE,
        metrics.text(scheduler.waiting()).getBytes(StandardCharsets.UTF_8));
  }

  private void infer(Exchange exchange)
      throws RequestException, BusyException, InterruptedException {
    withInference(
        exchange,
        false,
        (inference, work) -> {
          List<Outcome> outcomes = outcomes(work);
          exchange.answered(outcomes);
          exchange.send(inference.reply(outcomes));
        });
  }

  private void inferStream(Exchange exchange)
      throws RequestException, BusyException, InterruptedException {
    withInference(
        exchange, true, (inference, work) -> new EventStream(exchange, inference).send(work));
  }

  /// What is done with a question in work.
  private interface Working {
    void with(Inference inference, Work work) throws InterruptedException;
  }

  /// Puts what a request asks into work, and whatever happens out of it again.
  private void withInference(Exchange exchange, boolean followed, Working working)
      throws RequestException, BusyException, InterruptedException {
    SampledModel model = models.named(exchange);
    int size = exchange.size(bounds.bodyBytes());
    if (!bodies.tryAcquire(size)) {
      throw new RequestException(Kind.BUSY, "too many bodies are being read; try again later");
    }
    try {
      byte[] body = exchange.body(bounds.bodyBytes());
      InferRequest request =
          InferRequest.read(
              body, exchange.jsonLength(body), model.network().input(), bounds.inputs());
      Inference inference =
          Inference.of(model, request, exchange.arrival(), bounds.samples(), followed);
      Work work = scheduler.submit(inference.question(), exchange.arrival());
      exchange.asked(inference.question());
      try {
        working.with(inference, work);
      } finally {
        work.cancel();
      }
    } finally {
      bodies.release(size);
    }
  }

  private static List<Outcome> outcomes(Work work) throws InterruptedException {
    Optional<Work.Event> event = Optional.empty();
    while (event.isEmpty()) {
      event = work.next(PATIENCE_NANOS);
    }
    return switch (event.get()) {
      case Work.Event.Looked _ -> throw new IllegalStateException("nobody follows this question");
      case Work.Event.Ended(List<Outcome> outcomes) -> outcomes;
      case Work.Event.Failed(RuntimeException fault) -> throw fault;
    };
  }

  private Handler handler(Answering answering) {
    return (request, response) -> {
      Exchange exchange = new Exchange(request, response);
      try {
        answering.answer(exchange);
      } catch (RequestException e) {
        byte[] json = Descriptions.error(e.sentence());
        if (e.kind() == Kind.BUSY) {
          exchange.sendBusy(e.kind().status(), json);
        } else {
          exchange.send(e.kind().status(), json);
        }
      } catch (IllegalArgumentException e) {
        exchange.send(Kind.WRONG.status(), Descriptions.error(String.valueOf(e.getMessage())));
      } catch (BusyException e) {
        exchange.sendBusy(
            e.closing() ? NOT_READY : TOO_MANY, Descriptions.error(String.valueOf(e.getMessage())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        exchange.sendBusy(NOT_READY, Descriptions.error("the server is ending"));
      } catch (IllegalStateException e) {
        LOG.log(System.Logger.Level.ERROR, "a request failed", e);
        exchange.send(FAILED, Descriptions.error("the request failed"));
      } finally {
        journal.note(exchange);
      }
    };
  }
}
