package org.pdnn.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pdnn.energy.Technology;
import org.pdnn.random.Scheme;
import org.pdnn.server.passes.Patience;
import org.pdnn.server.passes.Scheduler;
import org.pdnn.tradeoff.Pricing;

/// `openapi.json` against what is served: addresses, methods, names, and real replies.
@Timeout(120)
class OpenApiTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MODEL = "/v2/models/small";

  private static ObjectNode document = JSON.createObjectNode();
  private static Server server;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start(options(), ModelSource.of(List.of(SmallModels.served("small"))), _ -> {});
    client = HttpClient.newHttpClient();
    document = (ObjectNode) JSON.readTree(send("GET", "/openapi.json", ""));
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static ServerOptions options() {
    return ServerOptions.local()
        .showing("<!doctype html>")
        .reading((_, _, _) -> SmallModels.input(1));
  }

  private static String send(String method, String path, String body) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:%s%s".formatted(server.port(), path)))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static List<String> faults(String schema, String json) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(document.deepCopy().put("$ref", "#/components/schemas/" + schema))
        .validate(JSON.readTree(json))
        .stream()
        .map(Object::toString)
        .toList();
  }

  private static void is(String schema, String json) throws IOException {
    assertEquals(List.of(), faults(schema, json), json);
  }

  private static Set<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void itNamesAllAddressesAndNoOther() {
    Set<String> described = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(method ->
                    described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    ServerOptions options = options();
    Metrics metrics = new Metrics();
    try (Scheduler scheduler = new Scheduler(1, Patience.BURST)) {
      Models models =
          new Models(
              ModelSource.of(List.of()), Pricing.strict(Technology.named("sram65")), scheduler);
      Routes routes =
          new Routes(
              new Inferring(models, scheduler, options.bounds(), new Crowd(() -> 0)),
              options,
              metrics,
              new Journal(metrics, _ -> {}));
      Set<String> served =
          routes.all().stream()
              .map(route -> route.method().text() + " " + route.path())
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(served, described);
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = document.findValuesAsText("$ref");
    assertTrue(references.size() > 50);
    for (String reference : references) {
      assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
    }
  }

  @Test
  void itNamesWhatCanBeAsked() throws Exception {
    JsonNode schemas = document.path("components").path("schemas");
    JsonNode conditions = schemas.path("Conditions").path("properties");
    assertEquals(
        Arrays.stream(Scheme.values()).map(Scheme::toString).collect(Collectors.toSet()),
        texts(conditions.path("scheme").path("enum")));
    Set<String> outputs = new TreeSet<>();
    JSON.readTree(send("GET", MODEL, ""))
        .path("outputs")
        .forEach(output -> outputs.add(output.path("name").asText()));
    assertEquals(
        outputs, texts(schemas.at("/InferReply/properties/outputs/items/properties/name/enum")));
    assertEquals(
        outputs, texts(schemas.at("/InferRequest/properties/outputs/items/properties/name/enum")));
    String unknown =
        send("POST", MODEL + "/infer", SmallModels.request(SmallModels.input(1), "\"x\":1"));
    conditions
        .fieldNames()
        .forEachRemaining(name -> assertTrue(unknown.contains(name), name + " is not known"));
    assertEquals(7, conditions.size());
  }

  @Test
  void repliesAreWhatItSays() throws Exception {
    is("Live", send("GET", "/v2/health/live", ""));
    is("Live", send("GET", "/v2/health/ready", ""));
    is("Server", send("GET", "/v2", ""));
    is("Model", send("GET", MODEL, ""));
    is("Ready", send("GET", MODEL + "/versions/1/ready", ""));
    is("Index", send("POST", "/v2/repository/index", ""));
    for (String path : List.of("/nothing", "/v2/models/none", MODEL + "/infer")) {
      is("Error", send("GET", path, ""));
    }
    is("Error", send("POST", MODEL + "/infer", "{"));
    is("InferReply", send("POST", MODEL + "/infer_image?samples=4&id=7", "x"));
    for (String parameters :
        List.of(
            "",
            "\"samples\":16,\"seed\":-1,\"scheme\":\"xor\"",
            "\"deadline_ms\":1000,\"confidence\":0.9",
            "\"max_joules\":1e-12",
            "\"outputs\":\"probabilities\"")) {
      String request = SmallModels.request(SmallModels.input(1), parameters);
      is("InferRequest", request);
      is("InferReply", send("POST", MODEL + "/infer", request));
    }
    String all =
        texts(
                document.at(
                    "/components/schemas/InferReply/properties/outputs/items/properties/name/enum"))
            .stream()
            .map("{\"name\":\"%s\"}"::formatted)
            .collect(Collectors.joining(","));
    String request =
        SmallModels.request(SmallModels.input(1), "")
            .replace("\"inputs\"", "\"outputs\":[%s],\"inputs\"".formatted(all));
    is("InferRequest", request);
    is("InferReply", send("POST", MODEL + "/infer", request));
    String events = send("POST", MODEL + "/infer_stream", request);
    assertTrue(events.lines().filter(line -> !line.isEmpty()).count() > 2);
    for (String line : events.lines().filter(line -> !line.isEmpty()).toList()) {
      is("InferReply", line.substring("data: ".length()));
    }
  }

  @Test
  void anotherReplyWouldBeNoticed() throws IOException {
    assertFalse(faults("Error", "{\"errors\":\"x\"}").isEmpty());
    assertFalse(faults("InferReply", "{\"model_name\":\"a\"}").isEmpty());
    assertFalse(faults("InferRequest", "{\"inputs\":[]}").isEmpty());
  }
}
