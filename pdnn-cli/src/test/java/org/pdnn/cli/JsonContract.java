package org.pdnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// `docs/reference/pdnn.schema.json`: the keys, types and units of all that commands write as JSON.
/// Whatever a test lets a command write is held against it.
public final class JsonContract {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String PREFIX = "pdnn-";
  private static final ObjectNode ALL = read();
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private JsonContract() {}

  private static ObjectNode read() {
    try {
      return (ObjectNode) MAPPER.readTree(Path.of("../docs/reference/pdnn.schema.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The commands that have an entry, such as `bench-inference`.
  static Set<String> commands() {
    Set<String> names = new TreeSet<>();
    ALL.path("$defs")
        .fieldNames()
        .forEachRemaining(name -> {
          if (name.startsWith(PREFIX)) {
            names.add(name.substring(PREFIX.length()));
          }
        });
    return names;
  }

  /// Fails unless a command's JSON is what its entry says.
  public static void check(String[] words, String json) {
    String command =
        List.of("bench", "spark").contains(words[0]) ? words[0] + "-" + words[1] : words[0];
    Schema schema = SCHEMAS.computeIfAbsent(command, JsonContract::schema);
    try {
      assertEquals(
          List.of(),
          schema.validate(MAPPER.readTree(json)).stream().map(Object::toString).toList(),
          "what pdnn %s wrote is not in docs/reference/pdnn.schema.json"
              .formatted(String.join(" ", words)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema schema(String command) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(ALL.deepCopy().put("$ref", "#/$defs/" + PREFIX + command));
  }
}
