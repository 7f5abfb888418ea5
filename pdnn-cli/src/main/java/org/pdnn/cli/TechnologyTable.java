package org.pdnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.pdnn.energy.Constant;
import org.pdnn.energy.Technology;

/// The shipped technologies, constant by constant, with their sources.
final class TechnologyTable {
  private TechnologyTable() {}

  static OutputOptions.Document document() {
    TextTable table =
        new TextTable("technology", "constant", "symbol", "value", "unit", "page", "source");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode all = json.putArray("technologies");
    for (String name : Technology.NAMES) {
      Technology technology = Technology.named(name);
      ArrayNode constants =
          all.addObject()
              .put("name", name)
              .put("description", technology.description())
              .put("estimate", technology.estimate())
              .putArray("constants");
      for (Constant constant : technology.constants().values()) {
        String key = constant.operation().key();
        String symbol = constant.operation().symbol();
        double value = constant.energy().picojoules();
        table.row(
            technology,
            key,
            symbol,
            "%.4g".formatted(value),
            constant.unit(),
            constant.page(),
            constant.source());
        constants
            .addObject()
            .put("constant", key)
            .put("symbol", symbol)
            .put("value", value)
            .put("unit", constant.unit())
            .put("source", constant.source())
            .put("page", constant.page());
      }
    }
    return new OutputOptions.Document(text(), table.toCsv(), json);
  }

  /// One paragraph a technology: a line each for the constants, and each source named once.
  private static String text() {
    StringBuilder text = new StringBuilder();
    for (String name : Technology.NAMES) {
      Technology technology = Technology.named(name);
      text.append("%s: %s\n".formatted(technology, technology.description()));
      for (Constant constant : technology.constants().values()) {
        text.append(
            "  %-14s %-10s %9.4g %-6s  %s\n"
                .formatted(
                    constant.operation().key(),
                    constant.operation().symbol(),
                    constant.energy().picojoules(),
                    constant.unit(),
                    constant.page()));
      }
      technology.constants().values().stream()
          .map(Constant::source)
          .distinct()
          .forEach(source -> text.append("  source: ").append(source).append('\n'));
      text.append('\n');
    }
    return text.toString();
  }
}
