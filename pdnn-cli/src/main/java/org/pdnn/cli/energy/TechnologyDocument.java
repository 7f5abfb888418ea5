package org.pdnn.cli.energy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.energy.Constant;
import org.pdnn.energy.Technology;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Group;
import org.pdnn.report.Rows;
import org.pdnn.report.Sentence;

/// The shipped technologies, constant by constant, with their sources.
public final class TechnologyDocument {
  private TechnologyDocument() {}

  /// All of them.
  public static Document all() {
    return new Document("Technologies")
        .add(
            new Group(
                "technologies",
                Technology.NAMES.stream().map(name -> of(Technology.named(name))).toList()));
  }

  private static Document of(Technology technology) {
    List<Constant> constants = List.copyOf(technology.constants().values());
    Document document =
        new Document(technology.name())
            .sentence("%s: %s".formatted(technology, technology.description()));
    facts(technology).forEach(document::fact);
    document.add(
        new Rows<>(constants)
            .add(Column.kept("technology"), _ -> technology.name())
            .add("constant", "constant", constant -> constant.operation().key())
            .add("symbol", "symbol", constant -> constant.operation().symbol())
            .add(Column.of("value", "value").as("%.4g"), c -> c.energy().picojoules())
            .add("unit", "unit", Constant::unit)
            .add("page", "page", Constant::page)
            .add(Column.kept("source"), Constant::source)
            .table("table", "Constants")
            .only(Form.TEXT, Form.CSV));
    constants.stream()
        .map(Constant::source)
        .distinct()
        .forEach(source -> document.sentence("source: " + source));
    return document.add(new Sentence(""));
  }

  /// A technology with its constants, their units and sources.
  static Map<String, Object> facts(Technology technology) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", technology.name());
    facts.put("description", technology.description());
    facts.put("estimate", technology.estimate());
    facts.put(
        "constants",
        technology.constants().values().stream().map(TechnologyDocument::facts).toList());
    return facts;
  }

  private static Map<String, Object> facts(Constant constant) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("constant", constant.operation().key());
    facts.put("symbol", constant.operation().symbol());
    facts.put("value", constant.energy().picojoules());
    facts.put("unit", constant.unit());
    facts.put("source", constant.source());
    facts.put("page", constant.page());
    return facts;
  }
}
