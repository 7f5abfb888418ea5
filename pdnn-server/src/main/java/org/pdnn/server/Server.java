package org.pdnn.server;

import io.grpc.ServerServiceDefinition;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.ProtocolConfigs;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.grpc.GrpcConfig;
import io.helidon.webserver.grpc.GrpcProtocolProvider;
import io.helidon.webserver.grpc.GrpcRouting;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.pdnn.server.passes.Patience;
import org.pdnn.server.passes.Scheduler;
import org.pdnn.server.protocol.Descriptions;
import org.pdnn.tradeoff.Pricing;

/// A server of networks by the Open Inference Protocol, version 2.
///
/// ```java
/// try (Server server = Server.start(options, ModelSource.of(models), line -> {})) {
///   server.port(); // POST http://127.0.0.1:PORT/v2/models/p5/infer
/// }
/// ```
public final class Server implements AutoCloseable {
  private static final int MOST_HEADER_BYTES = 16 << 10;
  private static final int SERVER_ERRORS = 500;
  private static final int MOST_PROLOGUE_BYTES = 4 << 10;

  private final Scheduler scheduler;
  private final Inferring inferring;
  private final WebServer web;

  private Server(Scheduler scheduler, Inferring inferring, WebServer web) {
    this.scheduler = scheduler;
    this.inferring = inferring;
    this.web = web;
  }

  /// Starts to listen, once all models of a source have run passes.
  ///
  /// @param lines takes each line of the access log, a JSON object that is only written where it is
  ///   asked for, from any thread
  /// @throws IOException if a model cannot be read
  /// @throws IllegalArgumentException if a model cannot be served
  /// @throws IllegalStateException if the port is taken
  public static Server start(
      ServerOptions options, ModelSource source, Consumer<Supplier<String>> lines)
      throws IOException {
    ServerOptions.Bounds bounds = options.bounds();
    Scheduler scheduler = new Scheduler(options.threads(), new Patience(bounds.mostWait()));
    Models models = new Models(source, Pricing.strict(options.technology()), scheduler);
    Inferring inferring = new Inferring(models, scheduler, bounds, Crowd.ofConnections());
    Metrics metrics = new Metrics();
    Journal journal = new Journal(metrics, lines);
    Routes routes = new Routes(inferring, options, metrics, journal);
    GrpcRoutes grpc = new GrpcRoutes(inferring, options.access(), bounds, journal);
    try {
      models.loadAll();
      Rehearsal.run(inferring, bounds);
      Duration patience = Duration.ofSeconds(bounds.sendSeconds());
      ServerServiceDefinition service = grpc.service();
      WebServerConfig.Builder listening =
          WebServer.builder()
              .host(options.host())
              .port(options.port())
              .maxTcpConnections(bounds.connections())
              .maxPayloadSize(bounds.bodyBytes())
              .idleConnectionTimeout(patience)
              .idleConnectionPeriod(patience.dividedBy(10))
              .shutdownHook(false)
              // An event is a small write after another, which would wait for an acknowledgement.
              .connectionOptions(socket -> socket.tcpNoDelay(true))
              .addConnectionSelector(connections(patience))
              .addConnectionSelector(grpcConnections(bounds, service))
              .addRouting(GrpcRouting.builder().service(service))
              .directHandlers(faults())
              .routing(routes::add);
      options.access().certificate().ifPresent(files -> listening.tls(tls(files)));
      WebServer listener = listening.build().start();
      if (!listener.isRunning()) {
        throw new IOException(
            "cannot listen at %s:%s; is another server there? choose another port"
                .formatted(options.host(), options.port()));
      }
      return new Server(scheduler, inferring, listener);
    } catch (IOException | RuntimeException e) {
      scheduler.close();
      throw e;
    }
  }

  static ServerConnectionSelector connections(Duration patience) {
    return new WatchedConnections(
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .maxHeadersSize(MOST_HEADER_BYTES)
                    .maxPrologueLength(MOST_PROLOGUE_BYTES)
                    .build())
            .build(),
        patience);
  }

  private static Tls tls(Access.Certificate files) {
    Keys keys =
        Keys.builder()
            .pem(pem ->
                pem.key(Resource.create(files.key())).certChain(Resource.create(files.chain())))
            .build();
    return Tls.builder().privateKey(keys).privateKeyCertChain(keys).build();
  }

  private static ServerConnectionSelector grpcConnections(
      ServerOptions.Bounds bounds, ServerServiceDefinition service) {
    GrpcConfig grpc = GrpcConfig.builder().maxReadBufferSize(bounds.bodyBytes()).build();
    return Http2ConnectionSelector.builder()
        .http2Config(Http2Config.builder().maxHeaderListSize(MOST_HEADER_BYTES).build())
        .addSubProtocolSelector(
            new KnownMethods(
                new GrpcProtocolProvider().create(grpc, ProtocolConfigs.create(List.of())),
                service.getMethods().stream()
                    .map(method -> "/" + method.getMethodDescriptor().getFullMethodName())
                    .collect(Collectors.toSet()),
                GrpcRoutes.OTHER))
        .build();
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

  /// Why models are not served that should be, by name.
  public Map<String, String> failed() {
    return inferring.models().failed();
  }

  /// Refuses further questions, answers those that are in work, and ends.
  @Override
  public void close() {
    inferring.end();
    scheduler.close();
    web.stop();
  }
}
