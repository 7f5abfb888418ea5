package org.pdnn.server;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.server.passes.BusyException;
import org.pdnn.server.passes.SampledModel;
import org.pdnn.server.passes.Work;
import org.pdnn.server.protocol.Descriptions;
import org.pdnn.server.protocol.InferRequest;
import org.pdnn.server.protocol.RepositoryRequest;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.RequestException.Kind;

/// The addresses of the protocol, and what each answers.
final class Routes {
  private static final System.Logger LOG = System.getLogger(Routes.class.getName());

  private static final String MODEL = "/v2/models/{model}";
  private static final String VERSION = MODEL + "/versions/{version}";

  private static final int MOST_REPOSITORY_BYTES = 1 << 16;

  private static final String HTML = "text/html; charset=utf-8";
  private static final int OK = 200;
  private static final int NOT_READY = 503;

  private final Inferring inferring;
  private final Models models;
  private final Access access;
  private final ServerOptions.Bounds bounds;
  private final Metrics metrics;
  private final Journal journal;
  private final Optional<String> page;
  private final Optional<PictureRequest> pictures;

  Routes(Inferring inferring, ServerOptions options, Metrics metrics, Journal journal) {
    this.inferring = inferring;
    this.access = options.access();
    this.models = inferring.models();
    this.bounds = options.bounds();
    this.metrics = metrics;
    this.journal = journal;
    this.page = options.page();
    this.pictures = options.pictures().map(reader -> new PictureRequest(reader, options.threads()));
  }

  /// What an address answers.
  private interface Answering {
    void answer(Exchange exchange) throws RequestException, BusyException, InterruptedException;
  }

  /// What is served at an address.
  record Route(Method method, String path, Handler handler) {}

  /// All that is served.
  List<Route> all() {
    List<Route> all = new ArrayList<>();
    all.add(get("/v2/health/live", open(exchange -> exchange.send(OK, Descriptions.live(true)))));
    all.add(get("/v2/health/ready", open(this::ready)));
    all.add(get("/v2", handler(exchange -> exchange.send(OK, Descriptions.server()))));
    for (String model : List.of(MODEL, VERSION)) {
      all.add(get(model, handler(this::model)));
      all.add(get(model + "/ready", handler(this::modelReady)));
      all.add(post(model + "/infer", handler(this::infer)));
      all.add(post(model + "/infer_stream", handler(this::inferStream)));
      pictures.ifPresent(reader ->
          all.add(post(model + "/infer_image", handler(exchange -> picture(exchange, reader)))));
    }
    all.add(post("/v2/repository/index", handler(this::index)));
    all.add(post("/v2/repository/models/{model}/load", handler(this::load)));
    all.add(post("/v2/repository/models/{model}/unload", handler(this::unload)));
    all.add(get("/metrics", handler(this::metrics)));
    byte[] document = OpenApi.document();
    all.add(get("/openapi.json", open(exchange -> exchange.send(OK, document))));
    // A browser that opens a page has no token to bring.
    page.map(html -> html.getBytes(StandardCharsets.UTF_8))
        .ifPresent(html -> all.add(get("/", open(exchange -> exchange.send(OK, HTML, html)))));
    return all;
  }

  private static Route get(String path, Handler handler) {
    return new Route(Method.GET, path, handler);
  }

  private static Route post(String path, Handler handler) {
    return new Route(Method.POST, path, handler);
  }

  void add(HttpRouting.Builder routing) {
    for (Route route : all()) {
      routing.route(route.method(), route.path(), route.handler());
      routing.any(route.path(), otherMethod(route.method()));
    }
    routing.any(
        handler(_ -> {
          throw new RequestException(Kind.UNKNOWN, "there is nothing at this address");
        }));
  }

  /// For what exists, but not by this method.
  private Handler otherMethod(Method right) {
    return handler(exchange -> {
      exchange.allow(right.text());
      throw new RequestException(
          Kind.METHOD, "this address is asked by %s".formatted(right.text()));
    });
  }

  private void ready(Exchange exchange) {
    exchange.send(inferring.ready() ? OK : NOT_READY, Descriptions.live(inferring.ready()));
  }

  private SampledModel named(Exchange exchange) throws RequestException {
    return models.named(exchange.path("model"), version(exchange));
  }

  private static Optional<String> version(Exchange exchange) {
    return exchange.names("version") ? Optional.of(exchange.path("version")) : Optional.empty();
  }

  private void model(Exchange exchange) throws RequestException {
    SampledModel model = named(exchange);
    exchange.send(OK, Descriptions.model(model, models.versionsOf(model.name())));
  }

  private void index(Exchange exchange) throws RequestException {
    RepositoryRequest request = repositoryRequest(exchange);
    exchange.send(
        OK,
        Descriptions.index(
            models.list().stream().filter(model -> model.ready() || !request.ready()).toList()));
  }

  private RepositoryRequest repositoryRequest(Exchange exchange) throws RequestException {
    try (BodyMemory.Held memory = inferring.memory().hold()) {
      return RepositoryRequest.read(
          exchange.body(MOST_REPOSITORY_BYTES, bounds.sendSeconds(), memory));
    }
  }

  private void load(Exchange exchange) throws RequestException {
    repositoryRequest(exchange);
    models.load(exchange.path("model"));
    exchange.send(OK, new byte[0]);
  }

  private void unload(Exchange exchange) throws RequestException {
    repositoryRequest(exchange);
    models.unload(exchange.path("model"));
    exchange.send(OK, new byte[0]);
  }

  private void modelReady(Exchange exchange) throws RequestException {
    String name = exchange.path("model");
    boolean ready = models.ready(name, version(exchange)) && inferring.ready();
    exchange.send(ready ? OK : NOT_READY, Descriptions.ready(name, ready));
  }

  private void metrics(Exchange exchange) {
    exchange.send(
        OK,
        Metrics.CONTENT_TYPE,
        metrics.text(inferring.waiting()).getBytes(StandardCharsets.UTF_8));
  }

  private void infer(Exchange exchange)
      throws RequestException, BusyException, InterruptedException {
    exchange.send(inferring.answer(named(exchange), new Body(exchange, false)).json());
  }

  private void picture(Exchange exchange, PictureRequest reader)
      throws RequestException, BusyException, InterruptedException {
    exchange.send(inferring.answer(named(exchange), new Picture(exchange, reader)).json());
  }

  private void inferStream(Exchange exchange)
      throws RequestException, BusyException, InterruptedException {
    SampledModel model = named(exchange);
    try (EventStream events = new EventStream(exchange)) {
      try {
        inferring.follow(model, new Body(exchange, true), events);
      } catch (RequestException | BusyException | IllegalStateException e) {
        events.fail(told(e));
      }
    }
  }

  private final class Picture implements Inferring.Incoming {
    private final Exchange exchange;
    private final PictureRequest reader;

    private Picture(Exchange exchange, PictureRequest reader) {
      this.exchange = exchange;
      this.reader = reader;
    }

    @Override
    public Call call() {
      return exchange.call();
    }

    @Override
    public InferRequest read(SampledModel model, BodyMemory.Held memory) throws RequestException {
      byte[] picture = exchange.body(bounds.bodyBytes(), bounds.sendSeconds(), memory);
      return reader.of(picture, exchange.query(), model.model());
    }

    @Override
    public void watch(Work work) {
      exchange.watch(work);
    }
  }

  private final class Body implements Inferring.Incoming {
    private final Exchange exchange;
    private final boolean followed;

    private Body(Exchange exchange, boolean followed) {
      this.exchange = exchange;
      this.followed = followed;
    }

    @Override
    public Call call() {
      return exchange.call();
    }

    @Override
    public InferRequest read(SampledModel model, BodyMemory.Held memory) throws RequestException {
      byte[] body = exchange.body(bounds.bodyBytes(), bounds.sendSeconds(), memory);
      InferRequest request =
          InferRequest.read(
              body, exchange.jsonLength(body), model.network().input(), bounds.inputs());
      if (followed && request.anyBinary()) {
        throw new RequestException(Kind.WRONG, "events have no binary data");
      }
      return request;
    }

    @Override
    public void watch(Work work) {
      exchange.watch(work);
    }
  }

  /// For those who may ask.
  private Handler handler(Answering answering) {
    return open(exchange -> {
      if (!access.admits(exchange.authorization())) {
        throw new RequestException(Kind.DENIED, Access.DENIED);
      }
      answering.answer(exchange);
    });
  }

  /// For all.
  private Handler open(Answering answering) {
    return (request, response) -> {
      Exchange exchange = new Exchange(request, response);
      try {
        answering.answer(exchange);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        exchange.send(RequestException.of(e));
      } catch (RequestException
          | BusyException
          | IllegalArgumentException
          | IllegalStateException e) {
        exchange.send(told(e));
      } finally {
        journal.note(exchange.call());
      }
    };
  }

  private static RequestException told(Exception e) {
    RequestException told = RequestException.of(e);
    if (told.kind() == Kind.FAILED) {
      LOG.log(System.Logger.Level.ERROR, "a request failed", e);
    }
    return told;
  }
}
