package org.pdnn.server;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.pdnn.random.Scheme;
import org.pdnn.server.passes.BusyException;
import org.pdnn.server.passes.Question;
import org.pdnn.server.passes.SampledModel;
import org.pdnn.server.passes.Scheduler;
import org.pdnn.server.passes.Work;
import org.pdnn.server.protocol.Descriptions;
import org.pdnn.tradeoff.Pricing;

/// A server of networks by the Open Inference Protocol, version 2.
///
/// ```java
/// try (Server server = Server.start(options, models, line -> {})) {
///   server.port(); // POST http://127.0.0.1:PORT/v2/models/p5/infer
/// }
/// ```
public final class Server implements AutoCloseable {
  private static final int MOST_HEADER_BYTES = 16 << 10;
  private static final int WARM_INPUTS = 8;
  private static final int WARM_SAMPLES = 32;
  private static final long MOST_WARM_NANOS = 10_000_000_000L;
  private static final int SERVER_ERRORS = 500;
  private static final int MOST_PROLOGUE_BYTES = 4 << 10;

  private final Scheduler scheduler;
  private final Routes routes;
  private final WebServer web;

  private Server(Scheduler scheduler, Routes routes, WebServer web) {
    this.scheduler = scheduler;
    this.routes = routes;
    this.web = web;
  }

  /// Starts to listen, once all models have run passes.
  ///
  /// @param lines takes each line of the access log, a JSON object, from any thread
  /// @throws IllegalArgumentException if a model cannot be served
  /// @throws IllegalStateException if the port is taken
  public static Server start(ServerOptions options, List<Served> served, Consumer<String> lines) {
    ServerOptions.Bounds bounds = options.bounds();
    Models models = new Models(served, Pricing.strict(options.technology()));
    Scheduler scheduler = new Scheduler(options.threads(), bounds.waiting());
    Routes routes = new Routes(models, scheduler, bounds, lines);
    try {
      for (SampledModel model : models.all()) {
        warm(model, scheduler);
      }
      WebServer web =
          WebServer.builder()
              .host(options.host())
              .port(options.port())
              .maxTcpConnections(bounds.connections())
              .maxPayloadSize(bounds.bodyBytes())
              .idleConnectionTimeout(Duration.ofMinutes(2))
              .shutdownHook(false)
              .addProtocol(
                  Http1Config.builder()
                      .maxHeadersSize(MOST_HEADER_BYTES)
                      .maxPrologueLength(MOST_PROLOGUE_BYTES)
                      .build())
              .directHandlers(faults())
              .routing(routes::add)
              .build()
              .start();
      return new Server(scheduler, routes, web);
    } catch (RuntimeException e) {
      scheduler.close();
      throw e;
    }
  }

  /// Runs a model's passes until they are compiled, so that the first request is no slower.
  private static void warm(SampledModel model, Scheduler scheduler) {
    List<float[]> inputs =
        Collections.nCopies(WARM_INPUTS, new float[model.network().input().size()]);
    Question.Terms terms =
        new Question.Terms(
            WARM_SAMPLES,
            Scheme.SCRAMBLED,
            0,
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalLong.empty());
    long start = System.nanoTime();
    try {
      Work work = scheduler.submit(Question.of(model, inputs, terms, false), start);
      if (work.next(MOST_WARM_NANOS).orElse(null) instanceof Work.Event.Failed(var fault)) {
        throw fault;
      }
      work.cancel();
    } catch (BusyException e) {
      throw new IllegalStateException("a new server is busy", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What is wrong with HTTP itself, told as all errors are.
  private static DirectHandlers faults() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    DirectHandler handler =
        (request, type, status, headers, message) -> {
          boolean told = message != null && !message.isBlank() && status.code() < SERVER_ERRORS;
          String sentence = told ? message : status.reasonPhrase();
          return DirectHandler.TransportResponse.builder()
              .status(status)
              .headers(headers)
              .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, Exchange.JSON))
              .keepAlive(false)
              .entity(Descriptions.error(sentence))
              .build();
        };
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }

  /// The port that it listens at.
  public int port() {
    return web.port();
  }

  /// Refuses further questions, answers those that are in work, and ends.
  @Override
  public void close() {
    routes.end();
    scheduler.close();
    web.stop();
  }
}
