package org.pdnn.server;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pdnn.network.Shape;
import org.pdnn.server.passes.SampledModel;

/// Requests from this machine until the way from a connection to passes and back is compiled, so
/// that the first request of a client keeps a deadline of some milliseconds. They go to a listener
/// of their own, which asks for no token, logs and counts nothing, and ends.
final class Rehearsal {
  private static final System.Logger LOG = System.getLogger(Rehearsal.class.getName());
  private static final String HOST = "127.0.0.1";
  private static final int REQUESTS = 200;
  private static final Duration MOST = Duration.ofSeconds(2);

  private Rehearsal() {}

  static void run(Inferring inferring, ServerOptions.Bounds bounds) {
    Optional<SampledModel> model = inferring.models().any();
    if (model.isEmpty()) {
      return;
    }
    Metrics metrics = new Metrics();
    Journal journal = new Journal(metrics, _ -> {});
    Routes routes = new Routes(inferring, ServerOptions.local().within(bounds), metrics, journal);
    WebServer listener =
        WebServer.builder()
            .host(HOST)
            .port(0)
            .shutdownHook(false)
            .addConnectionSelector(Server.connections(MOST))
            .routing(routes::add)
            .build()
            .start();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request = request(listener.port(), model.get());
      long end = System.nanoTime() + MOST.toNanos();
      for (int i = 0; i < REQUESTS && System.nanoTime() < end; i++) {
        HttpResponse<Void> _ = client.send(request, HttpResponse.BodyHandlers.discarding());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the first requests will be slow", e);
    } finally {
      listener.stop();
    }
  }

  private static HttpRequest request(int port, SampledModel model) {
    Shape shape = model.network().input();
    String body =
        """
        {"parameters":{"samples":4},"inputs":[{"name":"input","datatype":"FP32","shape":[1,%s],\
        "data":[%s]}]}\
        """
            .formatted(
                shape.dimensions().stream().map(String::valueOf).collect(Collectors.joining(",")),
                String.join(",", Collections.nCopies(shape.size(), "0.5")));
    return HttpRequest.newBuilder(
            URI.create("http://%s:%s/v2/models/%s/infer".formatted(HOST, port, model.name())))
        .timeout(MOST)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
