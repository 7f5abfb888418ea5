package org.pdnn.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.random.InputAddress;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;

/// Models that come, change and go while a server runs.
@Timeout(120)
class ModelsTest {
  private static final JsonMapper JSON = new JsonMapper();

  /// What could be loaded: the seeds of weights, by name and version.
  private final Map<String, Map<Integer, Integer>> there = new ConcurrentSkipListMap<>();

  private final Source source = new Source();
  private final HttpClient client = HttpClient.newHttpClient();
  private Server server = idle();

  private final class Source implements ModelSource {
    @Override
    public List<String> names() {
      return List.copyOf(there.keySet());
    }

    @Override
    public boolean optional(String name) {
      return name.startsWith("optional");
    }

    @Override
    public List<Served> read(String name) throws IOException {
      List<Served> versions = new ArrayList<>();
      for (Map.Entry<Integer, Integer> one : there.getOrDefault(name, Map.of()).entrySet()) {
        if (one.getValue() < 0) {
          throw new IOException("a secret of the file system");
        }
        versions.add(new Served(name, one.getKey(), model(one.getValue()), Precision.DEFAULT));
      }
      return versions;
    }
  }

  private static Server idle() {
    try {
      return Server.start(ServerOptions.local(), ModelSource.of(List.of()), _ -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Model model(int seed) {
    return new Model(
        InitialWeights.GLOROT.of(
            Preset.network("mlp:16-24-8-3", SmallModels.INPUT, 3, Neuron.parse("pbit:sigmoid")),
            seed),
        Map.of());
  }

  @BeforeEach
  void start() throws IOException {
    server.close();
    there.put("a", Map.of(1, 1, 2, 2, 10, 10));
    there.put("b", Map.of(1, 5));
    server = Server.start(ServerOptions.local(), source, _ -> {});
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%s/v2/%s".formatted(server.port(), path)))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void done(String path) throws Exception {
    HttpResponse<String> response = send("POST", path, "");
    assertEquals(200, response.statusCode(), response.body());
  }

  private double[] asked(String path) throws Exception {
    HttpResponse<String> response = send("POST", path, request());
    assertEquals(200, response.statusCode(), response.body());
    return JSON.readTree(response.body())
        .path("outputs")
        .path(0)
        .path("data")
        .valueStream()
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static String request() {
    return SmallModels.request(SmallModels.input(3), "")
        .replace("\"inputs\"", "\"outputs\":[{\"name\":\"logits\"}],\"inputs\"");
  }

  private static double[] expected(int seed) {
    float[] input = SmallModels.input(3);
    Answer answer =
        Precision.DEFAULT
            .sampler(model(seed).network(), Run.of(8))
            .answer(input, InputAddress.of(input), new Philox(1));
    return answer.logits();
  }

  @Test
  void theGreatestVersionAnswersUnlessOneIsNamed() throws Exception {
    assertArrayEquals(expected(10), asked("models/a/infer"));
    assertArrayEquals(expected(2), asked("models/a/versions/2/infer"));
    assertEquals(
        "[\"1\",\"2\",\"10\"]",
        JSON.readTree(send("GET", "models/a", "").body()).path("versions").toString());
    assertEquals(404, send("GET", "models/a/versions/3/ready", "").statusCode());
  }

  @Test
  void modelsComeChangeAndGo() throws Exception {
    there.put("c", Map.of(1, 7));
    assertEquals(503, send("GET", "models/c/ready", "").statusCode());
    done("repository/models/c/load");
    assertArrayEquals(expected(7), asked("models/c/infer"));
    there.put("c", Map.of(1, 8));
    assertArrayEquals(expected(7), asked("models/c/infer"));
    done("repository/models/c/load");
    assertArrayEquals(expected(8), asked("models/c/infer"));
    done("repository/models/c/unload");
    assertEquals(404, send("POST", "models/c/infer", request()).statusCode());
    JsonNode index = JSON.readTree(send("POST", "repository/index", "").body());
    assertEquals(
        List.of("a 1 READY", "a 2 READY", "a 10 READY", "b 1 READY", "c  UNAVAILABLE"),
        index
            .valueStream()
            .map(each ->
                "%s %s %s"
                    .formatted(
                        each.path("name").textValue(),
                        each.path("version").textValue(),
                        each.path("state").textValue()))
            .toList());
    assertEquals(
        4, JSON.readTree(send("POST", "repository/index", "{\"ready\":true}").body()).size());
  }

  /// What cannot be read leaves what is served; files are not told about.
  @Test
  void aModelThatCannotBeReadReplacesNone() throws Exception {
    there.put("b", Map.of(1, -1));
    HttpResponse<String> response = send("POST", "repository/models/b/load", "{}");
    assertEquals(400, response.statusCode());
    assertEquals("{\"error\":\"model 'b' cannot be loaded\"}", response.body());
    assertArrayEquals(expected(5), asked("models/b/infer"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|repository/models/..%2Fb/load|",
        "404|repository/models/%2Fetc%2Fpasswd/load|{}",
        "404|repository/models/d/load|{}",
        "404|repository/models/d/unload|{}",
        "400|repository/models/b/load|{\"parameters\":{\"config\":\"x\"}}",
        "400|repository/models/b/load|[",
        "200|repository/models/b/unload|{\"parameters\":{\"unload_dependents\":false}}",
      })
  void onlyWhatIsThereIsLoaded(int status, String path, String body) throws Exception {
    assertEquals(status, send("POST", path, body == null ? "" : body).statusCode());
  }

  /// Four clients ask all the time while the model is replaced 30 times: each gets an answer of one
  /// of the two.
  @Test
  void noRequestIsLostWhileAModelIsReplaced() throws Exception {
    double[] one = expected(5);
    double[] other = expected(6);
    AtomicBoolean ended = new AtomicBoolean();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        clients.add(
            pool.submit(() -> {
              int answers = 0;
              while (!ended.get()) {
                double[] found = asked("models/b/infer");
                assertArrayEquals(found[0] == one[0] ? one : other, found);
                answers++;
              }
              return answers;
            }));
      }
      for (int i = 0; i < 30; i++) {
        there.put("b", Map.of(1, 5 + i % 2));
        done("repository/models/b/load");
      }
      ended.set(true);
      for (Future<Integer> each : clients) {
        assertTrue(each.get() > 0);
      }
    }
  }

  @Test
  void aModelThatCannotBeLoadedLeavesTheOthersServed() throws Exception {
    server.close();
    there.put("optional", Map.of(1, -1));
    server = Server.start(ServerOptions.local(), source, _ -> {});
    assertEquals(Map.of("optional", "a secret of the file system"), server.failed());
    HttpResponse<String> ready = send("GET", "models/optional/ready", "");
    assertEquals(503, ready.statusCode());
    assertEquals("{\"name\":\"optional\",\"ready\":false}", ready.body());
    assertEquals(404, send("POST", "models/optional/infer", request()).statusCode());
    assertEquals(200, send("GET", "health/ready", "").statusCode());
    assertArrayEquals(expected(5), asked("models/b/infer"));
    there.put("optional", Map.of(1, 7));
    done("repository/models/optional/load");
    assertEquals(Map.of(), server.failed());
    assertEquals(200, send("GET", "models/optional/ready", "").statusCode());
    done("repository/models/optional/unload");
    assertEquals(503, send("GET", "models/optional/ready", "").statusCode());
    assertEquals(404, send("GET", "models/none/ready", "").statusCode());
  }

  @Test
  void aModelThatMustBeServedStopsTheStart() {
    there.put("named", Map.of(1, -1));
    assertThrows(IOException.class, () -> Server.start(ServerOptions.local(), source, _ -> {}));
  }
}
