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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
    table
        .columns()
        .forEach(
            column -> columns.addObject().put("name", column.name()).put("unit", column.unit()));
    ArrayNode rows = node.putArray("rows");
    for (List<Cell> cells : table.rows()) {
      ArrayNode row = rows.addArray();
      for (Cell cell : cells) {
        switch (cell) {
          case Cell.Text text -> row.add(text.shown());
          case Cell.Quantity quantity -> row.add(quantity.value());
        }
      }
    }
    return node;
  }

  /// A document for people and scripts: indented, and with the provenance of its numbers.
  static String document(ObjectNode node, Map<String, String> provenance) {
    ObjectNode entries = node.putObject("provenance");
    provenance.forEach(entries::put);
    return write(PRETTY, node) + "\n";
  }

  /// On one line and safe inside an HTML script element: only strings can hold the characters that
  /// would end the element or the line, and strings may hold them escaped.
  static String inScript(JsonNode node) {
    return write(MAPPER.writer(), node)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static ObjectNode head(Exhibit exhibit) {
    return NODES
        .objectNode()
        .put("id", exhibit.id())
        .put("title", exhibit.title())
        .put("caption", exhibit.caption());
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
    interval.ifPresent(bounds -> point.put("low", bounds.low()).put("high", bounds.high()));
  }

  private static String write(ObjectWriter writer, JsonNode node) {
    try {
      return writer.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of nodes is always JSON", e);
    }
  }
}
