package org.pdnn.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.evaluation.Candidate;
import org.pdnn.random.InputAddress;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;

@Timeout(120)
class ServerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

  private static Server server;
  private static HttpClient client;

  @BeforeAll
  static void start() throws IOException {
    ServerOptions local = ServerOptions.local();
    ServerOptions.Bounds bounds =
        new ServerOptions.Bounds(
            1 << 16, 64, 1 << 16, 1 << 20, Optional.of(Duration.ofSeconds(60)), 64, 60);
    server =
        Server.start(
            local.within(bounds).showing("<!doctype html><title>µ</title>"),
            ModelSource.of(List.of(SmallModels.served("small"), SmallModels.served("other"))),
            line -> LINES.add(line.get()));
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode ok(HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    return JSON.readTree(response.body());
  }

  private static double[] data(JsonNode reply, String output) {
    for (JsonNode tensor : reply.path("outputs")) {
      if (tensor.path("name").textValue().equals(output)) {
        return tensor.path("data").valueStream().mapToDouble(JsonNode::doubleValue).toArray();
      }
    }
    throw new AssertionError(output);
  }

  private static Answer expected(float[] input, int samples, long seed) {
    return Precision.DEFAULT
        .sampler(SmallModels.model().network(), Run.of(samples))
        .answer(input, InputAddress.of(input), new Philox(seed));
  }

  @Test
  void aPortThatIsTakenIsSaid() {
    ServerOptions local = ServerOptions.local();
    ServerOptions taken =
        new ServerOptions(
            local.host(),
            server.port(),
            1,
            local.technology(),
            local.access(),
            local.bounds(),
            local.page(),
            local.pictures());
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                Server.start(taken, ModelSource.of(List.of(SmallModels.served("small"))), _ -> {}));
    assertTrue(String.valueOf(e.getMessage()).startsWith("cannot listen at 127.0.0.1:"));
  }

  @Test
  void aPageIsShownAtTheRoot() throws Exception {
    HttpResponse<String> page = get("/");
    assertEquals(200, page.statusCode());
    assertEquals("<!doctype html><title>µ</title>", page.body());
    assertEquals(
        Optional.of("text/html; charset=utf-8"), page.headers().firstValue("content-type"));
  }

  @Test
  void serverAndModelsDescribeThemselves() throws Exception {
    assertTrue(ok(get("/v2/health/live")).path("live").booleanValue());
    assertTrue(ok(get("/v2/health/ready")).path("live").booleanValue());
    assertEquals("pdnn", ok(get("/v2")).path("name").textValue());
    for (String path : List.of("/v2/models/small", "/v2/models/small/versions/1")) {
      JsonNode model = ok(get(path));
      assertEquals("small", model.path("name").textValue());
      assertEquals("[\"1\"]", model.path("versions").toString());
      assertEquals("pdnn_safetensors", model.path("platform").textValue());
      assertEquals(
          "[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[-1,1,4,4]}]",
          model.path("inputs").toString());
      assertEquals("[-1,3]", model.path("outputs").path(2).path("shape").toString());
      assertEquals("{\"name\":\"small\",\"ready\":true}", ok(get(path + "/ready")).toString());
    }
  }

  @Test
  void anAnswerIsThatOfTheSampler() throws Exception {
    float[] input = SmallModels.input(5);
    JsonNode reply =
        ok(
            post(
                "/v2/models/small/infer",
                SmallModels.request(input, "\"samples\":16,\"seed\":9,\"deadline_ms\":60000")));
    Answer answer = expected(input, 16, 9);
    assertEquals("small", reply.path("model_name").textValue());
    assertEquals("1", reply.path("model_version").textValue());
    assertEquals("7", reply.path("id").textValue());
    List<Candidate> classes =
        Candidate.likeliest(answer, 3).stream()
            .sorted(Comparator.comparingInt(Candidate::label))
            .toList();
    assertArrayEquals(
        classes.stream().mapToDouble(each -> each.probability().value()).toArray(),
        data(reply, "probabilities"));
    assertArrayEquals(
        classes.stream().mapToDouble(each -> each.probability().low()).toArray(),
        data(reply, "probabilities_low"));
    assertArrayEquals(
        classes.stream().mapToDouble(each -> each.probability().high()).toArray(),
        data(reply, "probabilities_high"));
    assertEquals(answer.label(), data(reply, "class")[0]);
    JsonNode parameters = reply.path("parameters");
    assertEquals(16, parameters.path("samples_used").intValue());
    assertEquals("samples", parameters.path("stopped_by").textValue());
    assertEquals(9, parameters.path("seed").intValue());
    assertEquals("scrambled", parameters.path("scheme").textValue());
    assertEquals("predicted", parameters.path("joules_kind").textValue());
    assertEquals("sram65", parameters.path("technology").textValue());
    assertEquals(60000, parameters.path("deadline_ms").intValue());
    assertEquals(
        SmallModels.sampled().price(Scheme.SCRAMBLED, 16).joules(),
        parameters.path("joules").doubleValue());
  }

  @Test
  void outputsAreThoseThatAreAskedFor() throws Exception {
    String request =
        SmallModels.request(SmallModels.input(1), "")
            .replace(
                "\"inputs\"",
                """
                "outputs":[{"name":"stopped_by"},{"name":"logits"},{"name":"class_name"},\
                {"name":"settled"},{"name":"spreads"},{"name":"joules"}],"inputs\"\
                """);
    JsonNode reply = ok(post("/v2/models/small/infer", request));
    assertEquals(
        List.of("stopped_by", "logits", "class_name", "settled", "spreads", "joules"),
        reply.path("outputs").valueStream().map(each -> each.path("name").textValue()).toList());
    assertArrayEquals(expected(SmallModels.input(1), 8, 1).logits(), data(reply, "logits"));
    assertEquals("[\"samples\"]", reply.path("outputs").path(0).path("data").toString());
  }

  /// Binary tensors in the request and in the reply, as tritonclient's HTTP client has them.
  @Test
  void binaryTensorsGoBothWays() throws Exception {
    float[] input = SmallModels.input(4);
    String json =
        """
        {"inputs":[{"name":"input","shape":[1,1,4,4],"datatype":"FP32",\
        "parameters":{"binary_data_size":64}}],"parameters":{"binary_data_output":true}}\
        """;
    ByteBuffer body =
        ByteBuffer.allocate(json.length() + 64)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(json.getBytes(StandardCharsets.US_ASCII));
    for (float value : input) {
      body.putFloat(value);
    }
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(uri("/v2/models/small/infer"))
                .header("Inference-Header-Content-Length", String.valueOf(json.length()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.array()))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(200, response.statusCode());
    int length =
        Integer.parseInt(
            response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
    JsonNode reply = JSON.readTree(response.body(), 0, length);
    int binary =
        reply
            .path("outputs")
            .valueStream()
            .mapToInt(tensor -> tensor.path("parameters").path("binary_data_size").intValue())
            .sum();
    assertEquals(response.body().length, length + binary);
    Answer answer = expected(input, 8, 1);
    ByteBuffer tensors =
        ByteBuffer.wrap(response.body(), length, binary).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(answer.label(), tensors.getLong());
    double[] found = {tensors.getDouble(), tensors.getDouble(), tensors.getDouble()};
    for (Candidate each : Candidate.likeliest(answer, 3)) {
      assertEquals(each.probability().value(), found[each.label()]);
    }
  }

  /// 1,000 requests at once, of 20 clients: each has the bits that it has alone.
  @Test
  void loadDoesNotChangeAnAnswer() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(20)) {
      List<Future<JsonNode>> replies =
          IntStream.range(0, 1000)
              .mapToObj(i ->
                  pool.submit(() ->
                      ok(
                          post(
                              "/v2/models/%s/infer".formatted(i % 2 == 0 ? "small" : "other"),
                              SmallModels.request(
                                  SmallModels.input(i), "\"samples\":%d".formatted(1 + i % 40))))))
              .toList();
      for (int i = 0; i < 1000; i++) {
        JsonNode reply = replies.get(i).get();
        double[] found = data(reply, "probabilities");
        Answer answer = expected(SmallModels.input(i), 1 + i % 40, 1);
        for (Candidate each : Candidate.likeliest(answer, 3)) {
          assertEquals(each.probability().value(), found[each.label()]);
        }
      }
    }
  }

  @Test
  void aStreamGrowsBetterAndEndsWithTheAnswer() throws Exception {
    HttpResponse<String> response =
        post("/v2/models/small/infer_stream", SmallModels.request(SmallModels.input(2), ""));
    assertEquals(200, response.statusCode());
    assertEquals("text/event-stream", response.headers().firstValue("Content-Type").orElse(""));
    List<String> events =
        Arrays.stream(response.body().split("\n\n", -1))
            .filter(event -> event.startsWith("data: "))
            .toList();
    assertEquals(4, events.size());
    for (int i = 0; i < 4; i++) {
      JsonNode event = JSON.readTree(events.get(i).substring("data: ".length()));
      assertEquals(1 << i, event.path("parameters").path("samples_used").intValue());
      Answer answer = expected(SmallModels.input(2), 1 << i, 1);
      assertArrayEquals(new double[] {answer.settled()}, data(event, "settled"));
      assertEquals(i == 3, event.path("parameters").has("stopped_by"));
    }
  }

  /// A client that leaves stops its work, millions of passes: the server logs it as unanswered.
  @ParameterizedTest
  @CsvSource({"infer,64,499", "infer_stream,1,''"})
  void aClientThatGoesStopsItsWork(String verb, int inputs, String status) throws Exception {
    String path = "/v2/models/other/" + verb;
    float[] input = new float[inputs * SmallModels.INPUT.size()];
    String body =
        SmallModels.request(input, "\"samples\":65536").replace("[1,1,", "[" + inputs + ",1,");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(message(path, body));
      socket.getOutputStream().flush();
      Thread.sleep(20);
    }
    for (int i = 0; !gaveUp(path, status); i++) {
      assertTrue(i < 2000, "the work goes on");
      Thread.sleep(10);
    }
  }

  private static byte[] message(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %s\r\n\r\n%s"
        .formatted(path, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean gaveUp(String path, String status) {
    return LINES.stream()
        .anyMatch(line ->
            line.contains(path + "\"")
                && line.contains("\"status\":" + status)
                && line.contains("\"samplesUsed\":0"));
  }

  /// What follows a request before its answer is the next request, answered in its turn.
  @Test
  void requestsMayFollowOneAnother() throws Exception {
    byte[] slow =
        message(
            "/v2/models/small/infer",
            SmallModels.request(SmallModels.input(1), "\"samples\":60000"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      for (int i = 0; i < 3; i++) {
        socket.getOutputStream().write(slow);
      }
      socket.getOutputStream().flush();
      StringBuilder text = new StringBuilder();
      InputStream in = socket.getInputStream();
      while (text.toString().split("HTTP/1.1 200", -1).length < 4) {
        int next = in.read();
        assertTrue(next >= 0, text.toString());
        text.append((char) next);
      }
    }
  }

  @Test
  void whatWasAnsweredIsCountedAndLogged() throws Exception {
    ok(post("/v2/models/small/infer", SmallModels.request(SmallModels.input(1), "")));
    String text = get("/metrics").body();
    // What another test's client gave up leaves the line at the end of a worker's piece.
    for (int i = 0; i < 1000 && !text.contains("pdnn_queue_length 0"); i++) {
      Thread.sleep(10);
      text = get("/metrics").body();
    }
    for (String line :
        List.of(
            "# TYPE pdnn_request_duration_seconds histogram",
            "pdnn_request_duration_seconds_bucket{model=\"small\",status=\"200\",le=\"+Inf\"} ",
            "pdnn_samples_total{model=\"small\"} ",
            "pdnn_energy_joules_total{kind=\"predicted\",technology=\"sram65\"} ",
            "pdnn_stopped_total{by=\"samples\"} ",
            "pdnn_deadline_missed_total{model=\"small\"} ",
            "pdnn_queue_length 0")) {
      assertTrue(text.contains(line), line + "\n" + text);
    }
    JsonNode line =
        JSON.readTree(
            LINES.stream()
                .filter(each -> each.contains("/small/infer\"") && each.contains("\"status\":200"))
                .findFirst()
                .orElseThrow());
    assertEquals("POST", line.path("method").textValue());
    assertEquals(200, line.path("status").intValue());
    assertTrue(line.path("seconds").doubleValue() > 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|/v2/models/smal/infer|{}|there is no model 'smal' (did you mean 'small'?)",
        "404|/v2/models/small/versions/2/infer|{}|model 'small' has no version '2'",
        "404|/v2/models/..%2f..%2fetc/infer|{}|there is nothing at this address",
        "404|/v3|{}|there is nothing at this address",
        "400|/v2/models/small/infer||the body must be a JSON object",
        "400|/v2/models/small/infer|{}|the request has no input",
      })
  void whatCannotBeAnsweredIsSaidInOneSentence(
      int status, String path, String body, String sentence) throws Exception {
    HttpResponse<String> response = post(path, body == null ? "" : body);
    assertEquals(status, response.statusCode());
    assertEquals(sentence, JSON.readTree(response.body()).path("error").textValue());
  }

  /// Heads that two readers could end the body of at different bytes: no second request is read.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 40",
        "Content-Length: 2\r\nContent-Length: 40",
        "Content-Length: 2,2",
        "Content-Length: +2",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Content-Length : 2",
        "Content-Length:\r\n 2",
        "X: a\rContent-Length: 40\r\nContent-Length: 2",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
      })
  void noRequestIsSmuggledInAnother(String head) throws Exception {
    String text =
        "POST /v2/models/small/infer HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n0\r\n\r\n".formatted(head)
            + "GET /v2/health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(reply.startsWith("HTTP/1.1 400 "), reply);
      assertEquals(2, reply.split("HTTP/1.1 ", -1).length, reply);
    }
  }

  @Test
  void bodiesAreBounded() throws Exception {
    String body = " ".repeat((1 << 16) + 1);
    assertEquals(413, post("/v2/models/small/infer", body).statusCode());
    HttpRequest chunked =
        HttpRequest.newBuilder(uri("/v2/models/small/infer"))
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII))))
            .build();
    assertEquals(413, client.send(chunked, HttpResponse.BodyHandlers.ofString()).statusCode());
    assertEquals(
        400, post("/v2/models/small/infer", "{}", "Content-Encoding", "gzip").statusCode());
    HttpResponse<String> large =
        post("/v2/models/small/infer", "{}", "X-Large", "x".repeat(20_000));
    assertEquals(400, large.statusCode());
    assertFalse(JSON.readTree(large.body()).path("error").textValue().isBlank());
  }

  @Test
  void anotherMethodIsToldTheRightOne() throws Exception {
    for (String path : List.of("/v2/models/other/infer", "/v2/repository/index")) {
      HttpResponse<String> response = get(path);
      assertEquals(405, response.statusCode());
      assertEquals("POST", response.headers().firstValue("Allow").orElse(""));
      assertEquals("{\"error\":\"this address is asked by POST\"}", response.body());
    }
    HttpResponse<String> response = post("/v2/health/live", "");
    assertEquals(405, response.statusCode());
    assertEquals("GET", response.headers().firstValue("Allow").orElse(""));
    assertEquals(404, get("/v2/models/small/infers").statusCode());
  }

  @Test
  void aSeedIsAnyNumberOf64Bits() throws Exception {
    float[] input = SmallModels.input(5);
    for (long seed : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      JsonNode reply =
          ok(
              post(
                  "/v2/models/small/infer",
                  SmallModels.request(input, "\"samples\":16,\"seed\":" + seed)));
      assertEquals(seed, reply.path("parameters").path("seed").longValue());
      assertEquals(expected(input, 16, seed).label(), data(reply, "class")[0]);
    }
  }
}
