package org.pdnn.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pdnn.names.Printable;

/// Figures and tables as JSON documents: what the page draws and what scripts read.
final class Json {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// The same line ends on every system, so that equal reports are equal files.
  private static final ObjectWriter PRETTY =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private Json() {}

  static ObjectNode of(Figure figure) {
    ObjectNode node = head(figure);
    node.set("x", axis(figure.x()));
    node.set("y", axis(figure.y()));
    ArrayNode series = node.putArray("series");
    figure.series().forEach(one -> series.add(series(one)));
    return node;
  }

  static ObjectNode of(Table table) {
    ObjectNode node = head(table);
    ArrayNode columns = node.putArray("columns");
    for (int i : table.kept()) {
      Column column = table.columns().get(i);
      columns.addObject().put("key", column.key()).put("name", column.heading());
    }
    node.set("rows", rows(table));
    return node;
  }

  /// A document: facts under their keys, tables as lists of objects, and the provenance.
  static String of(Document document) {
    return document(tree(document, Form.JSON), document);
  }

  /// What a form holds as a tree, without the provenance.
  static ObjectNode tree(Document document, Form form) {
    ObjectNode node = NODES.objectNode();
    for (Section section : document.sections(form)) {
      switch (section) {
        case Fact(String key, Object value) -> put(node, key, value);
        case Table table -> node.set(camelCase(table.id()), rows(table));
        case Group(String key, List<Document> documents) ->
            documents.forEach(one -> node.withArrayProperty(key).add(tree(one, form)));
        case Sentence _, Part _, Prose _, Commands _, Link _, Figure _, Choice _, Pictures _ -> {}
        case Only _ -> throw new AssertionError("sections of a form are not wrapped");
      }
    }
    return node;
  }

  private static ArrayNode rows(Table table) {
    ArrayNode rows = NODES.arrayNode();
    for (List<Cell> cells : table.rows()) {
      ObjectNode row = rows.addObject();
      for (int i : table.kept()) {
        String[] path = table.columns().get(i).key().split("/", 2);
        put(
            path.length == 1 ? row : row.withObjectProperty(path[0]),
            path[path.length - 1],
            cells.get(i));
      }
    }
    return rows;
  }

  private static void put(ObjectNode node, String key, Cell cell) {
    switch (cell) {
      case Cell.None _ -> {}
      case Cell.Text(String words) -> node.put(key, words);
      case Cell.Words(List<String> list) -> list.forEach(node.putArray(key)::add);
      case Cell.Truth(boolean value) -> node.put(key, value);
      case Cell.Whole(long value) -> node.put(key, value);
      case Cell.Decimal(BigDecimal value) -> node.put(key, value.doubleValue());
      case Cell.Real(double value) -> node.put(key, value);
      case Cell.Measured(double value, Interval bounds) -> {
        node.put(key, value);
        put(node, key, new Cell.Bounds(bounds));
      }
      case Cell.Bounds(Interval(double low, double high)) ->
          node.put(key + "Low", low).put(key + "High", high);
    }
  }

  /// A fact or an entry of the provenance: lists, maps and JSON as they are.
  private static void put(ObjectNode node, String key, Object value) {
    if (value instanceof Iterable<?> || value instanceof Map<?, ?>) {
      node.set(key, MAPPER.valueToTree(value));
    } else {
      put(node, key, Cell.of(value));
    }
  }

  /// An entry of the provenance as a page shows it.
  static String shown(Object value) {
    ObjectNode node = NODES.objectNode();
    put(node, "value", value);
    JsonNode one = node.path("value");
    return one.isValueNode() ? one.asText() : one.toString();
  }

  /// `energyPoints` of `energy-points`.
  private static String camelCase(String id) {
    return Pattern.compile("-(.)").matcher(id).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
  }

  /// A document for people and scripts: indented, and with the provenance of its numbers.
  static String document(ObjectNode node, Document document) {
    ObjectNode entries = node.putObject("provenance");
    document.provenance().forEach((key, value) -> put(entries, key, value));
    return Printable.json(write(PRETTY, node)) + "\n";
  }

  /// On one line and safe inside an HTML script element: only strings can hold the characters that
  /// would end the element or the line, and strings may hold them escaped.
  static String inScript(JsonNode node) {
    return write(MAPPER.writer(), node)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static ObjectNode head(Item item) {
    return NODES
        .objectNode()
        .put("id", item.id())
        .put("title", item.title())
        .put("caption", item.caption());
  }

  private static ObjectNode axis(Axis axis) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("name", axis.name())
            .put("unit", axis.unit())
            .put("scale", axis.scale().name().toLowerCase(Locale.ROOT));
    ArrayNode ticks = node.putArray("ticks");
    axis.ticks().forEach(ticks::add);
    if (!axis.labels().isEmpty()) {
      axis.labels().forEach(node.putArray("labels")::add);
    }
    return node;
  }

  private static ObjectNode series(Series series) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("name", series.name())
            .put("subject", series.subject())
            .put("kind", kind(series))
            .put("stroke", series.stroke().name().toLowerCase(Locale.ROOT));
    if (series instanceof Series.Reference reference) {
      measured(node.putArray("points").addObject(), reference.y(), reference.interval());
    } else {
      points(node, FigureValues.points(series));
    }
    return node;
  }

  private static String kind(Series series) {
    return switch (series) {
      case Series.Line _ -> "line";
      case Series.Steps _ -> "steps";
      case Series.Markers _ -> "markers";
      case Series.Bars _ -> "bars";
      case Series.Reference _ -> "reference";
    };
  }

  private static void points(ObjectNode node, List<Point> points) {
    ArrayNode array = node.putArray("points");
    for (Point point : points) {
      ObjectNode object = array.addObject().put("x", point.x());
      measured(object, point.y(), point.interval());
      if (!point.label().isEmpty()) {
        object.put("label", point.label());
      }
    }
  }

  private static void measured(ObjectNode point, double y, Optional<Interval> interval) {
    point.put("y", y);
    interval.ifPresent(bounds -> point.put("yLow", bounds.low()).put("yHigh", bounds.high()));
  }

  private static String write(ObjectWriter writer, JsonNode node) {
    try {
      return writer.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of nodes is always JSON", e);
    }
  }
}
