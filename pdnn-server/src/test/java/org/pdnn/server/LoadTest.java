package org.pdnn.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pdnn.server.passes.Patience;
import org.pdnn.server.passes.Scheduler;
import org.pdnn.tradeoff.Pricing;

/// More than a server can answer, and clients that misbehave: counted, not timed.
@Timeout(120)
class LoadTest {
  private static final Duration WAIT = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();

  private static Server server(Duration mostWait, int sendSeconds) throws IOException {
    ServerOptions.Bounds bounds =
        new ServerOptions.Bounds(
            1 << 16, 16, 1 << 16, 1 << 18, Optional.of(mostWait), 256, sendSeconds);
    return Server.start(
        ServerOptions.local().within(bounds),
        ModelSource.of(List.of(SmallModels.served("small"))),
        _ -> {});
  }

  private static HttpResponse<String> ask(Server server, HttpClient client, String body)
      throws Exception {
    return client.send(request(server.port(), body), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(int port, String body) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%s/v2/models/small/infer".formatted(port)))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static Socket send(Server server, String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static String beginning(int length) {
    return "POST /v2/models/small/infer HTTP/1.1\r\nHost: x\r\nContent-Length: %s\r\n\r\n{"
        .formatted(length);
  }

  /// 320 requests of 64 clients, where each may wait a millisecond for others: each is answered or
  /// refused with the time to come again, and then the server answers as before.
  @Test
  void whatIsTooMuchIsRefusedAndNothingIsLost() throws Exception {
    float[] inputs = new float[16 * SmallModels.INPUT.size()];
    String body = SmallModels.request(inputs, "\"samples\":256").replace("[1,1,", "[16,1,");
    try (Server server = server(Duration.ofMillis(1), 60);
        HttpClient client = HttpClient.newHttpClient();
        ExecutorService pool = Executors.newFixedThreadPool(64)) {
      List<Future<HttpResponse<String>>> replies = new ArrayList<>();
      for (int i = 0; i < 320; i++) {
        replies.add(pool.submit(() -> ask(server, client, body)));
      }
      int answered = 0;
      int refused = 0;
      for (Future<HttpResponse<String>> future : replies) {
        HttpResponse<String> reply = future.get();
        if (reply.statusCode() == 200) {
          answered++;
        } else {
          assertEquals(429, reply.statusCode(), reply.body());
          assertEquals("1", reply.headers().firstValue("Retry-After").orElse(""));
          refused++;
        }
      }
      assertTrue(answered > 0, "none was answered");
      assertTrue(refused > 0, "none was refused");
      assertEquals(320, answered + refused);
      assertEquals(200, ask(server, client, body).statusCode());
    }
  }

  /// 300 requests whose deadlines are short: each has one sample at least.
  @Test
  void whateverTheDeadlineThereIsAnAnswer() throws Exception {
    String body =
        SmallModels.request(SmallModels.input(1), "\"samples\":4096,\"deadline_ms\":0.01");
    try (Server server = server(WAIT, 60);
        HttpClient client = HttpClient.newHttpClient();
        ExecutorService pool = Executors.newFixedThreadPool(16)) {
      List<Future<HttpResponse<String>>> replies = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        replies.add(pool.submit(() -> ask(server, client, body)));
      }
      for (Future<HttpResponse<String>> reply : replies) {
        assertEquals(200, reply.get().statusCode(), reply.get().body());
        JsonNode parameters = JSON.readTree(reply.get().body()).path("parameters");
        assertTrue(parameters.path("samples_used").intValue() >= 1);
        assertEquals("deadline", parameters.path("stopped_by").textValue());
      }
    }
  }

  /// 100 clients announce six times the memory for bodies and send one byte; 100 more say nothing.
  @Test
  void slowAndSilentClientsTakeNothingFromOthers() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (Server server = server(WAIT, 60);
        HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 100; i++) {
        sockets.add(send(server, beginning(1 << 14)));
        sockets.add(send(server, ""));
      }
      String body = SmallModels.request(SmallModels.input(1), "");
      for (int i = 0; i < 20; i++) {
        assertEquals(200, ask(server, client, body).statusCode());
      }
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /// A thousand connections that are opened and left take nothing from others.
  @Test
  void connectionsThatAreLeftTakeNothingFromOthers() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (Server server =
            Server.start(
                ServerOptions.local(),
                ModelSource.of(List.of(SmallModels.served("small"))),
                _ -> {});
        HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 1000; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
      }
      for (int i = 0; i < 20; i++) {
        String body = SmallModels.request(SmallModels.input(i), "");
        assertEquals(200, ask(server, client, body).statusCode());
      }
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /// Half a head, half a body: the server ends the connection.
  @Test
  void whoSendsNoMoreIsLeft() throws Exception {
    try (Server server = server(WAIT, 1)) {
      for (String text : List.of("GET /v2/health/live HTTP/1.1\r\nHos", beginning(100))) {
        try (Socket socket = send(server, text)) {
          socket.getInputStream().readAllBytes();
        }
      }
    }
  }

  @Test
  void aConnectionEndsWithItsLastRequest() throws Exception {
    try (Server server = server(WAIT, 60);
        Socket socket =
            send(server, "GET /v2/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
      socket.setSoTimeout(20_000);
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(reply.startsWith("HTTP/1.1 200 "), reply);
    }
  }

  /// A request whose worker fails is told so; the server stays ready, and answers the next.
  @Test
  void aFaultOfAWorkerCostsTheRequestsInItsWorkAndNoOthers() throws Exception {
    ServerOptions options = ServerOptions.local();
    String many =
        SmallModels.request(
                new float[options.bounds().inputs() * SmallModels.INPUT.size()], "\"samples\":4096")
            .replace("[1,1,", "[%s,1,".formatted(options.bounds().inputs()));
    try (Scheduler scheduler = new Scheduler(1, Patience.of(WAIT));
        HttpClient client = HttpClient.newHttpClient()) {
      Models models =
          new Models(
              ModelSource.of(List.of(SmallModels.served("small"))),
              Pricing.strict(options.technology()),
              scheduler);
      models.loadAll();
      Inferring inferring = new Inferring(models, scheduler, options.bounds(), new Crowd(() -> 0));
      Metrics metrics = new Metrics();
      Routes routes = new Routes(inferring, options, metrics, new Journal(metrics, _ -> {}));
      WebServer listener =
          WebServer.builder()
              .host(options.host())
              .shutdownHook(false)
              .addConnectionSelector(Server.connections(WAIT))
              .routing(routes::add)
              .build()
              .start();
      try {
        CompletableFuture<HttpResponse<String>> struck =
            client.sendAsync(request(listener.port(), many), HttpResponse.BodyHandlers.ofString());
        while (scheduler.waiting() == 0) {
          assertFalse(struck.isDone(), "it was answered before the fault");
          Thread.sleep(1);
        }
        scheduler.submit(
            SmallModels.fault(models.named("small", Optional.empty())), System.nanoTime());
        assertEquals(500, struck.get().statusCode(), struck.get().body());
        assertTrue(struck.get().body().startsWith("{\"error\":"), struck.get().body());
        assertTrue(inferring.ready());
        String one = SmallModels.request(SmallModels.input(1), "");
        assertEquals(
            200,
            client
                .send(request(listener.port(), one), HttpResponse.BodyHandlers.ofString())
                .statusCode());
      } finally {
        listener.stop();
      }
    }
  }
}
