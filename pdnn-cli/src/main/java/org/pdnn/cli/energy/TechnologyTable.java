package org.pdnn.cli.energy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.TextTable;
import org.pdnn.energy.Constant;
import org.pdnn.energy.Technology;

/// The shipped technologies, constant by constant, with their sources.
public final class TechnologyTable {
  private TechnologyTable() {}

  public static OutputOptions.Document document() {
    TextTable table =
        new TextTable("technology", "constant", "symbol", "value", "unit", "page", "source");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode all = json.putArray("technologies");
    for (String name : Technology.NAMES) {
      Technology technology = Technology.named(name);
      put(technology, all.addObject());
      for (Constant constant : technology.constants().values()) {
        table.row(
            technology,
            constant.operation().key(),
            constant.operation().symbol(),
            "%.4g".formatted(constant.energy().picojoules()),
            constant.unit(),
            constant.page(),
            constant.source());
      }
    }
    return new OutputOptions.Document(text(), table.toCsv(), json);
  }

  /// A technology with its constants, their units and sources.
  static void put(Technology technology, ObjectNode node) {
    ArrayNode constants =
        node.put("name", technology.name())
            .put("description", technology.description())
            .put("estimate", technology.estimate())
            .putArray("constants");
    for (Constant constant : technology.constants().values()) {
      constants
          .addObject()
          .put("constant", constant.operation().key())
          .put("symbol", constant.operation().symbol())
          .put("value", constant.energy().picojoules())
          .put("unit", constant.unit())
          .put("source", constant.source())
          .put("page", constant.page());
    }
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
